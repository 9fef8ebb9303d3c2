import { camelCase } from '../kernel/identifiers.js'
import { docComment, proseOf } from '../kernel/safe/typescript.js'
import { childrenFirst } from '../model/children-first.js'
import type { Entity } from '../model/entity.js'
import { type Event, effectsInStore, events } from '../model/event.js'
import { type Act, actsOf, dueWords } from '../model/lifecycle.js'
import type { Age } from '../model/retention.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Store } from '../model/store.js'
import type { Subject } from '../model/subject.js'
import type { IdType } from '../model/type.js'
import { access, type Code, code, joined, literal, property, text, trusted, typeImport, valueImport } from './code.js'
import { hasAccess } from './has-access.js'
import { entityNames, idSchemaName, idTypeName } from './names.js'
import { givenType, runtimeModule, runtimeValue } from './runtime.js'

/** The entities that runs do something to in a store, in the order in which they do: what points at others before those. */
export const retainedIn = (set: SchemaSet, store: Store): readonly Entity[] =>
  childrenFirst(set).filter((entity) => entity.stores.includes(store) && actsOf(entity).length > 0)

/** What the function of an event is called in code. */
export const eventFunctions = {
  'guild-leave': 'guildLeave',
  'member-leave': 'memberLeave',
  erase: 'forgetUser',
} as const satisfies Record<Event, string>

/** The events that something of a store answers to. */
export const eventsIn = (set: SchemaSet, store: Store): readonly Event[] =>
  set.stores.includes(store) ? events.filter((event) => effectsInStore(set, event, store).length > 0) : []

/** Whether a store has a `retention.ts`: its functions are emitted, and there is something that ages or answers to an event. */
export const hasRetention = (set: SchemaSet, store: Store): boolean =>
  hasAccess(set, store) && (retainedIn(set, store).length > 0 || eventsIn(set, store).length > 0)

/** A function of the bot's that rows are handed to, with the acts that wait for it. */
export interface HookUse {
  /** As the description has it: `lift_punishment`. */
  readonly name: string
  /** `liftPunishment` */
  readonly property: string
  readonly acts: readonly { readonly entity: Entity; readonly act: Act }[]
}

/** `lift_punishment` as `liftPunishment`; a name without letters stays as it is. */
export const hookProperty = (name: string): string => camelCase(name) || name

/** The hooks of a store's entities, each once, in the order of their entities and steps. */
export const hooksIn = (set: SchemaSet, store: Store): readonly HookUse[] => {
  const uses = new Map<string, HookUse['acts'][number][]>()
  for (const entity of retainedIn(set, store)) {
    for (const act of actsOf(entity)) {
      if (act.before === null) continue
      uses.set(act.before, [...(uses.get(act.before) ?? []), { entity, act }])
    }
  }
  return [...uses].map(([name, acts]) => ({ name, property: hookProperty(name), acts }))
}

/** Rows a batch where the description does not say. */
export const defaultBatch = 1000

const day = 86_400_000

/** Months and years are as short as they get, so that runs come no rarer than asked. */
const millisecondsIn: Readonly<Record<Age['unit'], number>> = {
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
  days: day,
  weeks: 7 * day,
  months: 28 * day,
  years: 365 * day,
}

/** How often runs come, and how many rows they take at a time. */
export const scheduleOf = (entity: Entity): { readonly every: Age | null; readonly batch: number } => {
  const lifecycle = entity.retention?.lifecycle
  return lifecycle?.kind === 'steps'
    ? { every: lifecycle.every, batch: lifecycle.batch ?? defaultBatch }
    : { every: null, batch: defaultBatch }
}

const nameIn = (entity: Entity, store: Store): string => (store === 'postgres' ? entity.table : entity.collection)

/** An act as emitted code and the command line report it: the `RetentionAct` of the runtime. */
export const reportedAct = (entity: Entity, act: Act, store: Store) => ({
  step: act.step,
  action: act.action.kind,
  from: act.place.kind === 'archive' ? act.place.into : nameIn(entity, store),
  into: act.action.kind === 'archive' ? act.action.into : null,
  due: dueWords(act),
  hook: act.before,
})

/** The retention of an entity as emitted code has it: a `RetainedEntity`. */
export const retainedEntity = (entity: Entity, store: Store) => {
  const { every, batch } = scheduleOf(entity)
  return {
    entity: entity.name,
    every: every === null ? null : every.count * millisecondsIn[every.unit],
    batch,
    acts: actsOf(entity).map((act) => reportedAct(entity, act, store)),
  }
}

/** The module that both stores' retention is made of. */
export const retentionModule = runtimeModule('v1')

export const retentionType = (name: string) => typeImport(retentionModule, name)

/** How `retainedEntities` begins; the parts of the entities and `]` follow. */
export const retainedEntitiesHead = (): Code =>
  code`/** What runs do to the rows of each entity, in the order in which they do it. */
export const retainedEntities: readonly ${retentionType('RetainedEntity')}[] = [`

const width = 120

/** An act as an object on its line, or a member a line where that is too long. */
const actCode = (act: ReturnType<typeof reportedAct>): Code => {
  const line = code`      ${literal(act)}`
  if (line.text.length < width) return line
  const members = Object.entries(act).map(([name, value]) => code`        ${property(name)}: ${literal(value)},\n`)
  return code`      {\n${joined(members, '')}      }`
}

