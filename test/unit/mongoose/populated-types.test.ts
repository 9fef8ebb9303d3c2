import { expect, test } from 'vitest'
import { compileEmitted } from '../../../generators/engines/script/compile.js'
import { emittedWithCodecs } from './emitted.js'
import { ownIdSet } from './own-id-set.js'
import { populatedSet } from './populated-set.js'

test('what is populated is typed by its path', async () => {
  const files = await emittedWithCodecs(populatedSet())
  const typed = `import type { PersonRecord } from './mongoose/person.js'
import { ThingModel, type ThingPopulated } from './mongoose/thing.js'

export const read = async (): Promise<readonly (string | undefined)[]> => {
  const things = await ThingModel.find()
    .populate<ThingPopulated<'owner'>>('owner')
    .populate<ThingPopulated<'watchers'>>('watchers')
    .populate<ThingPopulated<'outer.inner.owner'>>('outer.inner.owner')
    .populate<ThingPopulated<'parts.team_document'>>('parts.team_document')
  return things.flatMap((thing) => {
    const watchers: readonly PersonRecord[] = thing.watchers
    const note: string | null | undefined = thing.outer?.note
    const labels = thing.parts.map((part) => part.team_document?.label)
    return [thing.owner?.name, thing.outer?.inner.owner?.name, note ?? '', ...labels, ...watchers.map(({ name }) => name)]
  })
}

export const lean = async (): Promise<string | undefined> =>
  (await ThingModel.findOne().populate<ThingPopulated<'part.owner'>>('part.owner').lean())?.part?.owner?.name

export const other = async (): Promise<string | undefined> =>
  // @ts-expect-error: no such path
  (await ThingModel.findOne().populate<ThingPopulated<'flags'>>('flags'))?._id
`
  expect(await compileEmitted([...files, { path: 'typed.ts', text: typed }], 'esm')).toEqual([])
})

test('models, validators and functions of objects with an id of their own compile', async () => {
  expect(await compileEmitted(await emittedWithCodecs(ownIdSet()), 'esm')).toEqual([])
})
