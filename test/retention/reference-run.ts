import { evaluatePredicate } from '../../generators/language/expression/evaluate.js'
import { childrenFirst } from '../../generators/model/children-first.js'
import type { Entity } from '../../generators/model/entity.js'
import type { Expression } from '../../generators/model/expression.js'
import { type Act, actsOf, clockOf, dueWords, type KeptNewest } from '../../generators/model/lifecycle.js'
import { fieldOf, keyFieldsOf, referencesTo } from '../../generators/model/lookup.js'
import type { JsonValue } from '../../generators/model/origin.js'
import type { StepAction } from '../../generators/model/retention.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import { before } from './calendar.js'
import { inOrder, madeIds, type PlainRow, plainValue, type Snapshot } from './plain-values.js'
import { summarised } from './reference-summary.js'

/** Whether the bot's function succeeds for a row. */
export type Succeeds = (hook: string, row: PlainRow) => boolean

type Tables = Map<string, readonly PlainRow[]>

interface Run {
  readonly set: SchemaSet
  readonly tables: Tables
  /** ISO 8601, in UTC. */
  readonly at: string
  readonly succeeds: Succeeds
}

type SetValues = Extract<StepAction, { kind: 'set' }>['values']

const isNow = (value: SetValues[number]['value']): value is { readonly now: true } =>
  typeof value === 'object' && value !== null && 'now' in value

/** A moment in the form of a field. */
export const inFormOf = (entity: Entity, field: string, moment: string): string =>
  fieldOf(entity, field).type.kind === 'date' ? moment.slice(0, 10) : moment

/** What is set has no ids that a store made. */
const ids = madeIds()

/** Whether there is nothing left to set. */
export const isSet = (entity: Entity, values: SetValues, row: PlainRow): boolean =>
  values.every(({ field, value }) => {
    const stored = row[field] ?? null
    if (isNow(value)) return !fieldOf(entity, field).nullable || stored !== null
    return JSON.stringify(stored) === JSON.stringify(plainValue(fieldOf(entity, field).type, value, ids))
  })

/** A row with what is set: fields that are set to now only where a field says that they are not yet. */
export const withValues = (entity: Entity, values: SetValues, row: PlainRow, moment: string): PlainRow => ({
  ...row,
  ...Object.fromEntries(
    values.map(({ field, value }): [string, JsonValue] => [
      field,
      isNow(value)
        ? moment === 'now'
          ? moment
          : inFormOf(entity, field, moment)
        : plainValue(fieldOf(entity, field).type, value, ids),
    ]),
  ),
})

const atMoment = (expression: Expression, at: string): Expression =>
  JSON.parse(JSON.stringify(expression), (_, inner) =>
    inner?.kind === 'now' ? { ...inner, kind: 'literal', value: { kind: 'string', text: at } } : inner,
  )

const meets = ({ set, at }: Run, entity: Entity, where: Expression | null, row: PlainRow): boolean => {
  if (where === null) return true
  const scope = { set, owner: entity, isBroken: () => false }
  return evaluatePredicate(atMoment(where, at), scope, (name) => row[name] ?? null) === true
}

const isOfAge = ({ at }: Run, entity: Entity, { due }: Act, row: PlainRow): boolean => {
  if (due.kind === 'surplus') return true
  const clock = clockOf(due)
  const value = row[clock]
  const latest = inFormOf(entity, clock, due.kind === 'after' ? before(at, due.age) : at)
  return typeof value === 'string' && value <= latest
}

const isDue = (run: Run, entity: Entity, act: Act, row: PlainRow): boolean =>
  isOfAge(run, entity, act, row) &&
  meets(run, entity, act.where, row) &&
  !(act.action.kind === 'set' && isSet(entity, act.action.values, row))

/** Ids of one length compare as text; numbers that tests give out (`warning 9`) by their length first. */
const isLess = (a: string, b: string): boolean => (a.length === b.length ? a < b : a.length < b.length)

const keyText = (entity: Entity, row: PlainRow): string =>
  keyFieldsOf(entity)
    .map((name) => String(row[name]))
    .join(' ')

const newestFirst = (entity: Entity, clock: string, a: PlainRow, b: PlainRow): number => {
  const [left, right] = [String(a[clock] ?? ''), String(b[clock] ?? '')]
  if (left !== right) return left > right ? -1 : 1
  return isLess(keyText(entity, b), keyText(entity, a)) ? -1 : 1
}

