import { expect, test } from 'vitest'
import { type Change, changesOf } from './changes.js'
import { type Baseline, baselineOf, meaningOf } from './effect.js'
import { readFixture, reprinted, usesInSet } from './set-texts.js'

/** The first change of each kind in each place of the syntax. */
const oneOfEach = (changes: readonly Change[]): readonly Change[] => [
  ...new Map(changes.map((change) => [`${change.use.syntax} ${change.how === 'removed'}`, change])).values(),
]

const staleAfter = async (before: Baseline, { use, how, texts }: Change): Promise<readonly string[]> => {
  const stale: string[] = []
  for (const { key, version, unit } of (await meaningOf(texts)).units) {
    if (before.versions.get(key) !== version) continue
    const { value } = await unit.emit()
    if (JSON.stringify(value) !== before.parts.get(key)) stale.push(`${key}: ${use.path.join('.')} ${how}`)
  }
  return stale
}

// A cache answers for a unit whose hash it knows: the hash must cover all that the unit reads.
test('a unit of the same hash emits the same, whatever else has changed', async () => {
  const texts = reprinted(readFixture('everything-else'))
  const before = await baselineOf(texts)
  const changes = oneOfEach(changesOf(texts, usesInSet(texts)))
  const stale: string[] = []
  // One after another: each opens the layouts of its targets, and a process may have only so many files open.
  for (const change of changes) stale.push(...(await staleAfter(before, change)))
  expect(stale).toEqual([])
}, 120_000)
