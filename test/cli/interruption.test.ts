import { existsSync, mkdirSync, readdirSync, watch } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { withFolderLock } from '../../generators/cli/host/lock.js'
import { botschema, cacheOf, filesIn, inTemporaryFolder, type Run, writeFiles } from '../support/cli.js'
import { codesOf, output, withInputs, withSample } from './sample.js'

const names = Array.from({ length: 30 }, (_, index) => `thing_${index}`)

const inputs = (summary: string): Readonly<Record<string, string>> => ({
  'set/botschema.yaml':
    'name: many\ntargets: { postgres: false, mongoose: false, zod: false, typescript: false, markdown: false }\n',
  ...Object.fromEntries(
    names.map((name) => [
      `set/${name}.yaml`,
      `entity: ${name}\nsummary: ${summary}\nfields:\n  id: snowflake\n  name: string(100)\n`,
    ]),
  ),
})

const many = 'set/output/many'

/** Code for the program to load first: at the tenth file of the outputs it does `what`, half of the file being written. */
const atTenthWrite = (what: string): string => `
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
const { writeFileSync } = fs
let writes = 0
fs.writeFileSync = (file, text, ...rest) => {
  if (!String(file).includes('/output/') || ++writes < 10) return writeFileSync(file, text, ...rest)
  writeFileSync(file, text.slice(0, text.length / 2), ...rest)
  ${what}
}
syncBuiltinESMExports()
`

/** Generates a set, changes all of it, and lets the second run fail at its tenth file. */
const cutShort = async (
  folder: string,
  what: string,
): Promise<{ readonly before: ReadonlyMap<string, string>; readonly cut: Run }> => {
  writeFiles(folder, { ...inputs('One.'), 'fault.mjs': atTenthWrite(what) })
  expect(await botschema(folder, ['generate'])).toMatchObject({ exitCode: 0 })
  const before = filesIn(`${folder}/${many}`)
  writeFiles(folder, inputs('Two.'))
  const environment = { NODE_OPTIONS: `--import=${folder}/fault.mjs` }
  return { before, cut: await botschema(folder, ['generate', '--json'], { environment }) }
}

const expectWholeFiles = (folder: string, before: ReadonlyMap<string, string>): void => {
  const now = filesIn(`${folder}/${many}`)
  expect([...now.keys()]).toEqual([...before.keys()])
  const changed = [...now].filter(([path, text]) => text !== before.get(path))
  expect(changed).toHaveLength(9)
  for (const [path, text] of changed) expect(text).toBe(before.get(path)?.replaceAll('One.', 'Two.'))
}

/** A third version of the set: the mix of first and second that the cut run left is no edit by hand. */
const expectRecovery = async (folder: string): Promise<void> => {
  writeFiles(folder, inputs('Three.'))
  expect(await botschema(folder, ['generate'])).toMatchObject({ exitCode: 0 })
  expect(readdirSync(`${folder}/${many}`)).toEqual(['json-schema', 'manifest.json', 'model.json'])
  expect(await botschema(folder, ['check'])).toMatchObject({ exitCode: 0 })
}

describe('interruption', { timeout: 120_000 }, () => {
  test('a kill while writing leaves every file old or new, and the next run finishes', () =>
    inTemporaryFolder(async (folder) => {
      const { before, cut } = await cutShort(folder, "process.kill(process.pid, 'SIGKILL')")
      expect(cut.signal).toBe('SIGKILL')
      expectWholeFiles(folder, before)
      await expectRecovery(folder)
    }))

  test('a full disk is a finding, and leaves every file old or new', () =>
    inTemporaryFolder(async (folder) => {
      const { before, cut } = await cutShort(folder, "throw Object.assign(new Error('full'), { code: 'ENOSPC' })")
      expect(cut).toMatchObject({ exitCode: 1, stderr: '' })
      expect(codesOf(cut)).toEqual(['file-refused null'])
      expect(cut.stdout).toContain('the disk is full')
      expectWholeFiles(folder, before)
      await expectRecovery(folder)
    }))

  test('SIGINT ends a run with 130 and nothing written', () =>
    withInputs(async ({ folder, path, run }) => {
      const cache = cacheOf(folder)
      mkdirSync(cache)
      await withFolderLock(folder, output, async () => {
        const interrupted = await run(['generate'], {
          // What the units gave is cached just before the run waits for the lock, which this test holds.
          started: (kill) => {
            const watcher = watch(cache, { recursive: true }, (_event, name) => {
              if (name?.endsWith('units') !== true) return
              watcher.close()
              kill('SIGINT')
            })
          },
        })
        expect(interrupted).toMatchObject({ exitCode: 130, stdout: '', stderr: '' })
      })
      expect(existsSync(path('output'))).toBe(false)
    }))

  test('runs at once come to the same outputs', () =>
    withSample(async ({ edit, folder, run }) => {
      edit('schemas/community/guild.yaml', 'A server.', 'A guild.')
      const runs = await Promise.all([run(['generate']), run(['generate']), run(['generate', '--force'])])
      for (const one of runs) expect(one).toMatchObject({ exitCode: 0, stderr: '' })
      expect((await run(['check'])).exitCode).toBe(0)
      expect([...filesIn(`${folder}/${output}`).keys()]).toEqual([
        'json-schema/guild.json',
        'json-schema/member.json',
        'manifest.json',
        'model.json',
      ])
    }))
})
