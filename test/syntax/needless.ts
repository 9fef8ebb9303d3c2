import { expect } from 'vitest'
import { type Change, changesOf } from './changes.js'
import { baselineOf, effectOf } from './effect.js'
import { readFixture, reprinted, usesInSet } from './set-texts.js'

const nameOf = ({ use, how }: Change): string => `${use.file}: ${use.path.join('.')} ${how}`

/**
 * The changes of a fixture set, or of one of its files, that change no output and no finding. There should be none: every key has an
 * effect or is an error.
 */
export const needlessIn = async (set: string, only: string | null): Promise<readonly string[]> => {
  const texts = reprinted(readFixture(set))
  const before = await baselineOf(texts)
  expect(before.findings).toBe('')
  const uses = usesInSet(texts).filter(({ file }) => only === null || file === only)
  const needless: string[] = []
  for (const change of changesOf(texts, uses)) {
    if ((await effectOf(before, change.texts)) === 'none') needless.push(nameOf(change))
  }
  return needless
}
