import { describe, expect, test } from 'vitest'
import {
  readDate,
  readDecimal,
  readEpoch,
  readFloat,
  readTime,
  readTimestamp,
  readWhole,
} from '../../../generators/language/resolve/scalars.js'

describe('scalars read from their text', () => {
  test.each([
    ['123456789012345678901', '123456789012345678901'],
    ['+7', '7'],
    ['0012', '12'],
    ['0x1F', '31'],
    ['0o17', '15'],
    ['-0', '0'],
    ['1_000', null],
    ['1.0', null],
    ['', null],
  ])('whole number %s', (text, value) => expect(readWhole(text)).toBe(value))

  test.each([
    ['9.90', '9.90'],
    ['+1', '1'],
    ['1e3', null],
    ['.5', null],
    ['NaN', null],
  ])('decimal %s', (text, value) => expect(readDecimal(text)).toBe(value))

  test.each([
    ['1e3', 1000],
    ['.5', 0.5],
    ['-2.', -2],
    ['1e999', null],
    ['.inf', null],
  ])('number %s', (text, value) => expect(readFloat(text)).toBe(value))

  test.each([
    ['2024-02-29', '2024-02-29'],
    ['2023-02-29', null],
    ['0000-01-01', null],
    ['2024-1-1', null],
  ])('date %s', (text, value) => expect(readDate(text)).toBe(value))

  test.each([
    ['07:05', '07:05:00'],
    ['23:59:59.123', '23:59:59.123'],
    ['24:00', null],
    ['7:05', null],
  ])('time %s', (text, value) => expect(readTime(text)).toBe(value))

  test.each([
    ['2024-05-01T20:15:00+02:00', '2024-05-01T18:15:00.000Z'],
    ['2024-05-01 20:15', '2024-05-01T20:15:00.000Z'],
    ['2024-05-01', '2024-05-01T00:00:00.000Z'],
    ['2024-13-01', null],
    ['yesterday', null],
  ])('time %s', (text, value) => expect(readTimestamp(text)).toBe(value))

  test.each([
    ['0', '1970-01-01T00:00:00.000Z'],
    ['999999999999999', null],
  ])('milliseconds %s', (text, value) => expect(readEpoch(text)).toBe(value))
})
