import { describe, expect, test } from 'vitest'
import { type Generated, generateSet } from '../../generators/pipeline/generate.js'
import { type Host, HostFailure } from '../../generators/pipeline/host.js'
import { memoryHost } from '../../generators/pipeline/memory-host.js'
import { sampleSet } from './sample.js'

const folder = 'schemas/community'

type World = Map<string, string>

const before: Readonly<Record<string, string>> = sampleSet

/** One definition changed, one gone, one new: the run writes and removes. */
const after: Readonly<Record<string, string>> = {
  [`${folder}/botschema.yaml`]: before[`${folder}/botschema.yaml`] ?? '',
  [`${folder}/guild.yaml`]: (before[`${folder}/guild.yaml`] ?? '').replace('A server.', 'A guild.'),
  [`${folder}/user.yaml`]: 'entity: user\nfields:\n  id: snowflake\n',
}

const generate = (host: Host): Promise<Generated> =>
  generateSet(host, folder, new Map(), { dryRun: false, force: false })

const outputsIn = (world: World): ReadonlyMap<string, string> =>
  new Map([...world].filter(([path]) => path.startsWith('output/')).sort())

const withInputs = (world: World, inputs: Readonly<Record<string, string>>): void => {
  for (const path of [...world.keys()]) if (path.startsWith('schemas/')) world.delete(path)
  for (const [path, text] of Object.entries(inputs)) world.set(path, text)
}

/** What a set's inputs come to where nothing goes wrong. */
const outputsOf = async (inputs: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, string>> => {
  const world = new Map(Object.entries(inputs))
  await generate(memoryHost(world))
  return outputsIn(world)
}

type Deed = 'write' | 'remove' | 'remember'

/** The host, with `instead` asked before each deed that lasts: it throws where the deed is not to be. */
const watched = (host: Host, instead: (deed: Deed, number: number) => void): Host => {
  let number = 0
  const first = <Given extends readonly unknown[]>(deed: Deed, act: (...given: Given) => void) => {
    return (...given: Given): void => {
      number += 1
      instead(deed, number)
      act(...given)
    }
  }
  const { files, cache } = host
  return {
    ...host,
    files: { ...files, write: first('write', files.write), remove: first('remove', files.remove) },
    cache: { ...cache, put: first('remember', cache.put) },
  }
}

/** A world whose first set was generated and whose inputs then changed, with the host that remembers that run. */
const changedWorld = async (): Promise<{ readonly world: World; readonly host: Host }> => {
  const world = new Map(Object.entries(before))
  const host = memoryHost(world)
  expect((await generate(host)).diagnostics).toEqual([])
  withInputs(world, after)
  return { world, host }
}

const countDeeds = async (counted: readonly Deed[]): Promise<number> => {
  const { host } = await changedWorld()
  let deeds = 0
  const count = (deed: Deed): void => {
    if (counted.includes(deed)) deeds += 1
  }
  await generate(watched(host, count))
  return deeds
}

/** Every file is as one of the two runs makes it, and none that both make is gone. */
const expectWhole = async (world: World): Promise<void> => {
  const [old, fresh] = [await outputsOf(before), await outputsOf(after)]
  const now = outputsIn(world)
  for (const [path, text] of now) expect([old.get(path), fresh.get(path)]).toContain(text)
  for (const path of old.keys()) if (fresh.has(path)) expect(now.has(path)).toBe(true)
}

const expectMended = async (world: World, host: Host): Promise<void> => {
  expect((await generate(host)).diagnostics).toEqual([])
  expect(outputsIn(world)).toEqual(await outputsOf(after))
}

class Killed extends Error {}

describe('what goes wrong at any write', () => {
  test('a kill before each deed leaves old files or new ones, and the next run finishes', async () => {
    const deeds = await countDeeds(['write', 'remove', 'remember'])
    expect(deeds).toBeGreaterThan(6)
    for (let last = 1; last <= deeds; last++) {
      const { world, host } = await changedWorld()
      const killed = watched(host, (_deed, number) => {
        if (number === last) throw new Killed()
      })
      await expect(generate(killed)).rejects.toThrow(Killed)
      await expectWhole(world)
      await expectMended(world, host)
    }
  })

  test('a kill before each deed, then another change: no file of the cut run is taken for an edit', async () => {
    const deeds = await countDeeds(['write', 'remove', 'remember'])
    for (let last = 1; last <= deeds; last++) {
      const { world, host } = await changedWorld()
      const killed = watched(host, (_deed, number) => {
        if (number === last) throw new Killed()
      })
      await expect(generate(killed)).rejects.toThrow(Killed)
      withInputs(world, before)
      expect((await generate(host)).diagnostics).toEqual([])
      expect(outputsIn(world)).toEqual(await outputsOf(before))
    }
  })

  test('a kill before each deed, and the cache lost as well: nothing is lost with it', async () => {
    const deeds = await countDeeds(['write', 'remove', 'remember'])
    for (let last = 1; last <= deeds; last++) {
      const { world, host } = await changedWorld()
      const killed = watched(host, (_deed, number) => {
        if (number === last) throw new Killed()
      })
      await expect(generate(killed)).rejects.toThrow(Killed)
      const forgetful = memoryHost(world)
      const { diagnostics } = await generate(forgetful)
      // What stands as the set makes it is no edit, whoever wrote it.
      expect(diagnostics.map(({ code }) => code)).toEqual([])
      expect(outputsIn(world)).toEqual(await outputsOf(after))
    }
  })

  test('a disk that is full from any write on is one finding, and the next run finishes', async () => {
    const writes = await countDeeds(['write'])
    expect(writes).toBeGreaterThan(2)
    for (let last = 1; last <= writes; last++) {
      const { world, host } = await changedWorld()
      let done = 0
      const full = watched(host, (deed) => {
        if (deed === 'write' && ++done >= last) throw new HostFailure('output', 'the disk is full')
      })
      const { diagnostics, outcome } = await generate(full)
      expect(diagnostics.map(({ code, at }) => ({ code, at }))).toEqual([{ code: 'file-refused', at: null }])
      expect(outcome).toBeNull()
      await expectWhole(world)
      await expectMended(world, host)
    }
  })

  test('a file that cannot be read is one finding, and nothing is written', async () => {
    const { world, host } = await changedWorld()
    const old = outputsIn(world)
    const refused = (path: string): boolean => path.endsWith('user.yaml')
    const read = (path: string): Uint8Array | null => {
      if (refused(path)) throw new HostFailure(path, 'permission denied')
      return host.files.read(path)
    }
    const { diagnostics } = await generate({ ...host, files: { ...host.files, read } })
    expect(diagnostics.map(({ message }) => message)).toEqual([`\`${folder}/user.yaml\`: permission denied`])
    expect(outputsIn(world)).toEqual(old)
  })
})
