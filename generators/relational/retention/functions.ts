import { childrenFirst } from '../../model/children-first.js'
import type { Entity } from '../../model/entity.js'
import { type Event, effectsInStore, events } from '../../model/event.js'
import { actsOf } from '../../model/lifecycle.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Scope } from '../scope.js'
import type { Table } from '../tables.js'

/** The functions of retention.sql that are about one entity, by their names. */
export interface EntityFunctions {
  readonly entity: string
  /** Does the acts without hooks to one batch; null where each has one. */
  readonly retire: string | null
  /** How many rows are due. */
  readonly due: string
  /** Does an act to rows of given keys; null where no act has a hook. */
  readonly settle: string | null
  /** Drops partitions whose rows are all due; null where none may be. */
  readonly drop: string | null
}

/** All names of retention.sql: what no entity does is null or not there. */
export interface RetentionFunctions {
  /** In the order in which runs take the entities: those that point at others before them. */
  readonly entities: readonly EntityFunctions[]
  readonly due: string
  /** The view of what is due now. */
  readonly dueNow: string
  /** The procedure that does all acts without hooks. */
  readonly run: string
  readonly events: Readonly<Partial<Record<Event, string>>>
}

export const eventNames: Readonly<Record<Event, string>> = {
  'guild-leave': 'guild_leave',
  'member-leave': 'member_leave',
  erase: 'forget_user',
}

/** The entities that runs do something to in Postgres. */
export const retainedTables = (set: SchemaSet): readonly Entity[] =>
  childrenFirst(set).filter((entity) => entity.stores.includes('postgres') && actsOf(entity).length > 0)

const functionsOf = (entity: Entity, names: Scope, mayDrop: boolean): EntityFunctions => {
  const choose = (first: string, label: string | null): string =>
    names.choose(first, entity.table, label, 'function', entity.origin)
  return {
    entity: entity.name,
    retire: actsOf(entity).some(({ before }) => before === null) ? choose('retire', null) : null,
    due: choose('due', null),
    settle: actsOf(entity).some(({ before }) => before !== null) ? choose('retire', 'rows') : null,
    drop: mayDrop ? choose('retire', 'partitions') : null,
  }
}

/** Rows of a table that others point at are deleted one by one, for what those references do. */
const mayDropPartitions = (entity: Entity, tables: readonly Table[]): boolean =>
  entity.postgres.partition !== null &&
  !tables.some(({ constraints }) =>
    constraints.some((key) => key.kind === 'foreign-key' && key.to.table === entity.table),
  ) &&
  actsOf(entity).some((act) => dropsWhole(entity, act))

/** Whether an act takes all that is old enough, so that it may take a partition whole. */
export const dropsWhole = (entity: Entity, act: ReturnType<typeof actsOf>[number]): boolean =>
  act.place.kind === 'rows' &&
  act.action.kind !== 'set' &&
  act.where === null &&
  act.before === null &&
  act.keptNewest === null &&
  act.due.kind === 'after' &&
  act.due.of === entity.postgres.partition?.on

/** The names of what retention.sql has; null where the set says nothing of retention that Postgres does. */
export const retentionFunctions = (
  set: SchemaSet,
  tables: readonly Table[],
  functions: Scope,
  relations: Scope,
): RetentionFunctions | null => {
  const retained = retainedTables(set)
  const answered = events.filter((event) => effectsInStore(set, event, 'postgres').length > 0)
  if (retained.length === 0 && answered.length === 0) return null
  const own = (name: string): string => functions.claim(name, 'function', set.origin)
  if (retained.length > 0) relations.claim('retention_due_now', 'view', set.origin)
  return {
    due: retained.length > 0 ? own('retention_due') : 'retention_due',
    run: retained.length > 0 ? own('run_retention') : 'run_retention',
    dueNow: 'retention_due_now',
    events: Object.fromEntries(answered.map((event) => [event, own(eventNames[event])])),
    entities: retained.map((entity) => functionsOf(entity, functions, mayDropPartitions(entity, tables))),
  }
}
