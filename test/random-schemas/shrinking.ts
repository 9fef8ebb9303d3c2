import fc from 'fast-check'
import { type RandomSet, randomSets } from './sets.js'

/** What is wrong with a set, for people; empty where nothing is. */
export type Prove = (texts: RandomSet, index: number) => Promise<readonly string[]>

/** A set that fails, with what is wrong. */
export interface FailingSet {
  readonly index: number
  readonly texts: RandomSet
  readonly found: readonly string[]
}

/** What is thrown on the way is wrong with the set as well. */
export const foundIn = async (prove: Prove, texts: RandomSet, index: number): Promise<readonly string[]> => {
  try {
    return await prove(texts, index)
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)]
  }
}

/**
 * The smallest set that fails, as fast-check finds it from one of a seed's sets that does.
 *
 * @param patience milliseconds that are spent on it
 */
export const smallestFailing = async (
  failing: FailingSet,
  prove: Prove,
  seed: number,
  patience: number,
): Promise<FailingSet> => {
  const { index } = failing
  let smallest = failing
  const holds = fc.asyncProperty(randomSets, async (texts) => {
    const found = await foundIn(prove, texts, index)
    // fast-check goes on from sets that fail only, each smaller than the one before.
    if (found.length > 0) smallest = { index, texts, found }
    return found.length === 0
  })
  await fc.check(holds, { seed, path: String(index), numRuns: 1, interruptAfterTimeLimit: patience })
  return smallest
}

/** A set that fails, for people: what is wrong, and its YAML. */
export const toldSet = ({ index, texts, found }: FailingSet, seed: number): string =>
  [`set ${index} of seed ${seed}:`, ...found, ...Object.values(texts)].join('\n')
