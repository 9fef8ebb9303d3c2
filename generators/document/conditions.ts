import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { fieldsIn, objectOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Type } from '../model/type.js'
import type { ExtendedJson } from './collections.js'
import { conditionOf, operandOf } from './expression/aggregation.js'
import { asShape, isNull } from './expression/operand.js'
import { firstInstant, lastInstant } from './instants.js'
import { storedName } from './naming.js'
import { entityScope, objectScope } from './scopes.js'

/**
 * What `$jsonSchema` cannot say of an entity's documents, as conditions of the aggregation language: checks across
 * fields, the checks of objects wherever they stand, sizes of bytes, bounds of decimals, instants where no query reaches
 * them, and computed fields.
 */
export const conditionsOf = (set: SchemaSet, entity: Entity): readonly ExtendedJson[] => [
  ...heldFields(entity).flatMap((field) =>
    typeConditions(set, field.type, { value: `$${storedName(entity, field.name)}`, depth: 0, isReached: true }),
  ),
  ...entity.checks.map((check) => conditionOf(check.expression, entityScope(set, entity), 'passes')),
  ...computedConditions(set, entity),
]

/** The fields that are held by the collection's validator. */
const heldFields = (entity: Entity): readonly Field[] =>
  fieldsIn(entity, 'mongo').filter(({ enforce }) => enforce === 'store')

/** Where a value stands: as an expression has it, in how many lists, and whether a query reaches it (`instants.ts`). */
interface Place {
  readonly value: string
  readonly depth: number
  readonly isReached: boolean
}

const typeConditions = (set: SchemaSet, type: Type, place: Place): readonly ExtendedJson[] => {
  const { value, isReached } = place
  switch (type.kind) {
    case 'object':
      return objectConditions(set, type.object, place).map((condition) => unlessNull(value, condition))
    case 'list':
      return eachConditions(set, type.of, { ...place, isReached: isReached && type.of.kind !== 'list' }, (input) => ({
        $ifNull: [input, []],
      }))
    case 'map':
      return eachConditions(set, type.of, { ...place, isReached: false }, (input) => ({
        $map: { input: { $objectToArray: { $ifNull: [input, {}] } }, as: 'entry', in: '$$entry.v' },
      }))
    case 'bytes':
      return bounds(value, { $binarySize: value }, type.minLength, type.maxLength)
    case 'decimal':
      return bounds(value, { $toDecimal: value }, decimal(type.min), decimal(type.max))
    // Numbers have bounds of their own, and a Date of before in a map had them when it was written.
    case 'timestamp':
      return isReached || type.form === 'milliseconds' ? [] : bounds(value, value, firstInstant, lastInstant)
    default:
      return []
  }
}

const decimal = (text: string | null): ExtendedJson => (text === null ? null : { $numberDecimal: text })

const bounds = (
  value: string,
  measured: ExtendedJson,
  low: ExtendedJson,
  high: ExtendedJson,
): readonly ExtendedJson[] => [
  ...(low === null ? [] : [unlessNull(value, { $gte: [measured, low] })]),
  ...(high === null ? [] : [unlessNull(value, { $lte: [measured, high] })]),
]

const unlessNull = (value: ExtendedJson, condition: ExtendedJson): ExtendedJson => ({ $or: [isNull(value), condition] })

const objectConditions = (set: SchemaSet, name: string, place: Place): readonly ExtendedJson[] => {
  const object = objectOf(set, name)
  const { value } = place
  return [
    ...fieldsIn(object, 'mongo').flatMap((field) =>
      typeConditions(set, field.type, { ...place, value: `${value}.${field.name}` }),
    ),
    ...object.checks.map((check) => conditionOf(check.expression, objectScope(set, object, value), 'passes')),
  ]
}

/** A condition on each item; each depth of lists has a variable of its own. */
const eachConditions = (
  set: SchemaSet,
  type: Type,
  { value, depth, isReached }: Place,
  items: (input: string) => ExtendedJson,
): readonly ExtendedJson[] => {
  const item = depth === 0 ? 'item' : `item${depth + 1}`
  const inner = typeConditions(set, type, { value: `$$${item}`, depth: depth + 1, isReached })
  if (inner.length === 0) return []
  const every = inner.length === 1 ? (inner[0] ?? true) : { $and: inner }
  return [{ $allElementsTrue: [{ $map: { input: items(value), as: item, in: every } }] }]
}

const computedConditions = (set: SchemaSet, entity: Entity): readonly ExtendedJson[] =>
  heldFields(entity).flatMap(({ name, type, generated }) => {
    if (generated === null) return []
    const stored = `$${storedName(entity, name)}`
    const computed = operandOf(generated, entityScope(set, entity))
    const asStored = type.kind === 'decimal' ? { $toDecimal: stored } : stored
    const value = type.kind === 'float' ? asShape(computed, 'float', true) : computed.value
    return [{ $eq: [{ $ifNull: [asStored, null] }, { $ifNull: [value, null] }] }]
  })
