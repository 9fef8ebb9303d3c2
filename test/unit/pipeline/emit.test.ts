import { describe, expect, test } from 'vitest'
import { ok } from '../../../generators/kernel/result.js'
import type { OutputPart } from '../../../generators/model/target.js'
import { emitFiles } from '../../../generators/pipeline/emit.js'
import { memoryHost } from '../../../generators/pipeline/memory-host.js'
import type { TargetUnit } from '../../../generators/pipeline/units.js'

/** Units that note each emission in `emitted`. */
const unitsOf = (
  versions: Readonly<Record<string, string>>,
  partsOf: (id: string, version: string) => readonly OutputPart[],
  emitted: string[],
): readonly TargetUnit[] =>
  Object.entries(versions).map(([id, version]) => ({
    key: `test/${id}`,
    version,
    unit: {
      id,
      hash: version,
      definitions: [`entity ${id}`],
      emit: async () => {
        emitted.push(id)
        return ok(partsOf(id, version))
      },
    },
  }))

const ownAndShared = (id: string, version: string): readonly OutputPart[] => [
  { path: `test/${id}.txt`, order: 0, text: `${id} ${version}\n` },
  { path: 'test/all.txt', order: id === 'guild' ? 1 : 2, text: `${id}\n` },
]

const own = (id: string, version: string): readonly OutputPart[] => ownAndShared(id, version).slice(0, 1)

const textsOf = async (files: Awaited<ReturnType<typeof emitFiles>>): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(await Promise.all(files.value.map(async ({ path, text }) => [path, await text()])))

describe('emitting', () => {
  test('joins parts in order, ties by text, and names what a file came from', async () => {
    const units = unitsOf({ user: '1', channel: '1', guild: '1' }, ownAndShared, [])
    const files = await emitFiles(memoryHost(new Map()), '.', units)
    expect((await textsOf(files))['test/all.txt']).toBe('guild\nchannel\nuser\n')
    expect(files.value.map(({ path, definitions }) => [path, definitions])).toEqual([
      ['test/all.txt', ['entity channel', 'entity guild', 'entity user']],
      ['test/channel.txt', ['entity channel']],
      ['test/guild.txt', ['entity guild']],
      ['test/user.txt', ['entity user']],
    ])
  })

  test('an edit to one unit emits one unit', async () => {
    const host = memoryHost(new Map())
    const emitted: string[] = []
    await emitFiles(host, '.', unitsOf({ guild: '1', user: '1' }, ownAndShared, emitted))
    expect(emitted.splice(0)).toEqual(['guild', 'user'])
    const same = await emitFiles(host, '.', unitsOf({ guild: '1', user: '1' }, ownAndShared, emitted))
    expect(emitted).toEqual([])
    const edited = await emitFiles(host, '.', unitsOf({ guild: '1', user: '2' }, ownAndShared, emitted))
    expect(emitted.splice(0)).toEqual(['user'])
    const changed = edited.value.filter(({ path, hash }) => same.value.find((old) => old.path === path)?.hash !== hash)
    expect(changed.map(({ path }) => path)).toEqual(['test/user.txt'])
    expect((await textsOf(edited))['test/user.txt']).toBe('user 2\n')
  })

  test('a text that the cache knows only by its hash is emitted when it is asked for', async () => {
    const host = memoryHost(new Map())
    const emitted: string[] = []
    await emitFiles(host, '.', unitsOf({ guild: '1' }, own, emitted))
    emitted.splice(0)
    const files = await emitFiles(host, '.', unitsOf({ guild: '1' }, own, emitted))
    expect(emitted).toEqual([])
    expect(await textsOf(files)).toEqual({ 'test/guild.txt': 'guild 1\n' })
    expect(emitted).toEqual(['guild'])
  })

  test('a file that comes to be shared gets its cached parts again', async () => {
    const host = memoryHost(new Map())
    const shared = (id: string): readonly OutputPart[] => [{ path: 'test/all.txt', order: 0, text: `${id}\n` }]
    await emitFiles(host, '.', unitsOf({ guild: '1' }, shared, []))
    const files = await emitFiles(host, '.', unitsOf({ guild: '1', user: '1' }, shared, []))
    expect(await textsOf(files)).toEqual({ 'test/all.txt': 'guild\nuser\n' })
  })

  test('a path out of the output folder is a bug, never written', async () => {
    for (const path of ['../up.txt', '/root.txt', 'a//b', 'C:\\x', '']) {
      const units = unitsOf({ guild: '1' }, () => [{ path, order: 0, text: '' }], [])
      await expect(emitFiles(memoryHost(new Map()), '.', units)).rejects.toThrow('outside its output folder')
    }
  })
})
