import * as emitted from '@botschema/runtime/v1'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { known } from '../../../generators/kernel/bug.js'
import * as kernel from '../../../generators/kernel/decimal.js'

const exact = (text: string): kernel.Decimal => known(kernel.parseDecimal(text), 'a decimal')

const decimal = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.integer({ min: 0, max: 20 }))
  .map(([isNegative, units, scale]) => kernel.decimalText({ units: isNegative ? -units : units, scale }))

describe('the functions that emitted code calls', () => {
  it('compare decimals and reckon with them as the compiler does', () => {
    fc.assert(
      fc.property(decimal, decimal, (one, other) => {
        const [a, b] = [exact(one), exact(other)]
        expect(emitted.compareDecimals(one, other)).toBe(kernel.compareDecimals(a, b))
        expect(emitted.addDecimals(one, other)).toBe(kernel.decimalText(kernel.addDecimals(a, b)))
        expect(emitted.subtractDecimals(one, other)).toBe(
          kernel.decimalText(kernel.addDecimals(a, kernel.negateDecimal(b))),
        )
        expect(emitted.multiplyDecimals(one, other)).toBe(kernel.decimalText(kernel.multiplyDecimals(a, b)))
      }),
    )
  })

  it('compare ids by number', () => {
    const id = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n })
    fc.assert(
      fc.property(id, id, (one, other) => {
        const order = emitted.compareIds(String(one), String(other))
        expect(Math.sign(order)).toBe(one < other ? -1 : one > other ? 1 : 0)
      }),
    )
  })

  it('count code points, and change the case of ASCII alone', () => {
    expect(emitted.countCharacters('\u{1f600}e\u0301')).toBe(3)
    expect(emitted.lowerAscii('ÄBC ΣİK')).toBe('Äbc Σİk')
    expect(emitted.upperAscii('äbc ßıﬁ')).toBe('äBC ßıﬁ')
  })
})
