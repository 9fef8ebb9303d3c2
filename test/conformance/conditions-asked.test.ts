import { expect, test, vi } from 'vitest'
import { toJson } from '../../generators/kernel/diagnostic.js'
import { askTargets } from '../../generators/pipeline/conformance/index.js'
import { unwatched } from '../../generators/pipeline/verify/watch.js'
import { compileTexts } from '../support/compile.js'
import { emitSet } from './emitted-set.js'

/** The filter of item 14: an `or` inside of an `and` takes the place of all of it. */
const fault = vi.hoisted(() => ({ isPlanted: false }))

vi.mock('../../generators/document/filter.js', async (load) => {
  const sound = await load<typeof import('../../generators/document/filter.js')>()
  const partialFilter: typeof sound.partialFilter = (where, scope) => {
    const filter = sound.partialFilter(where, scope)
    return fault.isPlanted ? JSON.parse(JSON.stringify(filter).replace('"kept":false,', '')) : filter
  }
  return { ...sound, partialFilter }
})

const evidence = async () => {
  const { value } = compileTexts({
    'botschema.yaml': 'name: sample\n',
    'thing.yaml': `entity: thing
summary: A thing.
fields:
  id: snowflake
  state: enum(open, done, held)
  kept: boolean
  made_at: timestamp
checks:
  held: kept or state = 'open'
retention:
  clock: made_at
  steps:
    - { after: 90 days, where: "state = 'done' or (kept = false and state <> 'open')", delete: true }
`,
  })
  if (value === null) throw new Error('the set does not compile')
  return emitSet(value.set)
}

const ask = async () =>
  askTargets(
    await evidence(),
    { runs: 20, seed: 1 },
    { progress: () => undefined, breathe: async () => undefined, watch: unwatched },
  )

test('the conditions of a set are asked about: every check and every `where`', async () => {
  const { conformance, diagnostics } = await ask()
  expect(diagnostics).toEqual([])
  expect(conformance).toMatchObject({ conditions: 2, disagreements: [] })
})

test('a step that would delete another row in Mongo than in Postgres is an error at its `where`', async () => {
  fault.isPlanted = true
  const { diagnostics } = await ask()
  expect(diagnostics.map(toJson)).toMatchObject([{ code: 'targets-disagree', file: 'thing.yaml', line: 13 }])
  expect(diagnostics[0]?.message).toContain('the `where` of retention step 1')
  expect(diagnostics[0]?.message).toContain('Postgres')
})
