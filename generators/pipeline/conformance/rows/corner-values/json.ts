import type { JsonValue } from '../../../../model/origin.js'
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

/** Keys that objects of JavaScript have of their own. */
export const droppedByMongoose: readonly JsonValue[] = [
  { ['__proto__']: 1 },
  { ['__proto__']: 1, constructor: 2 },
  { a: [{ prototype: null }] },
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
