import fc, { type Arbitrary } from 'fast-check'
import { unreachable } from '../../../kernel/bug.js'
import { decimalText } from '../../../kernel/decimal.js'
import { valueProblem } from '../../../language/rules/value-problem.js'
import { largestReal, wholeBounds } from '../../../model/bounds.js'
import type { Field } from '../../../model/field.js'
import { enumOf, objectOf } from '../../../model/lookup.js'
import type { JsonValue } from '../../../model/origin.js'
import { reservedKeyChoice } from '../../../model/reserved-keys.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import type {
  BigintType,
  BytesType,
  DecimalType,
  FloatType,
  FormatType,
  Pattern,
  TextType,
  Type,
} from '../../../model/type.js'
import { NoValue, patiently } from '../no-value.js'
import { largestUnits, unitsOf } from './decimals.js'
import { list, type Member, members, type Sample, same, storedJsonOf, unsaid } from './sample.js'
import {
  bigintSample,
  bytesSample,
  decimalSample,
  firstInstant,
  lastInstant,
  objectIdSample,
  sampleOfInstant,
} from './stored-samples.js'

/** What texts are made of: what engines count, compare, quote or escape in ways of their own. */
const characters = [
  'a',
  'Z',
  '0',
  ' ',
  '\u{1f600}',
  '\u0301',
  'ß',
  'İ',
  '"',
  "'",
  '\\',
  '{',
  '}',
  ',',
  '%',
  '\n',
  '\u200d',
]

/** Texts that a pattern describes, as far as fast-check reads patterns: not with what looks ahead. */
const matching = ({ source }: Pattern): Arbitrary<string> => {
  try {
    return fc.stringMatching(new RegExp(source, 'u'))
  } catch {
    throw new NoValue(`no text is made for the pattern ${source}`)
  }
}

const text = ({ form, minLength, maxLength, pattern }: TextType): Arbitrary<string> => {
  if (pattern !== null) {
    const fits = (value: string) => [...value].length >= (minLength ?? 0) && [...value].length <= (maxLength ?? 60)
    return matching(pattern).filter(patiently(`text of the right length for the pattern ${pattern.source}`, fits))
  }
  const shortest = (form === 'char' ? maxLength : minLength) ?? 0
  const longest = Math.min(maxLength ?? shortest + 6, Math.max(shortest, 8))
  return fc
    .array(fc.constantFrom(...characters), { minLength: shortest, maxLength: longest })
    .map((all) => all.join(''))
    .filter((value) => form !== 'char' || !value.endsWith(' '))
}

const formats: Readonly<Record<FormatType['format'], readonly string[]>> = {
  url: ['https://a.b', 'http://example.org/a?b=c#d', 'https://ünïcode.example/\u{1f600}'],
  email: ['a@b.cd', 'first.last+tag@sub.example.org'],
  color: ['#fff', '#00FF7f'],
}

const isWithin = (value: string, { minLength, maxLength }: FormatType): boolean =>
  [...value].length >= (minLength ?? 0) && [...value].length <= (maxLength ?? Number.POSITIVE_INFINITY)

/** The longest of a format's texts made so long as a limit asks for. */
const padded = ({ format, minLength }: FormatType): readonly string[] => {
  const more = (text: string): string => text.padEnd(minLength ?? 0, 'a')
  if (minLength === null || format === 'color') return []
  return [more(format === 'url' ? 'https://a.b/' : 'a@b.cd')]
}

const format = (type: FormatType): Arbitrary<string> => {
  const known = [...formats[type.format], ...padded(type)].filter((value) => isWithin(value, type))
  if (known.length === 0) throw new NoValue(`no ${type.format} of the right length is known`)
  return fc.constantFrom(...known)
}

/** A real or double of the model as fast-check takes bounds. */
const float = ({ width, min, max }: FloatType): Arbitrary<number> =>
  width === 'double'
    ? fc.double({ noNaN: true, min: min ?? -Number.MAX_VALUE, max: max ?? Number.MAX_VALUE })
    : fc
        .float({ noNaN: true, noDefaultInfinity: true })
        .map((value) => (value < (min ?? -largestReal) || value > (max ?? largestReal) ? (min ?? max ?? 0) : value))

const bigint = ({ min, max }: BigintType): Arbitrary<bigint> =>
  fc.bigInt({ min: min ?? -(2n ** 63n), max: max ?? 2n ** 63n - 1n })

/** As stores spell it, and as people write it. */
const decimalForms = (type: DecimalType, text: string): Arbitrary<Sample> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(decimalSample(type, text)) },
    fc.constant(decimalSample(type, text.includes('.') ? text.replace(/\.?0+$/, '') : text)),
  )

const decimal = (type: DecimalType): Arbitrary<Sample> => {
  const largest = largestUnits(type)
  const min = type.min === null ? -largest : unitsOf(type.min, type.scale)
  const max = type.max === null ? largest : unitsOf(type.max, type.scale)
  return fc.bigInt({ min, max }).chain((units) => decimalForms(type, decimalText({ units, scale: type.scale })))
}

const bytes = ({ minLength, maxLength }: BytesType): Arbitrary<Sample> =>
  fc
    .uint8Array({ minLength: minLength ?? 0, maxLength: Math.min(maxLength ?? 8, Math.max(minLength ?? 0, 8)) })
    .map((value) => bytesSample(new Uint8Array(value)))

const instant = fc.date({ min: firstInstant, max: lastInstant, noInvalidDate: true })

