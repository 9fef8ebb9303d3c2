import { unreachable } from '../../../kernel/bug.js'
import { largestReal, wholeBounds } from '../../../model/bounds.js'
import { enumOf } from '../../../model/lookup.js'
import type { JsonValue } from '../../../model/origin.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import type {
  BigintType,
  BytesType,
  DecimalType,
  FloatType,
  FormatType,
  JsonType,
  TextType,
  Type,
} from '../../../model/type.js'
import { decimalText, largestUnits, unitsOf } from './decimals.js'
import { inCode, inJson, type Sample, same, unsaid } from './sample.js'
import { bigintSample, bytesSample, firstInstant, instantSample, lastInstant, objectIdSample } from './valid-values.js'

/** Values at and beyond the ends of a type, and values of other types that a store might read as one of it. */
export type Corners = readonly Sample[]

const texts = (...values: readonly string[]): Corners => values.map(same)

/** What is of no text type: drivers write all of it as text. */
const notText: Corners = [same(5), same(true), same(['a']), same({ a: 'b' }), inCode(new Date(0)), inCode(5n)]

const notNumber: Corners = [
  ...['', '0', '5', ' 5', '5 ', 'NaN', 'Infinity', '1e2', '0x10', 'true'].map(same),
  same(true),
  same([1]),
  same({}),
  inCode(5n, '5'),
  inCode(new Date(5)),
]

const notFinite: Corners = [
  inCode(Number.NaN, 'NaN'),
  inCode(Number.POSITIVE_INFINITY, 'Infinity'),
  inCode(Number.NEGATIVE_INFINITY, '-Infinity'),
]

const negativeZero = inCode(-0, -0)

/** NUL, and halves of surrogate pairs. */
const unstorable = texts('a\0b', '\ud83d', '\ude00a', 'a\ud800')

const repeated = (part: string, count: number): string => part.repeat(Math.max(count, 0))

/** Texts of so many characters, each more than one code unit or one byte, or joined with its neighbours. */
const ofLength = (length: number): readonly string[] => [
  repeated('a', length),
  repeated('\u{1f600}', length),
  repeated('\u0301', length),
  repeated('ß', length),
]

const lengthCorners = (shortest: number | null, longest: number | null): readonly string[] => [
  ...(shortest === null ? [] : [...ofLength(shortest), ...ofLength(shortest - 1)]),
  ...(longest === null || longest > 5000
    ? []
    : [...ofLength(longest), ...ofLength(longest + 1), `${repeated('a', longest)} `, `${repeated('a', longest - 1)} `]),
]

const textCorners = (type: TextType): Corners => [
  ...texts(
    '',
    ' ',
    ' a ',
    'a\n',
    '\n',
    '\u{1f600}',
    'e\u0301',
    'İ',
    '\u200b',
    '\ufeff',
    "'; --",
    '\\',
    '{}',
    'NULL',
    'null',
  ),
  ...texts(...lengthCorners(type.form === 'char' ? type.maxLength : type.minLength, type.maxLength)),
  ...unstorable,
  ...notText,
]

const formatTexts: Readonly<Record<FormatType['format'], readonly string[]>> = {
  url: [
    'http://',
    'https://a',
    'HTTPS://a.b',
    'ftp://a.b',
    'https://a b',
    'https://a\n',
    '\nhttps://a',
    'https://a\u00a0b',
    'https://a\u2028b',
    'https://\u{1f600}',
    'javascript:x',
    'x https://a',
  ],
  email: ['a@b', 'a@b.c', 'a@b.c\n', '@b.c', 'a@', 'a b@c.d', 'a@b@c.d', 'ü@ö.de', 'a@b..c', '"a b"@c.d', 'a@\u00a0.c'],
  color: ['#000', '#ABCDEF', '#abcd', '#12345', '#1234567', 'fff', '#ggg', '#fff\n', '#FFF ', '＃fff', '#١١١'],
}

