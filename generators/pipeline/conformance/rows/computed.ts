import { type Decimal, decimalText } from '../../../kernel/decimal.js'
import {
  evaluateExpression,
  floatOf,
  isDecimal,
  isInstant,
  isNumber,
  type Value,
} from '../../../language/expression/index.js'
import type { Entity } from '../../../model/entity.js'
import type { Field } from '../../../model/field.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import type { Type } from '../../../model/type.js'
import { NoValue } from '../no-value.js'
import { jsonAt } from './json-of-row.js'
import { type Members, type Sample, same, withMember } from './sample.js'
import { bigintSample, decimalSample, sampleOfInstant } from './stored-samples.js'

/** With all the digits after the point that its type has, as Postgres returns it. */
const ofScale = ({ units, scale }: Decimal, most: number): string =>
  decimalText({ units: units * 10n ** BigInt(Math.max(most - scale, 0)), scale: Math.max(most, scale) })

const ofNumber = (type: Type, value: number | Decimal): Sample | null => {
  switch (type.kind) {
    case 'integer':
    case 'float':
    case 'duration':
      return same(floatOf(value))
    case 'bigint':
      return isDecimal(value) && value.scale === 0 ? bigintSample(value.units) : null
    case 'decimal':
      return isDecimal(value) ? decimalSample(type, ofScale(value, type.scale)) : null
    default:
      return null
  }
}

const textual: readonly Type['kind'][] = ['text', 'format', 'enum', 'date', 'time', 'uuid', 'snowflake']

const sampleOf = (type: Type, value: Value): Sample | null => {
  if (value === undefined) return null
  if (value === null) return same(null)
  if (isNumber(value)) return ofNumber(type, value)
  if (isInstant(value)) return type.kind === 'timestamp' ? sampleOfInstant(type, new Date(value.instant)) : null
  if (typeof value === 'boolean') return type.kind === 'boolean' ? same(value) : null
  return typeof value === 'string' && textual.includes(type.kind) ? same(value) : null
}

/** What a computed field holds, or null where that is not known. */
const computed = (set: SchemaSet, entity: Entity, row: Members, { type, generated }: Field): Sample | null => {
  if (generated === null) return null
  const scope = { set, owner: entity, isBroken: () => false }
  return sampleOf(
    type,
    evaluateExpression(generated, scope, (name) => jsonAt(entity, row, name)),
  )
}

const put = (row: Members, { name, property }: Field, value: Sample | null): Members =>
  value === null ? row : withMember(row, { name, property, value })

const computedFields = ({ fields }: Entity): readonly Field[] => fields.filter(({ generated }) => generated !== null)

/** A row whose computed fields hold what its others make of them, as far as that is known. */
export const withComputed = (set: SchemaSet, entity: Entity, row: Members): Members =>
  computedFields(entity).reduce((made, field) => put(made, field, computed(set, entity, made, field)), row)

/** The same of a valid row, where all has to be known. @throws NoValue */
export const withAllComputed = (set: SchemaSet, entity: Entity, row: Members): Members =>
  computedFields(entity).reduce((made, field) => {
    const value = computed(set, entity, made, field)
    if (value === null) throw new NoValue(`what the computed field ${field.name} holds is not known outside of a store`)
    return put(made, field, value)
  }, row)
