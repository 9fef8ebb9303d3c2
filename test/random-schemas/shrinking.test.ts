import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomSets } from './sets.js'
import { foundIn, type Prove, smallestFailing } from './shrinking.js'

const seed = 20_260_101

const linesOf = (texts: Readonly<Record<string, string>>): number => Object.values(texts).join('').split('\n').length

test('a set that fails is made as small as it may be and still fail', async () => {
  const holdsDecimal: Prove = async (texts) =>
    Object.values(texts).some((text) => text.includes('decimal(')) ? ['it holds a decimal'] : []
  const sets = fc.sample(randomSets, { seed, numRuns: 50 })
  const found = await Promise.all(sets.map((texts, index) => foundIn(holdsDecimal, texts, index)))
  const index = found.findIndex((one, place) => one.length > 0 && linesOf(sets[place] ?? {}) > 60)
  const texts = sets[index] ?? {}
  const smallest = await smallestFailing({ index, texts, found: found[index] ?? [] }, holdsDecimal, seed, 20_000)
  expect(await foundIn(holdsDecimal, smallest.texts, index)).toEqual(['it holds a decimal'])
  expect(linesOf(smallest.texts)).toBeLessThan(linesOf(texts) / 2)
})