const formatCorners = (type: FormatType): Corners => [
  ...texts('', ...formatTexts[type.format]),
  ...(type.maxLength === null
    ? []
    : texts(...[0, 1].map((more) => `https://${repeated('a', (type.maxLength ?? 0) - 8 + more)}`))),
  ...unstorable,
  ...notText,
]

const wholeCorners = (min: number, max: number): Corners => [
  ...[min, max, min - 1, max + 1, 0, -1, 0.5, 1e-7, 1.0000000000000002].map(same),
  ...[2 ** 31, 2 ** 53, 2 ** 53 - 1, -(2 ** 53), 2 ** 63, 1e300].map(same),
  negativeZero,
  ...notFinite,
  ...notNumber,
]

const floatCorners = ({ width, min, max }: FloatType): Corners => [
  ...[min, max].flatMap((bound) => (bound === null ? [] : [bound, bound + 1, bound - 1, bound + 1e-9].map(same))),
  ...[
    0,
    0.1,
    1e-7,
    Math.fround(0.1),
    2 ** 24 + 1,
    2 ** 53 + 2,
    largestReal,
    3.5e38,
    1e39,
    1e308,
    5e-324,
    1e-45,
    1.4e-45,
  ].map(same),
  ...(width === 'double' ? [Number.MAX_VALUE, -Number.MAX_VALUE].map(same) : [same(-largestReal)]),
  negativeZero,
  ...notFinite,
  ...notNumber,
]

const limit63 = 2n ** 63n

const bigintTexts = ['', '01', '-0', '+1', ' 1', '1.0', '1e2', '1_000', '0x1', '٣', 'NaN', '9'.repeat(40)]

const bigintCorners = ({ min, max }: BigintType): Corners => [
  ...[min, max].flatMap((bound) => (bound === null ? [] : [bound, bound + 1n, bound - 1n].map(bigintSample))),
  ...[0n, 1n, -1n, 2n ** 53n, 2n ** 53n + 1n, limit63 - 1n, limit63, -limit63, -limit63 - 1n].map(bigintSample),
  ...bigintTexts.map((text) => inJson(text)),
  ...['', 'a', '1', true, 5, 1.5, [1], {}].map((value) => inCode(value)),
  inCode(new Date(5)),
]

/** A decimal's value of so many units, written as Postgres does. */
const amount = (scale: number) => (units: bigint) => same(decimalText(units, scale))

const decimalCorners = (type: DecimalType): Corners => {
  const { scale, min, max } = type
  const largest = largestUnits(type)
  const ends = [min, max].flatMap((bound) => (bound === null ? [] : [unitsOf(bound, scale)]))
  return [
    ...[0n, 1n, -1n, largest, largest + 1n, -largest, -largest - 1n].map(amount(scale)),
    ...ends.flatMap((end) => [end, end - 1n, end + 1n]).map(amount(scale)),
    same(`0.${'1'.repeat(scale + 1)}`),
    same(`1.${'0'.repeat(scale + 1)}`),
    ...texts(
      '',
      '0',
      '-0',
      '-0.00',
      '00',
      '01',
      '+1',
      '.5',
      '1.',
      ' 1',
      '1 ',
      '1e2',
      'NaN',
      'Infinity',
      '-Infinity',
      '1_000',
      '1,5',
      '٣',
      'a\0',
    ),
    same(1),
    same(1.5),
    same(true),
    inCode(1n, '1'),
  ]
}

const instantTexts = [
  '',
  '2024-02-29T12:00:00.000Z',
  '2023-02-29T12:00:00.000Z',
  '1900-02-29T00:00:00.000Z',
  '2024-13-01T00:00:00.000Z',
  '2024-04-31T00:00:00.000Z',
  '2024-01-01T24:00:00.000Z',
  '2024-01-01T23:59:60.000Z',
  '2016-12-31T23:59:60Z',
  '2024-01-01T12:60:00Z',
  '0000-01-01T00:00:00.000Z',
  '10000-01-01T00:00:00.000Z',
  '+010000-01-01T00:00:00.000Z',
  '-000001-01-01T00:00:00.000Z',
  '2024-01-01',
  '2024-01-01 12:00:00Z',
  '2024-01-01T12:00Z',
  '2024-01-01T12:00:00',
  '2024-01-01T12:00:00+02:00',
  '2024-01-01t12:00:00z',
  '2024-01-01T12:00:00.1234Z',
  '2024-01-01T12:00:00.Z',
  'infinity',
  '-infinity',
  'now',
  'epoch',
  'today',
]

