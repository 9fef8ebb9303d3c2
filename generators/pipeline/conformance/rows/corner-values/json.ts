import type { JsonValue } from '../../../../model/origin.js'
import { reservedKeys } from '../../../../model/reserved-keys.js'
import type { BytesType, JsonType } from '../../../../model/type.js'
import { inCode, inJson, same, unsaid } from '../sample.js'
import { bytesSample } from '../stored-samples.js'
import type { Corners } from './list.js'

/** Lengths, and what is nearly base64. */
export const byteCorners = ({ minLength, maxLength }: BytesType): Corners => [
  ...[0, 1, minLength, maxLength, minLength === null ? null : minLength - 1, maxLength === null ? null : maxLength + 1]
    .filter((length): length is number => length !== null && length >= 0)
    .map((length) => bytesSample(new Uint8Array(length).fill(255))),
  ...['A', 'AA', 'AAA=', 'AA==', 'AB==', 'AAH=', 'AA=', 'A===', 'AA_-', 'AA H', 'AAAA\n', '=', '\\x00'].map((text) =>
    inJson(text, unsaid),
  ),
  ...['AA==', '', 5, [1, 2], {}, true].map((value) => inCode(value)),
  inCode(new Date(0)),
]

const nested = (depth: number): JsonValue =>
  Array.from({ length: depth }).reduce<JsonValue>((inner, _, index) => (index % 2 === 0 ? [inner] : { a: inner }), 1)

/** As deep as documents may be (MongoDB manual, "Limits": 100 levels, of which the document is one), and wide. */
const deepAndWide: readonly JsonValue[] = [
  nested(98),
  Array.from({ length: 2000 }, (_, index) => index),
  Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key ${index}`, null])),
]

/** Keys that MongoDB does not give back, and what is nearly so. */
const reserved: readonly JsonValue[] = [
  ...reservedKeys.map((key) => JSON.parse(`{ ${JSON.stringify(key)}: 1 }`) as JsonValue),
  { a: [{ constructor: null, b: 2 }] },
  [[{ _bsontype: 'ObjectId' }]],
  { $ref: 'a.b', $id: 1, $db: 'c' },
  { a: { $id: null, $ref: null } },
  [{ $ref: 'a' }, { $id: 'a' }],
  { $db: 'a', $ref: { $id: 1 } },
  { toJSON: 1, _doc: {}, __v: 1, _id: 1, id: 1, length: -1 },
]

/** Every kind of JSON value, odd keys, and what JSON has no form for. */
export const jsonCorners = ({ as }: JsonType): Corners => [
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
  ...deepAndWide.map(same),
  ...reserved.map(same),
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
