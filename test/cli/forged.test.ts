import { existsSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { diskHost } from '../../generators/cli/host/index.js'
import { sha256 } from '../../generators/kernel/hash.js'
import { hashOfTree, readTree } from '../../generators/pipeline/tree.js'
import { type Checkout, findingsOf, forgedManifest, guild, head, withCheckout } from './checkout.js'

const output = 'output/forged'
const file = `${output}/json-schema/guild.json`

const seal = (text: string): string => `${sha256(text)}\n${text}`

/** The entries that a run left in a cache, by path below the cache. */
const entriesIn = (cache: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(cache, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.includes('/'))
      .map((path) => [path, readFileSync(join(cache, path), 'utf8').slice(65)]),
  )

/** A set whose outputs were generated, with what its cache held, and the user's own cache emptied. */
const generated = async ({ folder, run, write }: Checkout): Promise<ReadonlyMap<string, string>> => {
  write({ 'schemas/forged/botschema.yaml': head('forged'), 'schemas/forged/guild.yaml': guild })
  expect((await run(['generate'])).exitCode).toBe(0)
  const cache = join(folder, '..', 'home', '.cache', 'botschema')
  const entries = entriesIn(cache)
  expect([...entries.keys()].map((path) => path.replace(/^.*\//, '')).sort()).toEqual(['record', 'units', 'written'])
  rmSync(cache, { recursive: true })
  return entries
}

/** The entries as they would be if the set made the outputs as they stand now. */
const forged = (
  { folder }: Checkout,
  entries: ReadonlyMap<string, string>,
  before: string,
): readonly [string, string][] => {
  const now = readFileSync(join(folder, file), 'utf8')
  const tree = hashOfTree(readTree(diskHost(folder, {}), output)) ?? ''
  return [...entries].map(([path, text]) => [
    path,
    seal(text.replaceAll(sha256(before), sha256(now)).replace(/"outputs":"[0-9a-f]{64}"/, `"outputs":"${tree}"`)),
  ])
}

/** Places in a repository where a cache was looked for, or is when a variable says so. */
const places: readonly (readonly [string, (folder: string) => Readonly<Record<string, string>>])[] = [
  ['node_modules/.cache/botschema', () => ({})],
  ['schemas/node_modules/.cache/botschema', () => ({})],
  ['.cache/botschema', (folder) => ({ XDG_CACHE_HOME: join(folder, '.cache') })],
  ['.cache/botschema', () => ({ XDG_CACHE_HOME: '.cache' })],
  ['.cache/botschema', (folder) => ({ HOME: folder })],
  ['.cache', () => ({ BOTSCHEMA_CACHE: '.cache' })],
  ['.cache', (folder) => ({ BOTSCHEMA_CACHE: join(folder, '..', 'link') })],
]

describe('nothing that is committed is believed', { timeout: 120_000 }, () => {
  test.each(places)('a forged cache in %s', (place, environment) =>
    withCheckout(async (checkout) => {
      const { folder, link, read, run, write } = checkout
      const entries = await generated(checkout)
      link('../link', 'checkout/.cache')
      const before = read(file)
      write({ [file]: before.replace('A server.', 'My server.') })
      for (const [path, text] of forged(checkout, entries, before)) write({ [`${place}/${path}`]: text })
      for (const command of ['check', 'generate', 'check']) {
        const ended = await run([command, '--json'], environment(folder))
        expect(ended).toMatchObject({ exitCode: 1, stderr: '' })
        expect(findingsOf(ended)).toMatchObject([{ code: 'output-edited', file }])
      }
      expect(read(file)).toContain('My server.')
    }),
  )

  test('the forgery would be believed in a cache of the user', () =>
    withCheckout(async (checkout) => {
      const { read, run, write } = checkout
      const entries = await generated(checkout)
      const before = read(file)
      write({ [file]: before.replace('A server.', 'My server.') })
      for (const [path, text] of forged(checkout, entries, before))
        write({ [`../home/.cache/botschema/${path}`]: text })
      expect((await run(['check'])).exitCode).toBe(0)
    }))

  test('a cache is used where the user keeps caches, and a run with it reads every byte of the outputs', () =>
    withCheckout(async (checkout) => {
      const { folder, read, run, write } = checkout
      await generated(checkout)
      expect((await run(['generate'])).exitCode).toBe(0)
      expect(existsSync(join(folder, '..', 'home', '.cache', 'botschema'))).toBe(true)
      expect(existsSync(join(folder, 'node_modules'))).toBe(false)
      // An edit of the same length at the same time: only the bytes tell.
      const long = new Date('2001-01-01T00:00:00Z')
      utimesSync(join(folder, file), long, long)
      expect((await run(['check'])).exitCode).toBe(0)
      write({ [file]: read(file).replace('A server.', 'B server.') })
      utimesSync(join(folder, file), long, long)
      expect(findingsOf(await run(['check', '--json']))).toMatchObject([{ code: 'output-edited' }])
    }))

  test('a link in the way of the cache is not followed', () =>
    withCheckout(async ({ folder, link, outside, run, write }) => {
      write({ 'schemas/forged/botschema.yaml': head('forged'), 'schemas/forged/guild.yaml': guild })
      const set = sha256(join(folder, 'schemas', 'forged')).slice(0, 32)
      link(`../home/.cache/botschema/${set}`, '../../../outside')
      expect((await run(['generate'])).exitCode).toBe(0)
      expect(readdirSync(outside)).not.toContain('record')
    }))
})

describe('a forged manifest', { timeout: 120_000 }, () => {
  const mine: Readonly<Record<string, string>> = {
    'notes.txt': 'Mine.',
    'zod/helpers.ts': 'export const mine = 1\n',
    'postgres/mine.sql': 'SELECT 1;\n',
    'src/index.ts': '// Generated by botschema, says the manifest.\n',
  }

  test('makes nobody remove what botschema did not write', () =>
    withCheckout(async (checkout) => {
      const { read, run, write } = checkout
      await generated(checkout)
      for (const [path, text] of Object.entries(mine)) write({ [`${output}/${path}`]: text })
      write({
        '../outside/precious.txt': 'Mine.',
        [`${output}/manifest.json`]: forgedManifest('forged', {
          ...mine,
          '../../../outside/precious.txt': 'Mine.',
          '../../package.json': read('package.json'),
        }),
      })
      for (const command of [['check'], ['generate'], ['generate', '--force']]) await run(command)
      for (const [path, text] of Object.entries(mine)) expect(read(`${output}/${path}`)).toBe(text)
      expect(read('../outside/precious.txt')).toBe('Mine.')
      expect(read('package.json')).toContain('stranger')
      const found = findingsOf(await run(['check', '--json']))
      expect(found.map(({ code, file: at }) => [code, at])).toEqual(
        Object.keys(mine)
          .sort()
          .map((path) => ['output-foreign', `${output}/${path}`]),
      )
    }))

  test('turns no check green over an edit', () =>
    withCheckout(async (checkout) => {
      const { read, run, write } = checkout
      await generated(checkout)
      write({ [file]: read(file).replace('A server.', 'My server.') })
      write({ [`${output}/manifest.json`]: forgedManifest('forged', { 'json-schema/guild.json': read(file) }) })
      const found = findingsOf(await run(['check', '--json']))
      expect(found.map(({ code, file: at }) => [code, at])).toEqual([
        ['output-stale', file],
        ['output-stale', `${output}/manifest.json`],
      ])
    }))
})