const instants: readonly Date[] = [
  firstInstant,
  new Date(firstInstant.getTime() - 1),
  lastInstant,
  new Date(lastInstant.getTime() + 1),
  new Date(0),
  new Date(-1),
  new Date('2024-02-29T23:59:59.999Z'),
  new Date('1883-11-18T12:03:57.123Z'),
  new Date(8.64e15),
  new Date(-8.64e15),
]

/** A Date as the drivers write one: years beyond four digits in a way that only some stores read. */
const dateSample = (date: Date): Sample => {
  const iso = date.toISOString()
  return /^\d{4}-/.test(iso) && !iso.startsWith('0000') ? instantSample(date) : inCode(date, iso)
}

const instantCorners: Corners = [
  ...instants.map(dateSample),
  inCode(new Date(Number.NaN)),
  ...instantTexts.map((text) => inJson(text)),
  ...['2024-01-01T00:00:00.000Z', '', 0, 1.5, true, {}, ['2024-01-01']].map((value) => inCode(value)),
]

const dateTexts = [
  '0001-01-01',
  '9999-12-31',
  '0000-12-31',
  '10000-01-01',
  '2024-02-29',
  '2023-02-29',
  '1900-02-29',
  '2000-02-29',
  '2024-04-31',
  '2024-00-01',
  '2024-01-00',
  '2024-13-01',
  '2024-1-1',
  '20240101',
  '2024-01-01 ',
  '2024-01-01T00:00:00Z',
  '01/02/2024',
  '',
  'infinity',
  '-infinity',
  'today',
  'epoch',
  '0044-03-15 BC',
  '٢٠٢٤-01-01',
  'Jan 1, 2024',
]

const timeTexts = [
  '00:00:00',
  '23:59:59',
  '23:59:59.999',
  '23:59:60',
  '24:00:00',
  '12:60:00',
  '12:00',
  '1:00:00',
  '12:00:00.1',
  '12:00:00.10',
  '12:00:00.100',
  '12:00:00.000',
  '12:00:00.1234',
  '12:00:00.9999',
  '12:00:00.',
  '12:00:00Z',
  '12:00:00+02',
  '12:00 PM',
  '120000',
  '',
  ' 12:00:00',
  'now',
  'allballs',
]

const digits = 'abcdef0123456789abcdef01'

const objectIdCorners: Corners = [
  ...[digits, '0'.repeat(24), 'f'.repeat(24), `0${digits.slice(1)}`].map(objectIdSample),
  ...['', digits.toUpperCase(), `${digits}0`, digits.slice(1), `${digits}\n`, 'abcdefghijkl'].map(same),
  same(5),
  same(true),
]

const uuid = '0189dcd1-3c5a-7bbb-8a3c-0123456789ab'

const uuidTexts = [
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  uuid.toUpperCase(),
  uuid.replaceAll('-', ''),
  `{${uuid}}`,
  `${uuid}\n`,
  ` ${uuid}`,
  uuid.slice(1),
  `${uuid.slice(1)}g`,
  '',
]

const snowflakeTexts = [
  '1',
  '9223372036854775807',
  '9223372036854775808',
  '9999999999999999999',
  '0',
  '00',
  '01',
  '-1',
  '+1',
  ' 1',
  '1 ',
  '1\n',
  '1.0',
  '1e2',
  '0x1',
  '1_0',
  '',
  'a',
  '١',
  '123456789012345678',
  '12345678901234567890',
]

