import { qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import { docComment, proseOf } from '../../kernel/safe/typescript.js'
import type { Entity } from '../../model/entity.js'
import { type Event, events } from '../../model/event.js'
import { type Act, actsOf } from '../../model/lifecycle.js'
import { entityOf, fieldOf, keyFieldsOf } from '../../model/lookup.js'
import type { PostgresOptions } from '../../model/options.js'
import type { SchemaSet } from '../../model/schema-set.js'
import {
  type ActContext,
  type EntityFunctions,
  parametersOf,
  parameterType,
  type RetentionFunctions,
  writtenOut,
} from '../../relational/retention/index.js'
import { type Code, code, joined, literal, property, text, trusted, valueImport } from '../../script/code.js'
import { type ModuleKind, moduleText } from '../../script/module.js'
import { entityNames, header } from '../../script/names.js'
import {
  checkedMomentCode,
  checkedRunCode,
  checkedSubjectsCode,
  eventFunctions,
  hooksByName,
  retainedEntitiesHead,
  retentionHooksCode,
  retentionType,
  runOptions,
  subjectTypeCode,
} from '../../script/retention.js'
import { runtimeType, runtimeValue } from '../../script/runtime.js'
import { readingMembers } from '../access/reading.js'
import { statement } from '../access/statement.js'
import { dueRowsSql } from './due-rows.js'

/** What `postgres/retention.ts` is printed from. */
export interface RetentionModule {
  readonly set: SchemaSet
  readonly options: PostgresOptions
  readonly retention: RetentionFunctions
  readonly kind: ModuleKind
}

const db = code`db: ${runtimeType('v1/postgres', 'SqlClient')}`
const zod = valueImport('package:zod', 'z')
const retentionStore = runtimeValue('v1/postgres', 'retentionStore')
const constraints = valueImport('postgres/constraints', 'constraints')

const columnsOf = (entity: Entity) => valueImport(`zod/${entityNames(entity).module}`, entityNames(entity).columns)

const nameOf = ({ options }: RetentionModule, name: string): Sql => qualified(options.schema, name)

const nameOrNull = (module: RetentionModule, name: string | null): Code =>
  name === null ? trusted('null') : text(nameOf(module, name))

const hookedAct = (context: ActContext, act: Act, index: number): Code => {
  const { entity } = context
  const { select, after, order, place } = dueRowsSql(context, act)
  const key = keyFieldsOf(entity).map((name) => fieldOf(entity, name).property)
  return code`      {
        act: ${index},
        select: ${statement`${select}`},
        after: ${text(after)},
        order: ${text(order)},
        place: ${text(place)},
        key: ${literal(key)},
        source: {
          entity: ${text(entity.name)},
          name: ${text(entity.table)},
          constraints,
          row: ${zod}.object(${columnsOf(entity)}),
${joined(readingMembers(context, entity, '          '), '')}        },
      },
`
}

const hasHooks = (entity: Entity): boolean => actsOf(entity).some(({ before }) => before !== null)

/** An entity's part of `sources`: what of retention.sql and of its rows a run asks for. */
export const sourceCode = (module: RetentionModule, functions: EntityFunctions): Code => {
  const { set, options } = module
  const entity = entityOf(set, functions.entity)
  const context: ActContext = { set, options, entity, moments: writtenOut(sql`$1::timestamptz`) }
  const acts = actsOf(entity).flatMap((act, index) => (act.before === null ? [] : [hookedAct(context, act, index)]))
  const hooked = acts.length === 0 ? trusted('[]') : code`[\n${joined(acts, '')}    ]`
  return code`  ${property(entity.name)}: {
    retire: ${nameOrNull(module, functions.retire)},
    due: ${nameOrNull(module, functions.due)},
    settle: ${nameOrNull(module, functions.settle)},
    hooked: ${hooked},
  },
`
}

const documented = (doc: string, body: Code): Code => code`${trusted(docComment(proseOf(doc)))}${body}`

const runCode = ({ set }: RetentionModule): readonly Code[] => [
  documented(
    'Does what is due in all entities, batch after batch. What fails for one of them does not hold up the others. The database must not be inside a transaction.',
    code`export const runRetention = async (
  ${db},
  ${runOptions(set, 'postgres')},
): Promise<${retentionType('RetentionReport')}> => {
  const given = ${checkedRunCode(set, 'postgres')}
  return ${runtimeValue('v1', 'runActs')}(${retentionStore}(db, sources), retainedEntities, given, ${hooksByName(set, 'postgres')})
}`,
  ),
  documented(
    'How many rows are due for what. Nothing is changed.',
    code`export const planRetention = async (${db}, at: Date = new Date()): Promise<${retentionType('DueRows')}[]> =>
  ${runtimeValue('v1', 'planActs')}(${retentionStore}(db, sources), retainedEntities, ${checkedMomentCode()})`,
  ),
]

const eventWords: Readonly<Record<Event, string>> = {
  'guild-leave': 'Does what is said of a guild that the bot has left, and tells what it did.',
  'member-leave': 'Does what is said of a member who has left a guild, and tells what it did.',
  erase:
    'Forgets a person: deletes, changes or keeps what names them, by the rule of each field, and tells what it did.',
}

const eventCode = (module: RetentionModule, event: Event, name: string): Code => {
  const subjects = parametersOf(event).map(({ subject }) => subject)
  const parameters = subjects.map((subject) => {
    return code`${trusted(subject)}: ${subjectTypeCode(subject)}`
  })
  // With its type, since a set whose snowflakes had another one may have left its functions behind.
  const given = subjects.map((_, at) => sql`$${at + 1}::${parameterType(module.options)}`)
  const call = text(sql`${nameOf(module, name)}(${given.join(', ') as Sql})`)
  return documented(
    eventWords[event],
    code`export const ${trusted(eventFunctions[event])} = async (${joined([db, ...parameters], ', ')}): Promise<${retentionType('Touched')}[]> =>
  ${runtimeValue('v1/postgres', 'touchedBy')}(db, ${call}, Object.values(${checkedSubjectsCode(event, subjects)}))`,
  )
}

/** What stands before and after the parts of entities. */
export interface RetentionFrame {
  readonly head: string
  /** Between the parts of `retainedEntities` and those of `sources`. */
  readonly middle: string
  readonly tail: string
}

const marker = '\u0000'

/** The functions of the module. */
const functionsCode = (module: RetentionModule): readonly Code[] => {
  const { retention } = module
  const isRun = retention.entities.length > 0
  const answered = events.flatMap((event) => {
    const name = retention.events[event]
    return name === undefined ? [] : [eventCode(module, event, name)]
  })
  return [...(isRun ? runCode(module) : []), ...answered]
}

/** The parts of `postgres/retention.ts` that are about all entities; the imports stand in the first. */
export const retentionFrame = (module: RetentionModule): RetentionFrame => {
  const { set, kind, retention } = module
  const functions = functionsCode(module)
  const hooked = retention.entities.map(({ entity }) => entityOf(set, entity)).filter(hasHooks)
  const needed = hooked.flatMap((entity) => [zod, columnsOf(entity), constraints])
  const hooks = retentionHooksCode(set, 'postgres')
  const lists =
    retention.entities.length === 0
      ? []
      : [
          ...(hooks === null ? [] : [hooks]),
          code`${retainedEntitiesHead()}\n${trusted(marker)}]`,
          code`/** What a run asks the database for. */
const sources: Readonly<Record<string, ${runtimeType('v1/postgres', 'RetainedSource')}>> = {\n${trusted(marker, needed)}}`,
        ]
  const body = [...lists, ...functions]
  const whole = moduleText({ path: 'postgres/retention', kind, header: header(set.name), body })
  const [head = '', middle = '', tail = ''] = whole.split(marker)
  return { head, middle, tail }
}