/** The rows that stay however old they are. */
const newest = (entity: Entity, rows: readonly PlainRow[], kept: KeptNewest | null): ReadonlySet<PlainRow> => {
  if (kept === null) return new Set()
  const groups = new Map<string, PlainRow[]>()
  for (const row of rows) {
    const group = JSON.stringify(kept.per.map((name) => row[name] ?? null))
    groups.set(group, [...(groups.get(group) ?? []), row])
  }
  return new Set(
    [...groups.values()].flatMap((group) =>
      group
        .filter((row) => row[kept.clock] !== null)
        .sort((a, b) => newestFirst(entity, kept.clock, a, b))
        .slice(0, kept.count),
    ),
  )
}

const done = ({ tables, at }: Run, entity: Entity, act: Act, table: string, rows: ReadonlySet<PlainRow>): void => {
  const all = tables.get(table) ?? []
  const left = all.filter((row) => !rows.has(row))
  switch (act.action.kind) {
    case 'set': {
      const { values } = act.action
      tables.set(
        table,
        all.map((row) => (rows.has(row) ? withValues(entity, values, row, at) : row)),
      )
      return
    }
    case 'archive': {
      const { into } = act.action
      const moved = [...rows].map((row) => ({ ...row, archived_at: at, archived_because: dueWords(act) }))
      tables.set(into, [...(tables.get(into) ?? []), ...moved])
      tables.set(table, left)
      return
    }
    case 'delete':
      tables.set(table, left)
  }
  if (act.summarise !== null) {
    const { into } = act.summarise
    tables.set(into, summarised(entity, act.summarise, tables.get(into) ?? [], [...rows]))
  }
}

/** What refers to rows that went goes as well, or is parted from them, as the references say. */
const cascade = (run: Run, entity: Entity, gone: readonly PlainRow[]): void => {
  for (const { from, reference } of referencesTo(run.set, entity.name)) {
    const { fields, to, onDelete, setNull, enforced } = reference
    if (!enforced || gone.length === 0) continue
    const keys = new Set(gone.map((row) => JSON.stringify(to.fields.map((name) => row[name]))))
    const all = run.tables.get(from.table) ?? []
    const pointing = all.filter((row) => keys.has(JSON.stringify(fields.map((name) => row[name]))))
    const parted = Object.fromEntries(setNull.map((name) => [name, null]))
    const left = onDelete === 'cascade' ? [] : pointing.map((row) => ({ ...row, ...parted }))
    run.tables.set(from.table, [...all.filter((row) => !pointing.includes(row)), ...left])
    if (onDelete === 'cascade') cascade(run, from, pointing)
  }
}

const perform = (run: Run, entity: Entity, act: Act): void => {
  const table = act.place.kind === 'archive' ? act.place.into : entity.table
  const all = run.tables.get(table) ?? []
  const kept = newest(entity, all, act.keptNewest)
  const waits = (row: PlainRow): boolean => act.after.some((hook) => isDue(run, entity, hook, row))
  const succeeds = (row: PlainRow): boolean => act.before === null || run.succeeds(act.before, row)
  const rows = all.filter((row) => isDue(run, entity, act, row) && !kept.has(row) && !waits(row) && succeeds(row))
  done(run, entity, act, table, new Set(rows))
  if (act.place.kind === 'rows' && act.action.kind !== 'set') cascade(run, entity, rows)
}

/**
 * What a run makes of rows, by the words of the specification alone: row by row, with none of the emitted code.
 */
export const afterRun = (set: SchemaSet, snapshot: Snapshot, at: string, succeeds: Succeeds = () => true): Snapshot => {
  const run: Run = { set, tables: new Map(Object.entries(snapshot)), at, succeeds }
  for (const entity of childrenFirst(set)) {
    const acts = actsOf(entity)
    const withHook = acts.filter((act) => act.before !== null)
    const others = acts.filter((act) => act.before === null)
    const inTurn = withHook.length > 0 ? [...others, ...withHook, ...others] : others
    for (const act of inTurn) perform(run, entity, act)
  }
  return Object.fromEntries([...run.tables].map(([table, rows]) => [table, inOrder(rows)]))
}
