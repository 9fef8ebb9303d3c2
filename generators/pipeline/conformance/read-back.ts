import type { Entity } from '../../model/entity.js'
import { objectOf } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Type } from '../../model/type.js'
import { jsonOfValue } from '../../script/json-form.js'
import { comparable } from './comparable.js'
import type { Stored } from './judges/judge.js'
import type { ParsedValue } from './judges/zod.js'
import { codeOf, type Members, storedJsonOf, unsaid } from './rows/sample.js'

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
const meaning: Normalise = (set, type, value) => {
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

/** A field's value as given and as read: in code where code has a form for what was given, else in JSON. */
const compared = (set: SchemaSet, type: Type, given: Members['members'][number], read: unknown): Stored => {
  const code = codeOf(given.value)
  const before = code === unsaid ? storedJsonOf(given.value) : code
  const after = code === unsaid && read !== null && read !== undefined ? jsonOfValue(set, type, read) : read
  const words = `${given.name} ${comparable(before)} came back as ${comparable(after)}`
  if (comparable(before) === comparable(after)) return { became: 'equal', words: '' }
  const isSame = comparable(meaning(set, type, before)) === comparable(meaning(set, type, after))
  return { became: isSame ? 'respelt' : 'another', words }
}

const order = ['equal', 'respelt', 'another', 'no row'] as const

/** What became of a row on its way through a store, where a codec reads it; only the members given are compared. */
export const readBack = (set: SchemaSet, entity: Entity, given: Members, parsed: ParsedValue): Stored => {
  if (!parsed.success) {
    const words = (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    return { became: 'no row', words }
  }
  const row = parsed.data as Readonly<Record<string, unknown>>
  const fields = given.members.flatMap((member): readonly Stored[] => {
    const field = entity.fields.find(({ name }) => name === member.name)
    return field === undefined || field.encrypted !== null
      ? []
      : [compared(set, field.type, member, row[field.property])]
  })
  const worst = order.findLast((became) => fields.some((one) => one.became === became)) ?? 'equal'
  return {
    became: worst,
    words: fields
      .map(({ words }) => words)
      .filter((words) => words !== '')
      .join('; '),
  }
}
