import { objectOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Type } from '../model/type.js'

type Normalise = (set: SchemaSet, type: Type, value: unknown) => unknown

const withoutZeros = (text: string): string => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')

/** An identity in Postgres' digits as the ObjectId that a document holds. */
const asObjectId = (id: string): string => (/^\d{1,19}$/.test(id) ? BigInt(id).toString(16).padStart(24, '0') : id)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const mapped = (value: unknown, change: (key: string, inner: unknown) => unknown): unknown =>
  isRecord(value) && !(value instanceof Date) && !ArrayBuffer.isView(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(key, inner)]))
    : value

/**
 * A value of code as what it says: a decimal is an amount, whose zeros at the end say nothing; so are fractions of a
 * second; a vector has single precision; an identity is spelt by the store that made it.
 */
export const meaning: Normalise = (set, type, value) => {
  switch (type.kind) {
    case 'identity':
      return typeof value === 'string' ? asObjectId(value) : value
    case 'decimal':
    case 'time':
      return typeof value === 'string' ? withoutZeros(value) : value
    case 'vector':
      return Array.isArray(value) ? value.map((item) => (typeof item === 'number' ? Math.fround(item) : item)) : value
    case 'list':
      return Array.isArray(value) ? value.map((item) => meaning(set, type.of, item)) : value
    case 'map':
      return mapped(value, (_, inner) => meaning(set, type.of, inner))
    case 'object':
      return mapped(value, (key, inner) => {
        const field = objectOf(set, type.object).fields.find(({ property }) => property === key)
        return field === undefined ? inner : meaning(set, field.type, inner)
      })
    default:
      return value
  }
}
