import { mongo } from 'mongoose'
import { decimalText } from '../../../../kernel/decimal.js'
import { largestReal } from '../../../../model/bounds.js'
import type { BigintType, DecimalType, FloatType } from '../../../../model/type.js'
import { largestUnits, unitsOf } from '../decimals.js'
import { inCode, inJson, leaf, same, unsaid } from '../sample.js'
import { bigintSample, decimalSample } from '../stored-samples.js'
import { type Corners, texts } from './list.js'

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

/** Around the ends of whole numbers, of 32, 53 and 64 bits. */
export const wholeCorners = (min: number, max: number): Corners => [
  ...[min, max, min - 1, max + 1, 0, -1, 0.5, 1e-7, 1.0000000000000002].map(same),
  ...[2 ** 31, 2 ** 53, 2 ** 53 - 1, -(2 ** 53), 2 ** 63, 1e300].map(same),
  negativeZero,
  ...notFinite,
  ...notNumber,
]

/** Around the bounds, and at the ends of single and double precision. */
export const floatCorners = ({ width, min, max }: FloatType): Corners => [
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
    -3.5e38,
  ].map(same),
  ...(width === 'double' ? [Number.MAX_VALUE, -Number.MAX_VALUE].map(same) : [same(-largestReal)]),
  negativeZero,
  ...notFinite,
  ...notNumber,
]

const limit63 = 2n ** 63n

const bigintTexts = ['', '01', '-0', '+1', ' 1', '1.0', '1e2', '1_000', '0x1', '٣', 'NaN', '9'.repeat(40)]

/** Around the ends of 64 bits, and other spellings. */
export const bigintCorners = ({ min, max }: BigintType): Corners => [
  ...[min, max].flatMap((bound) => (bound === null ? [] : [bound, bound + 1n, bound - 1n].map(bigintSample))),
  ...[0n, 1n, -1n, 2n ** 53n, 2n ** 53n + 1n, limit63 - 1n, limit63, -limit63, -limit63 - 1n].map(bigintSample),
  ...bigintTexts.map((text) => inJson(text)),
  ...['', 'a', '1', true, 5, 1.5, [1], {}].map((value) => inCode(value)),
  inCode(new Date(5)),
]

/** A decimal's value of so many units, written as Postgres does. */
const amount = (type: DecimalType) => (units: bigint) => decimalSample(type, decimalText({ units, scale: type.scale }))

/** Numbers of 128 bits that no decimal of ours is. */
const noDecimals: Corners = ['NaN', 'Infinity', '-Infinity'].map((text) =>
  leaf({ code: unsaid, json: unsaid, document: mongo.Decimal128.fromString(text), column: unsaid }),
)

/** The same value in other digits, as text and as a number: one value has one spelling when it is read. */
const otherDigits = (type: DecimalType): Corners =>
  type.scale === 0 || type.precision === type.scale
    ? []
    : ['1', '1.0', '-1', '-1.0'].flatMap((text) => [decimalSample(type, text), same(text)])

/** Around the ends of so many digits, and other spellings. */
export const decimalCorners = (type: DecimalType): Corners => {
  const { scale, min, max } = type
  const largest = largestUnits(type)
  const ends = [min, max].flatMap((bound) => (bound === null ? [] : [unitsOf(bound, scale)]))
  return [
    ...[0n, 1n, -1n, largest, largest + 1n, -largest, -largest - 1n].map(amount(type)),
    ...ends.flatMap((end) => [end, end - 1n, end + 1n]).map(amount(type)),
    // A digit too many, of a value that the limits take.
    ...ends.map((end) => decimalSample(type, `${decimalText({ units: end, scale })}${scale === 0 ? '.1' : '1'}`)),
    ...otherDigits(type),
    ...(type.inMongo === 'text' ? [] : noDecimals),
    decimalSample(type, `0.${'1'.repeat(scale + 1)}`),
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
