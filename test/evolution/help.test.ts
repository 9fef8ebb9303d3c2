import { describe, expect, test } from 'vitest'
import { driftCatalogue } from '../../generators/kernel/catalogue/drift.js'

const helpOf = (mend: string): string | null =>
  driftCatalogue['drift-missing'].help({ what: 'function `f()`', alongside: '', effect: 'breaks writes', mend })

const lines = (count: number): string => Array.from({ length: count }, (_, at) => `SELECT ${at};`).join('\n')

describe('the help of a difference', () => {
  test('has the statements that mend it, whole', () => {
    expect(helpOf(lines(30))).toBe(`run:\n${lines(30)}`)
  })

  test('names where they are when a screen does not hold them, and shows no part of them', () => {
    expect(helpOf(lines(31))).toBe('run the `statement` (31 lines) that `botschema drift --json` has for it')
  })
})