/** An entity's part of `retainedEntities`: lines that end in a comma. */
export const retainedEntityCode = (entity: Entity, store: Store): Code => {
  const { entity: name, every, batch, acts } = retainedEntity(entity, store)
  const items = joined(
    acts.map((act) => code`${actCode(act)},\n`),
    '',
  )
  return code`  {
    entity: ${text(name)},
    every: ${literal(every)},
    batch: ${batch},
    acts: [
${items}    ],
  },
`
}

const actionWords = { set: 'changed', archive: 'moved to an archive', delete: 'deleted' } as const

const useWords = ({ entity, act }: HookUse['acts'][number]): string =>
  `Is handed each row of ${entity.name} that is due ${dueWords(act)}, before it is ${actionWords[act.action.kind]}.`

const hookCode = ({ property: name, acts }: HookUse): Code => {
  const rows = [...new Set(acts.map(({ entity }) => entity))].map((entity) => {
    const { module, row } = entityNames(entity)
    return code`${typeImport(`typescript/${module}`, row)}`
  })
  const doc = docComment(proseOf(acts.map(useWords).join('\n')), '  ')
  const context = retentionType('HookContext')
  return code`${trusted(doc)}  readonly ${property(name)}: (row: ${joined(rows, ' | ')}, context: ${context}) => unknown\n`
}

/** The interface of the bot's functions; null where a store's retention asks for none. */
export const retentionHooksCode = (set: SchemaSet, store: Store, name = 'RetentionHooks'): Code | null => {
  const hooks = hooksIn(set, store)
  return hooks.length === 0
    ? null
    : code`/**
 * What the bot does to rows before retention does. A function may be called again for a row that it was called for:
 * when it failed, or when the run was cut off before the row was gone.
 */
export interface ${trusted(name)} {
${joined(hooks.map(hookCode), '')}}`
}

/** What `runRetention` takes beside the database. */
export const runOptions = (set: SchemaSet, store: Store): Code =>
  hooksIn(set, store).length === 0
    ? code`options: ${retentionType('RetentionOptions')} = {}`
    : code`options: ${retentionType('RetentionOptions')} & { readonly hooks: RetentionHooks }`

const input = (name: string) => runtimeValue('v1', name)

/** A run's options, held to their schema. */
export const checkedRunCode = (set: SchemaSet, store: Store): Code =>
  code`${input('checkedRun')}(retainedEntities, ${literal(hooksIn(set, store).map((hook) => hook.property))}, options)`

/** The moment of a plan, held to its schema. */
export const checkedMomentCode = (): Code => code`${input('checkedMoment')}('planRetention', at)`

const subjectType = (subject: Subject): IdType => ({ kind: 'snowflake', brand: subject, as: null })

/** The id of whom an event is about, as rows have it. */
export const subjectIdType = (subject: Subject) => typeImport('typescript/ids', idTypeName(subjectType(subject)))

/** The type of the id of whom an event is about, as calls take it. */
export const subjectTypeCode = (subject: Subject): Code => code`${givenType}<${subjectIdType(subject)}>`

/** The ids of whom an event is about, held to their schemas. */
export const checkedSubjectsCode = (event: Event, subjects: readonly Subject[]): Code => {
  const schemas = subjects.map(
    (subject) => code`${property(subject)}: ${valueImport('zod/ids', idSchemaName(subjectType(subject)))}`,
  )
  const given = trusted(`{ ${subjects.join(', ')} }`)
  return code`${input('checkedSubjects')}(${text(eventFunctions[event])}, { ${joined(schemas, ', ')} }, ${given})`
}

/** The hooks by their names in the description, as a run looks them up: `{ lift_punishment: given.hooks.liftPunishment }`. */
export const hooksByName = (set: SchemaSet, store: Store): Code => {
  const hooks = hooksIn(set, store)
  const members = hooks.map(({ name, property: own }) => code`${property(name)}: given.hooks${access(own)}`)
  return members.length === 0 ? trusted('{}') : code`{ ${joined(members, ', ')} }`
}

/** What a store's `retention.ts` exports: functions whose first parameter is the database, and what is no such function. */
export interface RetentionExports {
  readonly functions: readonly string[]
  readonly beside: readonly string[]
  /** Names of the runtime that a bot needs. */
  readonly types: readonly string[]
}

/** Null where the store has no retention. */
export const retentionExports = (set: SchemaSet, store: Store): RetentionExports | null => {
  if (!hasRetention(set, store)) return null
  const isRun = retainedIn(set, store).length > 0
  const hasHooks = hooksIn(set, store).length > 0
  const answered = eventsIn(set, store)
  return {
    functions: [...(isRun ? ['runRetention', 'planRetention'] : []), ...answered.map((event) => eventFunctions[event])],
    beside: [...(hasHooks ? ['type RetentionHooks'] : []), ...(isRun ? ['retainedEntities'] : [])],
    types: [
      ...(isRun ? ['DueRows', 'HookContext', 'HookFailure', 'RetentionOptions', 'RetentionReport'] : []),
      ...(answered.length > 0 ? ['Touched'] : []),
    ].map((name) => `type ${name}`),
  }
}