const reservedKey = new RegExp(`"(?:${reservedKeyChoice})":`)

const jsonValue: Arbitrary<JsonValue> = fc
  .jsonValue({ maxDepth: 2, noUnicodeString: true } as fc.JsonSharedConstraints)
  .filter((value) => value !== null)
  .map((value) => JSON.stringify(value))
  .filter((text) => !reservedKey.test(text))
  .map((text) => JSON.parse(text) as JsonValue)

const keys = ['a', 'toJSON', '_doc', 'with space', 'ключ', '0', 'length', '\u{1f600}']

/** Some of the keys, and others where a map must have more than there are. */
const someKeys = (minItems: number | null, maxItems: number | null): Arbitrary<readonly string[]> => {
  const least = minItems ?? 0
  const more = Array.from({ length: Math.max(least - keys.length, 0) }, (_, index) => `key ${index}`)
  const most = Math.min(maxItems ?? Math.max(least, 3), Math.max(least, keys.length))
  return fc.uniqueArray(fc.constantFrom(...keys, ...more), { minLength: least, maxLength: most })
}

const map = (of: Arbitrary<Sample>, minItems: number | null, maxItems: number | null): Arbitrary<Sample> =>
  someKeys(minItems, maxItems)
    .chain((names) => fc.tuple(...names.map((name) => of.map((value): Member => ({ name, property: name, value })))))
    .map(members)

const listOf = (of: Arbitrary<Sample>, minItems: number | null, maxItems: number | null): Arbitrary<Sample> =>
  fc.array(of, { minLength: minItems ?? 0, maxLength: Math.min(maxItems ?? 3, Math.max(minItems ?? 0, 3)) }).map(list)

/** The members of an object, or the fields of a row, each with a value of its type. */
export const validMembers = (set: SchemaSet, fields: readonly Field[]): Arbitrary<readonly Member[]> =>
  fc
    .tuple(...fields.map((field) => validMember(set, field)))
    .map((all) => all.filter((member): member is Member => member !== null))

const validMember = (set: SchemaSet, field: Field): Arbitrary<Member | null> => {
  const { name, property } = field
  const value = valid(set, field.type)
  const nullable = field.nullable ? fc.oneof({ weight: 4, arbitrary: value }, fc.constant(same(null))) : value
  const member = nullable.map((sample): Member => ({ name, property, value: sample }))
  return field.optional ? fc.oneof({ weight: 4, arbitrary: member }, fc.constant(null)) : member
}

const hexadecimal = fc
  .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 24, maxLength: 24 })
  .map((digits) => digits.join(''))

/** As Postgres makes it, or as Mongo does in a set that is kept there only. */
const identity = ({ stores }: SchemaSet): Arbitrary<Sample> =>
  stores.includes('postgres')
    ? fc.integer({ min: 1, max: 2 ** 31 - 1 }).map((id) => objectIdSample(String(id)))
    : hexadecimal.map(objectIdSample)

/** Values that are of a type. */
export const valid = (set: SchemaSet, type: Type): Arbitrary<Sample> => {
  switch (type.kind) {
    case 'snowflake':
      return fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map((id) => same(String(id)))
    case 'identity':
      return identity(set)
    case 'uuid':
      return fc.uuid().map(same)
    case 'objectid':
      return hexadecimal.map(objectIdSample)
    case 'text':
      return text(type).map(same)
    case 'integer':
    case 'duration':
      return fc.integer(wholeBounds(type)).map(same)
    case 'bigint':
      return bigint(type).map(bigintSample)
    case 'float':
      return float(type).map(same)
    case 'decimal':
      return decimal(type)
    case 'boolean':
      return fc.boolean().map(same)
    case 'timestamp':
      return instant.map((value) => sampleOfInstant(type, value))
    case 'date':
      return instant.map((date) => same(date.toISOString().slice(0, 10)))
    case 'time':
      return instant.map((date) =>
        same(
          date
            .toISOString()
            .slice(11, 23)
            .replace(/\.?0{1,3}$/, ''),
        ),
      )
    case 'format':
      return format(type).map(same)
    case 'json':
      return jsonValue.map(same)
    case 'object':
      return validMembers(set, objectOf(set, type.object).fields).map(members)
    case 'list':
      return listOf(valid(set, type.of), type.minItems, type.maxItems)
    case 'map':
      return map(valid(set, type.of), type.minItems, type.maxItems)
    case 'enum':
      return fc.constantFrom(...enumOf(set, type.enum).values.map(({ value }) => same(value)))
    case 'bytes':
      return bytes(type)
    case 'vector':
      return fc
        .array(fc.float({ noNaN: true, noDefaultInfinity: true }).map(same), {
          minLength: type.dimensions,
          maxLength: type.dimensions,
        })
        .map(list)
    case 'union':
      return fc.oneof(...type.of.map((member) => valid(set, member)))
    default:
      return unreachable(type)
  }
}

/** Whether a value passes the checks of the objects in it, which are drawn without them. */
const isSound = (set: SchemaSet, type: Type, sample: Sample): boolean => {
  const json = storedJsonOf(sample)
  return json !== unsaid && valueProblem(type, json as JsonValue, set) === null
}

/** A value of a type, the same in each run. */
export const exampleOf = (set: SchemaSet, type: Type): Sample => {
  const examples = fc.sample(valid(set, type), { numRuns: 20, seed: 1 })
  const example = examples.find((one) => isSound(set, type, one)) ?? examples[0]
  if (example === undefined) throw new Error(`no value of ${type.kind}`)
  return example
}
