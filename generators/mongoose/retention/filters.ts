import { type ExtendedJson, type ExtendedJsonObject, storedName, whereFilter } from '../../document/index.js'
import { canonical } from '../../kernel/hash.js'
import type { Entity } from '../../model/entity.js'
import { type Act, type ActDue, clockOf } from '../../model/lifecycle.js'
import { fieldOf } from '../../model/lookup.js'
import type { StepAction } from '../../model/retention.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Type } from '../../model/type.js'
import { type Code, code, joined, literal, property, text, trusted } from '../../script/code.js'
import { runtimeValue } from '../../script/runtime.js'
import { runtime } from '../access/subject.js'
import { objectCode } from '../access/text.js'
import { extendedJsonCode } from '../filters.js'
import { isEpoch } from '../types.js'
import { valueCode } from '../values.js'

type SetValues = Extract<StepAction, { kind: 'set' }>['values']
type SetValue = SetValues[number]['value']

const isNow = (value: SetValue): value is { readonly now: true } =>
  typeof value === 'object' && value !== null && 'now' in value && value.now === true

const at = trusted('at')

/** A moment in the form of a field. */
const momentAs = (type: Type, moment: Code): Code => {
  if (isEpoch(type)) return code`${moment}.getTime()`
  return type.kind === 'date' ? code`${runtime('dateOf')}(${moment})` : moment
}

/** A condition on one path of a document. */
type Condition = readonly [path: string, condition: Code]

const filterCode = (conditions: readonly Condition[]): Code =>
  objectCode(conditions.map(([path, condition]) => code`${property(path)}: ${condition}`))

const isOnceEach = (conditions: readonly Condition[]): boolean =>
  new Set(conditions.map(([path]) => path)).size === conditions.length

/** All of these conditions, each of which is about paths of its own. */
const every = (groups: readonly (readonly Condition[])[]): Code => {
  const said = groups.filter((group) => group.length > 0)
  return isOnceEach(said.flat())
    ? filterCode(said.flat())
    : code`{ $and: [${said.map((group, index) => (index === 0 ? filterCode(group) : code`, ${filterCode(group)}`))}] }`
}

const latest = (due: Exclude<ActDue, { kind: 'surplus' }>): Code =>
  due.kind === 'at' ? at : code`${runtimeValue('v1', 'cutoff')}(at, ${due.age.count}, ${text(due.age.unit)})`

const dueConditions = (entity: Entity, due: ActDue): readonly Condition[] => {
  if (due.kind === 'surplus') return []
  const clock = clockOf(due)
  const [path, { type }] = [storedName(entity, clock), fieldOf(entity, clock)]
  const until = (moment: Code): Code => code`{ $lte: ${moment} }`
  if (!isEpoch(type)) return [[path, until(momentAs(type, latest(due)))]]
  // Documents of before have Dates, which no number is compared with.
  const alternatives = [momentAs(type, latest(due)), latest(due)].map(
    (one) => code`{ ${property(path)}: ${until(one)} }`,
  )
  return [['$or', code`[${joined(alternatives, ', ')}]`]]
}

/** Only an expression asks for the present, which is the moment of the run: elsewhere `$$NOW` is a text like others. */
const conditionsOf = (filter: ExtendedJsonObject): readonly Condition[] =>
  Object.entries(filter).map(([path, condition]) => [
    path,
    path === '$expr' ? extendedJsonCode(condition, at) : extendedJsonCode(condition),
  ])

/** A value that is set, as documents have it. */
const setValueCode = (set: SchemaSet, type: Type, value: SetValue): Code => {
  if (isNow(value)) return momentAs(type, at)
  return type.kind === 'snowflake' || type.kind === 'uuid' ? literal(value) : valueCode(set, type, value)
}

/** `(at) => ({ active: false })` */
export const valuesCode = (set: SchemaSet, entity: Entity, values: SetValues): Code => {
  const members = values.map(({ field, value }) => {
    const set_ = setValueCode(set, fieldOf(entity, field).type, value)
    return code`${property(storedName(entity, field))}: ${set_}`
  })
  return code`${parameter(values.some(({ value }) => isNow(value)))} => (${objectCode(members)})`
}

const parameter = (isRead: boolean): Code => trusted(isRead ? '(at)' : '()')

const undoneBy = (set: SchemaSet, entity: Entity, { field: name, value }: SetValues[number]): readonly Condition[] => {
  const field = fieldOf(entity, name)
  const path = storedName(entity, name)
  if (isNow(value)) return field.nullable ? [[path, trusted('null')]] : []
  return [[path, code`{ $ne: ${setValueCode(set, field.type, value)} }`]]
}

const isPlain = (value: ExtendedJson): boolean => typeof value !== 'object' || value === null

/** Whether a filter says that a field has another value than is set. */
const saysOther = (entity: Entity, filter: ExtendedJsonObject, { field, value }: SetValues[number]): boolean => {
  const said = filter[storedName(entity, field)]
  return said !== undefined && isPlain(said) && !isNow(value) && canonical(said) !== canonical(value)
}

/** Documents in which something of this is not set yet: another value stands there, or no moment. */
const undoneConditions = (
  set: SchemaSet,
  entity: Entity,
  values: SetValues,
  where: ExtendedJsonObject,
): readonly Condition[] => {
  if (values.some((value) => saysOther(entity, where, value))) return []
  const undone = values.flatMap((value) => undoneBy(set, entity, value))
  if (undone.length < 2) return undone
  const alternatives = undone.map((one, index) => (index === 0 ? filterCode([one]) : code`, ${filterCode([one])}`))
  return [['$or', code`[${alternatives}]`]]
}

/** `(at) => ({ … })`: the documents that an act is about at a moment. */
export const dueCode = (set: SchemaSet, entity: Entity, { due, where, action }: Act): Code => {
  const filter = where === null ? {} : whereFilter(set, entity, where)
  const filterOf = every([
    dueConditions(entity, due),
    conditionsOf(filter),
    action.kind === 'set' ? undoneConditions(set, entity, action.values, filter) : [],
  ])
  return code`${parameter(due.kind !== 'surplus')} => (${filterOf})`
}

/** The filter for documents in which something of this is not set yet. */
export const undoneCode = (set: SchemaSet, entity: Entity, values: SetValues): Code =>
  every([undoneConditions(set, entity, values, {})])
