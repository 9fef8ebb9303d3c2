import { storedName } from '../../document/index.js'
import { known, unreachable } from '../../kernel/bug.js'
import type { Entity } from '../../model/entity.js'
import { type Act, actsOf, clockOf, dueWords, type KeptNewest } from '../../model/lifecycle.js'
import { fieldOf, findField, keyFieldsOf } from '../../model/lookup.js'
import type { Summary } from '../../model/retention.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { groupColumn, summariesOf } from '../../model/summary.js'
import type { Type } from '../../model/type.js'
import { type Code, code, literal, text, trusted } from '../../script/code.js'
import { runtime } from '../access/subject.js'
import { listCode, member, objectCode } from '../access/text.js'
import { isEpoch } from '../types.js'
import { dueCode, valuesCode } from './filters.js'

type Aggregate = Summary['aggregates'][number]

/** The order that values of a type have as they are stored. */
const orderCode = (type: Type): Code => {
  switch (type.kind) {
    case 'bigint':
      return code`${runtime('whole')}`
    case 'decimal':
      return code`${runtime('decimal')}(${type.scale})`
    default:
      return code`${runtime('plain')}`
  }
}

/** How values of a type are summed: what there is of none, and with one more. */
const sumCode = (type: Type): readonly [none: Code, more: Code] => {
  switch (type.kind) {
    case 'bigint':
      return [trusted('0n'), code`${runtime('bigints')}`]
    case 'decimal':
      return [text(zero(type.scale)), code`${runtime('decimals')}(${type.scale})`]
    case 'float':
      return [trusted('0'), code`${runtime('floats')}`]
    default:
      return [trusted('0'), code`${runtime('wholes')}`]
  }
}

const zero = (digits: number): string => (digits === 0 ? '0' : `0.${'0'.repeat(digits)}`)

/** Documents of before have decimals as text and milliseconds as Dates: what is kept of them has one form. */
const storedForm = (type: Type): readonly Code[] => {
  if (type.kind === 'decimal') {
    const form = type.inMongo === 'text' ? 'decimalText' : 'decimal128'
    return [code`stored: ${runtime(form)}(${type.scale})`]
  }
  return isEpoch(type) ? [code`stored: ${runtime('epoch')}`] : []
}

const totalCode = (entity: Entity, summary: Entity, { function: name, field, as }: Aggregate): Code => {
  const { type } = fieldOf(entity, field)
  const extreme = runtime(name === 'min' ? 'least' : 'greatest')
  const [none, more] = name === 'sum' ? sumCode(type) : [trusted('null'), code`${extreme}(${orderCode(type)})`]
  const kept = known(findField(summary, as), 'total of a summary')
  return objectCode([
    code`as: ${text(as)}`,
    code`of: ${text(storedName(entity, field))}`,
    code`none: ${none}`,
    code`with: ${more}`,
    ...storedForm(kept.type),
  ])
}

const groupCode = (entity: Entity, group: Summary['by'][number]): Code =>
  objectCode([
    code`as: ${text(groupColumn(group))}`,
    code`of: ${text(storedName(entity, group.field))}`,
    ...member('period', group.period === null ? null : text(group.period)),
    ...storedForm(fieldOf(entity, group.field).type),
  ])

const summaryCode = (entity: Entity, { into, by, count, aggregates }: Summary): Code => {
  const summary = known(
    summariesOf(entity).find(({ collection }) => collection === into),
    'summary',
  )
  return objectCode([
    code`into: ${text(into)}`,
    code`by: ${listCode(by.map((group) => groupCode(entity, group)))}`,
    ...member('count', count === null ? null : text(count)),
    ...member(
      'totals',
      aggregates.length === 0 ? null : listCode(aggregates.map((one) => totalCode(entity, summary, one))),
    ),
  ])
}

const changeCode = (set: SchemaSet, entity: Entity, act: Act): Code => {
  const { action, summarise } = act
  switch (action.kind) {
    case 'set':
      return code`${runtime('setting')}(${valuesCode(set, entity, action.values)})`
    case 'archive':
      return code`${runtime('archiving')}(${text(action.into)}, ${text(dueWords(act))})`
    case 'delete':
      return summarise === null
        ? code`${runtime('deleting')}`
        : code`${runtime('summarising')}(${summaryCode(entity, summarise)})`
    default:
      return unreachable(action)
  }
}

/** How `newest.ts` orders values: whole numbers that are text, or in a class of the driver's; decimals; or as they are. */
const keyOrderOf = ({ kind }: Type): 'whole' | 'decimal' | 'plain' => {
  if (kind === 'decimal') return kind
  return kind === 'snowflake' || kind === 'bigint' ? 'whole' : 'plain'
}

/** Without a key the order of documents of one moment is that of their `_id`. */
const keyOrder = (entity: Entity): readonly (readonly [path: string, order: string])[] => {
  const fields = keyFieldsOf(entity)
  return fields.length === 0
    ? [['_id', 'plain']]
    : fields.map((name) => [storedName(entity, name), keyOrderOf(fieldOf(entity, name).type)])
}

const newestCode = (entity: Entity, { count, per, clock }: KeptNewest): Code =>
  objectCode([
    code`count: ${count}`,
    code`per: ${literal(per.map((name) => storedName(entity, name)))}`,
    code`clock: ${text(storedName(entity, clock))}`,
    ...member('epoch', isEpoch(fieldOf(entity, clock).type) ? trusted('true') : null),
    code`key: ${literal(keyOrder(entity))}`,
  ])

const actCode = (set: SchemaSet, entity: Entity, act: Act, acts: readonly Act[]): Code =>
  objectCode([
    code`from: ${text(act.place.kind === 'archive' ? act.place.into : entity.collection)}`,
    code`clock: ${text(storedName(entity, clockOf(act.due)))}`,
    code`due: ${dueCode(set, entity, act)}`,
    code`change: ${changeCode(set, entity, act)}`,
    ...member('hooked', act.before === null ? null : trusted('true')),
    ...member('newest', act.keptNewest === null ? null : newestCode(entity, act.keptNewest)),
    ...member('after', act.after.length === 0 ? null : literal(act.after.map((one) => acts.indexOf(one)))),
  ])

/** What runs do to the documents of an entity, in the order of `retainedEntities`; null where its rows do not age. */
export const actsCode = (set: SchemaSet, entity: Entity): Code | null => {
  const acts = actsOf(entity)
  return acts.length === 0 ? null : listCode(acts.map((act) => actCode(set, entity, act, acts)))
}
