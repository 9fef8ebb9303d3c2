import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalPattern } from '../../../generators/script/schema/decimal-pattern.js'
import {
  base64Pattern,
  datePattern,
  identityPattern,
  mapKeyPattern,
  snowflakePattern,
  textPattern,
  timePattern,
  timestampPattern,
} from '../../../generators/script/schema/patterns.js'
import { bigintBounds, wholePattern } from '../../../generators/script/schema/whole-pattern.js'

const matches = (pattern: string, text: string): boolean => new RegExp(pattern, 'u').test(text)

const range = (limits: { min: bigint; max: bigint }) =>
  fc.tuple(fc.bigInt(limits), fc.bigInt(limits)).map(([a, b]) => (a < b ? ([a, b] as const) : ([b, a] as const)))

describe('whole numbers', () => {
  const agree = (limits: { min: bigint; max: bigint }) =>
    fc.assert(
      fc.property(range(limits), fc.bigInt({ min: limits.min * 2n, max: limits.max * 2n }), ([low, high], value) => {
        const pattern = wholePattern(low, high)
        for (const near of [value, low - 1n, low, high, high + 1n]) {
          expect(matches(pattern, String(near))).toBe(near >= low && near <= high)
        }
      }),
    )

  test('match exactly within small ranges', () => agree({ min: -1200n, max: 1200n }))
  test('match exactly within 64 bits', () => agree(bigintBounds))

  test.each(['-0', '00', '01', '+1', '1.0', '1e3', ' 1', '', '１'])('have one spelling: not %j', (text) => {
    expect(matches(wholePattern(-100n, 100n), text)).toBe(false)
  })

  test('an empty range matches nothing', () => expect(matches(wholePattern(2n, 1n), '1')).toBe(false))
})

/** A whole number of a decimal's smallest unit, as the decimal's text with `scale` digits after the point. */
const decimalText = (units: bigint, scale: number): string => {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const point = digits.length - scale
  return `${units < 0n ? '-' : ''}${digits.slice(0, point)}${scale === 0 ? '' : `.${digits.slice(point)}`}`
}

describe('decimals', () => {
  const types = fc
    .record({ scale: fc.integer({ min: 0, max: 4 }), whole: fc.integer({ min: 0, max: 4 }) })
    .filter(({ scale, whole }) => scale + whole > 0)
    .chain(({ scale, whole }) => {
      const limit = 10n ** BigInt(scale + whole) - 1n
      const units = fc.bigInt({ min: -limit, max: limit })
      return fc.tuple(
        fc.constant({ scale, precision: scale + whole, limit }),
        range({ min: -limit, max: limit }),
        units,
      )
    })

  test('match exactly within limits, however many zeros end them', () => {
    fc.assert(
      fc.property(types, ([{ scale, precision, limit }, [low, high], value]) => {
        const [min, max] = [decimalText(low, scale), decimalText(high, scale)]
        const pattern = decimalPattern({ precision, scale, min, max })
        for (const near of [value, low - 1n, low, high, high + 1n]) {
          const text = decimalText(near, scale)
          const spellings = scale === 0 ? [text] : [text, text.replace(/\.?0+$/, '')].filter((one) => /^-?\d/.test(one))
          const inside = near >= low && near <= high && near <= limit && near >= -limit
          for (const spelling of spellings) expect([spelling, matches(pattern, spelling)]).toEqual([spelling, inside])
        }
      }),
    )
  })

  const money = decimalPattern({ precision: 6, scale: 2, min: null, max: null })
  test.each(['0', '0.5', '0.50', '9999.99', '-9999.99', '-0.01'])('takes %s', (text) =>
    expect(matches(money, text)).toBe(true),
  )
  test.each(['10000', '0.001', '-0', '-0.00', '01', '.5', '1.', '+1', '1e2', '', 'NaN'])('refuses %j', (text) =>
    expect(matches(money, text)).toBe(false),
  )
})

