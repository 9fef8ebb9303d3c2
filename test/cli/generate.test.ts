import { chmodSync, existsSync, lstatSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cacheOf } from '../support/cli.js'
import { codesOf, output, sampleSet, withInputs, withSample } from './sample.js'

const guild = `${output}/json-schema/guild.json`
const member = `${output}/json-schema/member.json`

describe('generate', { timeout: 60_000 }, () => {
  test('does not touch a file that is as it should be', () =>
    withSample(async ({ edit, path, run }) => {
      const long = new Date('2001-01-01T00:00:00Z')
      utimesSync(path(guild), long, long)
      utimesSync(path(member), long, long)
      edit('schemas/community/guild.yaml', 'A server.', 'A guild.')
      const { stdout } = await run(['generate'])
      expect(stdout).toContain(`${Object.keys(sampleSet).length + 1} files, 3 written`)
      expect(lstatSync(path(member)).mtime).toEqual(long)
      expect(lstatSync(path(guild)).mtime).not.toEqual(long)
    }))

  test('--dry-run says what would change and changes nothing', () =>
    withSample(async ({ path, read, run, write }) => {
      rmSync(path('schemas/community/member.yaml'))
      write('schemas/community/user.yaml', 'entity: user\nfields:\n  id: snowflake\n')
      const before = read(`${output}/manifest.json`)
      const { exitCode, stdout } = await run(['generate', '--dry-run'])
      expect(exitCode).toBe(0)
      expect(stdout).toContain('3 to write, 1 to remove')
      expect(stdout).toContain(`write  ${output}/json-schema/user.json`)
      expect(stdout).toContain(`remove ${output}/json-schema/member.json`)
      expect(read(`${output}/manifest.json`)).toBe(before)
      expect(existsSync(path(`${output}/json-schema/user.json`))).toBe(false)
      expect(existsSync(path(member))).toBe(true)
    }))

  test('a set with errors keeps its outputs, and the sets beside it are generated', () =>
    withSample(async ({ edit, read, run, write }) => {
      const before = read(guild)
      edit('schemas/community/guild.yaml', 'snowflake', 'snowflak')
      write(
        'schemas/other/botschema.yaml',
        'name: other\ntargets: { mongoose: false, zod: false, typescript: false, postgres: false, markdown: false }\n',
      )
      write('schemas/other/note.yaml', 'entity: note\nfields:\n  id: snowflake\n')
      const { exitCode, stdout } = await run(['generate'])
      expect(exitCode).toBe(1)
      expect(stdout).toContain('schemas/community: nothing written')
      expect(stdout).toContain('schemas/other → schemas/other/output/other: 3 files, 3 written')
      expect(read(guild)).toBe(before)
    }))

  test('writes what is missing when the whole output is gone and the cache is not', () =>
    withSample(async ({ path, read, run }) => {
      const before = [read(guild), read(`${output}/manifest.json`)]
      rmSync(path('output'), { recursive: true })
      expect((await run(['generate'])).stdout).toContain('4 written')
      expect([read(guild), read(`${output}/manifest.json`)]).toEqual(before)
    }))

  test('a damaged cache costs time and nothing else', () =>
    withSample(async ({ folder, run }) => {
      const cache = cacheOf(folder)
      for (const set of readdirSync(cache)) {
        for (const name of readdirSync(join(cache, set))) writeFileSync(join(cache, set, name), '{"damaged":')
      }
      expect((await run(['check'])).exitCode).toBe(0)
      expect((await run(['generate'])).stdout).toContain('up to date')
    }))

  test('a cache that cannot be written is done without', () =>
    withInputs(async ({ run, write }) => {
      write('a-file', '')
      const environment = { BOTSCHEMA_CACHE: 'a-file' }
      expect((await run(['generate'], { environment })).exitCode).toBe(0)
      expect((await run(['check'], { environment })).exitCode).toBe(0)
    }))

  test('an output folder that cannot be written is a finding with the reason', () =>
    withInputs(async ({ folder, path, run, write }) => {
      write('output/keep.txt', '')
      chmodSync(folder, 0o755)
      chmodSync(path('output'), 0o555)
      // The superuser may write anywhere, so the program runs as nobody then.
      const run555 = await run(['generate', '--json'], process.getuid?.() === 0 ? { user: 65_534 } : {})
      expect(run555.exitCode).toBe(1)
      expect(run555.stderr).toBe('')
      expect(codesOf(run555)).toEqual(['file-refused null'])
      expect(run555.stdout).toContain('permission denied')
    }))

  test('sets are not looked for in outputs, node_modules and dot-folders, and not twice', () =>
    withSample(async ({ run, write }) => {
      for (const folder of ['node_modules/a', '.hidden/b', `${output}/c`]) {
        write(`${folder}/botschema.yaml`, 'name: lost\n')
      }
      const { stdout } = await run(['validate', '.', 'schemas', 'schemas/community', '--json'])
      const { sets } = JSON.parse(stdout) as { readonly sets: readonly { readonly folder: string }[] }
      expect(sets.map(({ folder }) => folder)).toEqual(['schemas/community'])
    }))
})