const byteCorners = ({ minLength, maxLength }: BytesType): Corners => [
  ...[0, 1, minLength, maxLength, minLength === null ? null : minLength - 1, maxLength === null ? null : maxLength + 1]
    .filter((length): length is number => length !== null && length >= 0)
    .map((length) => bytesSample(new Uint8Array(length).fill(255))),
  ...['A', 'AA', 'AAA=', 'AA==', 'AB==', 'AAH=', 'AA=', 'A===', 'AA_-', 'AA H', 'AAAA\n', '=', '\\x00'].map((text) =>
    inJson(text, unsaid),
  ),
  ...['AA==', '', 5, [1, 2], {}, true].map((value) => inCode(value)),
  inCode(new Date(0)),
]

/** Keys that objects of JavaScript have of their own. */
export const droppedByMongoose: readonly JsonValue[] = [
  { ['__proto__']: 1 },
  { ['__proto__']: 1, constructor: 2 },
  { a: [{ prototype: null }] },
]

const jsonCorners = ({ as }: JsonType): Corners => [
  ...[
    0,
    '',
    'a',
    'null',
    false,
    true,
    [],
    {},
    [null],
    { a: null },
    { a: { b: [[{}]] } },
    1e308,
    2 ** 53,
    0.1,
    '\u{1f600}',
    { '': 1 },
    { 'a.b': 1 },
    { $a: 1 },
  ].map(same),
  ...(as === 'json' ? [same({ b: 1, a: 2 })] : []),
  ...droppedByMongoose.map(same),
  ...['a\0', '\ud800', ['\0'], { 'a\0': 1 }, { '\udc00': 1 }].map(same),
  inCode(-0, -0),
  ...[
    Number.NaN,
    Number.POSITIVE_INFINITY,
    [Number.NaN],
    { a: Number.NaN },
    5n,
    new Date(0),
    new Map(),
    [undefined],
    () => 1,
  ].map((value) => inCode(value)),
]

/** Numbers that text would stand for, names with another case, and the ends of the list. */
const enumCorners = (set: SchemaSet, name: string): Corners => {
  const values = enumOf(set, name).values.map(({ value }) => value)
  const others = values.flatMap((value): readonly (string | number)[] =>
    typeof value === 'number'
      ? [String(value), value + 0.5, value + 1000]
      : [value.toUpperCase(), `${value} `, ` ${value}`],
  )
  return [...values, ...others, '', 'nothing of the kind', 0, 70000, true, {}, ['a']].map(same)
}

/** The corners of a scalar type. Types with an inside of their own are taken apart elsewhere. */
export const cornerValues = (set: SchemaSet, type: Type): Corners => {
  switch (type.kind) {
    case 'snowflake':
      return [...texts(...snowflakeTexts), same(1), inCode(1n, '1'), same(true), same(['1']), same({})]
    case 'identity':
      return [...texts('', 'a', '01', '-1', '1.5'), same(1.5), same(true), same({})]
    case 'uuid':
      return [same(uuid), ...texts(...uuidTexts), same(5), same({})]
    case 'objectid':
      return objectIdCorners
    case 'text':
      return textCorners(type)
    case 'format':
      return formatCorners(type)
    case 'integer':
    case 'duration':
      return wholeCorners(wholeBounds(type).min, wholeBounds(type).max)
    case 'bigint':
      return bigintCorners(type)
    case 'float':
      return floatCorners(type)
    case 'decimal':
      return decimalCorners(type)
    case 'boolean':
      return [...[true, false, 0, 1, 2, '', 'true', 'false', 't', 'f', 'yes', 'on', '1', [], {}].map(same)]
    case 'timestamp':
      return instantCorners
    case 'date':
      return [...texts(...dateTexts), same(0), inCode(new Date(0)), same({})]
    case 'time':
      return [...texts(...timeTexts), same(0), inCode(new Date(0)), same({})]
    case 'json':
      return jsonCorners(type)
    case 'enum':
      return enumCorners(set, type.enum)
    case 'bytes':
      return byteCorners(type)
    case 'object':
    case 'list':
    case 'map':
    case 'vector':
    case 'union':
      return []
    default:
      return unreachable(type)
  }
}
