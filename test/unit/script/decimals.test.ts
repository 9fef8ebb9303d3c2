import { compareDecimals, spellDecimal } from '@botschema/runtime/v1'
import { describe, expect, test } from 'vitest'

describe('a decimal is spelled in one way', () => {
  test.each([
    ['1.5', 2, '1.50'],
    ['1.50', 2, '1.50'],
    ['1', 2, '1.00'],
    ['5', 0, '5'],
    ['5.000', 0, '5'],
    ['007.10', 2, '7.10'],
    ['0', 2, '0.00'],
    ['-0', 2, '0.00'],
    ['-0.00', 2, '0.00'],
    ['-0.01', 2, '-0.01'],
    // A Decimal128 prints an exponent where it has a positive one, or six zeros after the point.
    ['1E-10', 10, '0.0000000001'],
    ['0E-10', 10, '0.0000000000'],
    ['-1.5E-7', 8, '-0.00000015'],
    ['1.5E+3', 2, '1500.00'],
    ['12E+2', 0, '1200'],
    ['123.456E+1', 2, '1234.56'],
    // More digits than it may have are left, for a validator to refuse.
    ['1.234', 2, '1.234'],
    ['NaN', 2, 'NaN'],
    ['Infinity', 2, 'Infinity'],
    ['', 2, ''],
    ['1e999999999', 2, '1e999999999'],
  ])('%s with %i digits after the point', (text, digits, spelled) => {
    expect(spellDecimal(text, digits)).toBe(spelled)
    if (/\d/.test(spelled) && !spelled.includes('e')) expect(compareDecimals(spelled, spellDecimal(text, 12))).toBe(0)
  })
})
