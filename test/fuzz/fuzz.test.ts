import fc from 'fast-check'
import { afterAll, describe, test } from 'vitest'
import type { Host } from '../../generators/pipeline/host.js'
import { type CorpusSet, corpus, type SetTexts } from './corpus.js'
import { problemOf, unitsBefore } from './front-end.js'
import { randomSet } from './grammar.js'
import { type Mutation, mutated, mutation } from './mutation.js'
import { reduced } from './reduce.js'
import { startWatchdog } from './watchdog.js'

/** Inputs of a run, shared out over the kinds. `FUZZ_RUNS=100000 npx vitest run test/fuzz` is the long run. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 2000)

/** The same inputs every time; `FUZZ_SEED` gives others. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20260101)

const watchdog = startWatchdog()
afterAll(() => watchdog.end())

interface Input {
  readonly texts: SetTexts
  readonly cache: Host['cache'] | null
}

const printed = (texts: SetTexts): string =>
  Object.entries(texts)
    .map(([path, text]) => `--- ${path}\n${JSON.stringify(text)}`)
    .join('\n')

/** The first line of a problem without its numbers: what a smaller input must still show. */
const kindOf = (problem: string | null): string | undefined => problem?.split('\n')[0]?.replace(/\d+/g, 'N')

/** Fails with the least input that goes wrong in the same way, and the seed that led to it. */
const fuzz = async <T>(share: number, arbitrary: fc.Arbitrary<T>, inputOf: (drawn: T) => Promise<Input>) => {
  const problemIn = async ({ texts, cache }: Input): Promise<string | null> => {
    watchdog.look(`seed ${seed}\n${printed(texts)}`)
    return problemOf(texts, cache)
  }
  const property = fc.asyncProperty(arbitrary, async (drawn) => (await problemIn(await inputOf(drawn))) === null)
  const details = await fc.check(property, { seed, numRuns: Math.ceil(runs * share) })
  if (!details.failed) return
  const [drawn] = details.counterexample ?? []
  if (drawn === undefined) throw new Error(`seed ${seed}: nothing was drawn`)
  const { texts, cache } = await inputOf(drawn)
  const problem = await problemIn({ texts, cache })
  const least = await reduced(
    texts,
    async (smaller) => kindOf(await problemIn({ texts: smaller, cache })) === kindOf(problem),
  )
  throw new Error(`${problem}\nseed ${seed}, path ${details.counterexamplePath}, of the set\n${printed(least)}`)
}

const caches = new Map<string, Host['cache'] | null>()

const mutatedInput = async ([set, changes]: readonly [CorpusSet, readonly Mutation[]]): Promise<Input> => {
  const cache = caches.get(set.name) ?? (await unitsBefore(set.texts))
  caches.set(set.name, cache)
  return { texts: changes.reduce(mutated, set.texts), cache }
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 200 }),
  fc
    .array(fc.constantFrom(...'a:-?|>\'"[]{},&*!#%@` \n\t\0'.split(''), ': ', '- ', '\n  ', 'entity: ', 'fields:\n'))
    .map((pieces) => pieces.join('')),
)

describe(`the front end ends in a model or in findings at exact places (seed ${seed}, ${runs} inputs)`, () => {
  const whole = { timeout: 3_600_000 }

  test('of sets with one to four things changed', whole, () =>
    fuzz(0.7, fc.tuple(fc.constantFrom(...corpus), fc.array(mutation, { minLength: 1, maxLength: 4 })), mutatedInput),
  )

  test('of random definitions that the syntax allows', whole, () =>
    fuzz(0.2, randomSet, async (texts) => ({ texts, cache: null })),
  )

  test('of random texts', whole, () =>
    fuzz(0.1, fc.tuple(anyText, anyText), async ([head, definition]) => ({
      texts: { 'botschema.yaml': head.includes('a') ? head : 'name: sample\n', 'a.yaml': definition },
      cache: null,
    })),
  )
})