describe('days, times and instants', () => {
  test('every day from 1890 to 2110 and its neighbours that are none', () => {
    for (let year = 1890; year <= 2110; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
        for (const day of [0, 1, 28, 29, 30, 31, 32]) {
          const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
          expect([text, matches(datePattern, text)]).toEqual([text, day >= 1 && day <= last])
        }
      }
    }
  })

  test.each([
    ['0001-01-01', true],
    ['0000-01-01', false],
    ['0000-02-29', false],
    ['0004-02-29', true],
    ['9999-12-31', true],
    ['10000-01-01', false],
    ['2024-13-01', false],
    ['2024-1-1', false],
    ['infinity', false],
  ])('day %s: %s', (text, taken) => expect(matches(datePattern, text)).toBe(taken))

  test.each([
    ['00:00:00', true],
    ['23:59:59.999', true],
    ['24:00:00', false],
    ['23:59:60', false],
    ['12:00', false],
    ['12:00:00.1234', false],
  ])('time %s: %s', (text, taken) => expect(matches(timePattern, text)).toBe(taken))

  test('takes whatever a Date prints', () => {
    const years = { min: new Date('0001-01-01T00:00:00.000Z'), max: new Date('9999-12-31T23:59:59.999Z') }
    fc.assert(
      fc.property(fc.date({ ...years, noInvalidDate: true }), (date) => matches(timestampPattern, date.toISOString())),
    )
  })

  test.each(['2024-02-30T00:00:00Z', '2024-01-01T00:00:00+02:00', '2024-01-01 00:00:00Z', '2024-01-01T00:00:00.0001Z'])(
    'no instant: %s',
    (text) => expect(matches(timestampPattern, text)).toBe(false),
  )
})

describe('base64', () => {
  test('takes what encodes as many bytes as the limits allow, and nothing else', () => {
    const bytes = fc.uint8Array({ maxLength: 40 })
    const limit = fc.option(fc.integer({ min: 0, max: 30 }))
    fc.assert(
      fc.property(bytes, limit, limit, (value, minLength, maxLength) => {
        const taken = value.length >= (minLength ?? 0) && value.length <= (maxLength ?? Infinity)
        expect(matches(base64Pattern({ minLength, maxLength }), Buffer.from(value).toString('base64'))).toBe(taken)
      }),
    )
  })

  test.each(['A', 'AB', 'ABC', 'AB==C', 'AAB=', 'AB==', '====', 'AA-_', 'AAAA\n'])('refuses %j', (text) =>
    expect(matches(base64Pattern({ minLength: null, maxLength: null }), text)).toBe(false),
  )
})

describe('text', () => {
  test.each([
    ['', true],
    ['é 😀 ‮', true],
    ['a\0b', false],
    ['\uD83D', false],
    ['\uDE00\uD83D', false],
  ])('%j: %s', (text, taken) => expect(matches(textPattern, text)).toBe(taken))

  test.each([
    ['key', true],
    ['', true],
    ['a$', true],
    ['__proto__x', true],
    ['__proto__', false],
    ['$set', false],
    ['a.b', false],
  ])('map key %j: %s', (text, taken) => expect(matches(mapKeyPattern, text)).toBe(taken))
})

describe('ids', () => {
  test.each([
    ['1', true],
    ['9223372036854775807', true],
    ['9223372036854775808', false],
    ['0', false],
    ['012', false],
  ])('snowflake %s: %s', (text, taken) => expect(matches(snowflakePattern, text)).toBe(taken))

  const hexadecimal = '65f1c0ffee65f1c0ffee65f1'
  test('an identity is digits, an ObjectId, or either', () => {
    const taken = (stores: readonly ('postgres' | 'mongo')[]) =>
      ['42', hexadecimal].map((text) => matches(identityPattern(stores), text))
    expect(taken(['postgres'])).toEqual([true, false])
    expect(taken(['mongo'])).toEqual([false, true])
    expect(taken(['postgres', 'mongo'])).toEqual([true, true])
  })
})
