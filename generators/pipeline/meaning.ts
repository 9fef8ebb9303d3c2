import { decimalText, parseDecimal, withScale } from '../kernel/decimal.js'
import { objectOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { DecimalType, Type, UnionType } from '../model/type.js'

type Normalise = (set: SchemaSet, type: Type, value: unknown) => unknown

/** A decimal of a type as every store gives it back; one that is no such decimal stays as it is. */
const spelled = ({ scale }: DecimalType, text: string): string => {
  const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) && !/^-[0.]*$/.test(text) ? parseDecimal(text) : null
  return decimal === null || decimal.scale > scale ? text : decimalText(withScale(decimal, scale))
}

const withoutZeros = (text: string): string => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')

/** An identity in Postgres' digits as the ObjectId that a document holds. */
const asObjectId = (id: string): string => (/^\d{1,19}$/.test(id) ? BigInt(id).toString(16).padStart(24, '0') : id)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const mapped = (value: unknown, change: (key: string, inner: unknown) => unknown): unknown =>
  isRecord(value) && !(value instanceof Date) && !ArrayBuffer.isView(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(key, inner)]))
    : value

/** The member of a union that has decimals inside of it and whose kind of value this is. */
const memberOf = (set: SchemaSet, { of }: UnionType, value: unknown): Type | undefined =>
  of.find((member) => {
    switch (member.kind) {
      case 'decimal':
        return typeof value === 'string'
      case 'list':
        return Array.isArray(value)
      case 'map':
        return isRecord(value)
      case 'object': {
        const { fields } = objectOf(set, member.object)
        return isRecord(value) && Object.keys(value).every((key) => fields.some(({ property }) => property === key))
      }
      default:
        return false
    }
  })

type Leaf = (type: Type, value: unknown) => unknown

/** A value with all that is inside of it in one form. */
const normalised =
  (leaf: Leaf): Normalise =>
  (set, type, value) => {
    const inner = normalised(leaf)
    switch (type.kind) {
      case 'list':
        return Array.isArray(value) ? value.map((item) => inner(set, type.of, item)) : value
      case 'map':
        return mapped(value, (_, item) => inner(set, type.of, item))
      case 'object':
        return mapped(value, (key, item) => {
          const field = objectOf(set, type.object).fields.find(({ property }) => property === key)
          return field === undefined ? item : inner(set, field.type, item)
        })
      case 'union': {
        const member = memberOf(set, type, value)
        return member === undefined ? value : inner(set, member, value)
      }
      default:
        return leaf(type, value)
    }
  }

/** A value with its decimals as every store gives them back. */
export const withSpelledDecimals: Normalise = normalised((type, value) =>
  type.kind === 'decimal' && typeof value === 'string' ? spelled(type, value) : value,
)

/**
 * A value of code as what it says: a decimal is an amount, which has one spelling; zeros at the end of fractions of a
 * second say nothing; a vector has single precision; an identity is spelt by the store that made it.
 */
export const meaning: Normalise = normalised((type, value) => {
  switch (type.kind) {
    case 'decimal':
      return typeof value === 'string' ? spelled(type, value) : value
    case 'identity':
      return typeof value === 'string' ? asObjectId(value) : value
    case 'time':
      return typeof value === 'string' ? withoutZeros(value) : value
    case 'vector':
      return Array.isArray(value) ? value.map((item) => (typeof item === 'number' ? Math.fround(item) : item)) : value
    default:
      return value
  }
})
