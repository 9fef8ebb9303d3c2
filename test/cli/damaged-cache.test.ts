import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sha256 } from '../../generators/kernel/hash.js'
import { generateSet } from '../../generators/pipeline/generate.js'
import type { CacheName, Host } from '../../generators/pipeline/host.js'
import { memoryHost } from '../../generators/pipeline/memory-host.js'
import { recall } from '../../generators/pipeline/record.js'
import { readUnitCache } from '../../generators/pipeline/unit-cache.js'
import { provedBefore, rememberProofs } from '../../generators/pipeline/verify/proved-before.js'
import { readWritten } from '../../generators/pipeline/written.js'
import { cacheOf } from '../support/cli.js'
import { runInProcess } from '../support/in-process.js'
import { output, sampleSet, withSample } from './sample.js'

const folder = 'schemas/community'

/** Values that no entry has. */
const wrong: readonly unknown[] = [null, true, 0, -1, 0.5, '', 'text', [], [null], [[]], {}, { a: 1 }, [['a', null]]]

const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The paths of all values inside a value, the first item of a list standing for all. */
const pathsIn = (value: unknown): readonly (readonly string[])[] => {
  if (!isBranch(value)) return [[]]
  const keys = Array.isArray(value) ? Object.keys(value).slice(0, 2) : Object.keys(value)
  return [[], ...keys.flatMap((key) => pathsIn(value[key]).map((path) => [key, ...path]))]
}

const withValue = (value: unknown, [key, ...path]: readonly string[], put: unknown): unknown => {
  if (key === undefined || !isBranch(value)) return put
  const inner = withValue(value[key], path, put)
  return Array.isArray(value)
    ? value.map((item: unknown, at) => (String(at) === key ? inner : item))
    : { ...value, [key]: inner }
}

const withoutKey = (value: unknown, [key, ...path]: readonly string[]): unknown => {
  if (key === undefined || !isBranch(value) || Array.isArray(value)) return value
  const { [key]: inner, ...rest } = value
  return path.length === 0 ? rest : { ...rest, [key]: withoutKey(inner, path) }
}

/** Texts in the place of an entry. */
const formsOf = (text: string): readonly string[] => {
  const value: unknown = JSON.parse(text)
  const changed = pathsIn(value).flatMap((path) => [
    ...wrong.map((put) => withValue(value, path, put)),
    withoutKey(value, path),
  ])
  const texts = ['', ' ', '{', 'text', text.slice(0, -1), `${text}}`, `\uFEFF${text}`, '['.repeat(100_000), '\0']
  return [...new Set([...changed.map((one) => JSON.stringify(one)), ...texts])]
}

const readers: readonly (readonly [CacheName, (host: Host, folder: string) => unknown])[] = [
  ['record', (host, folder) => recall(host, folder)],
  ['units', (host, folder) => readUnitCache(host, folder)],
  ['written', (host, folder) => readWritten(host, folder, output, new Map()).isOurs('a')],
  ['verified', (host, folder) => provedBefore(host, folder, 'evidence')],
]

/** What each entry holds once the sample set was generated and verified. */
const remembered = async (): Promise<{ readonly host: Host; readonly entries: ReadonlyMap<string, string> }> => {
  const host = memoryHost(new Map(Object.entries(sampleSet)))
  const entries = new Map<string, string>()
  const cache: Host['cache'] = {
    get: (_folder, name) => entries.get(name) ?? null,
    put: (_folder, name, text) => void entries.set(name, text),
  }
  await generateSet({ ...host, cache }, folder, new Map(), { dryRun: false, force: false })
  const proofs = [{ id: 'a', title: 'A', held: null, findings: 0, unproved: ['b'] }]
  rememberProofs({ ...host, cache }, folder, 'evidence', proofs)
  return { host, entries }
}

describe('a cache that cannot be read is no cache', { timeout: 120_000 }, () => {
  test.each(readers)('%s, whatever it holds', async (name, read) => {
    const { host, entries } = await remembered()
    const forms = formsOf(entries.get(name) ?? '')
    expect(forms.length).toBeGreaterThan(40)
    for (const form of forms) {
      const cache: Host['cache'] = { get: () => form, put: () => undefined }
      expect(() => read({ ...host, cache }, folder), form.slice(0, 400)).not.toThrow()
    }
  })

  test('a set is generated, checked and verified all the same', () =>
    withSample(async ({ folder: at, run }) => {
      for (const command of ['generate', 'verify']) expect((await run([command])).exitCode).toBe(0)
      const cache = cacheOf(at)
      const [set = ''] = readdirSync(cache)
      const names = readdirSync(join(cache, set))
      expect(names).toEqual(['record', 'units', 'verified', 'written'])
      const forms = ['null', '[]', '{}', '{"identity":'].map((text) => `${sha256(text)}\n${text}`)
      for (const form of [...forms, '', 'x'.repeat(2 ** 20)]) {
        for (const command of ['check', 'generate', 'verify']) {
          for (const name of names) writeFileSync(join(cache, set, name), form)
          expect(await runInProcess(at, [command])).toMatchObject({ exitCode: 0, stderr: '' })
        }
      }
    }))

  test('a folder, a link and a pipe in the place of an entry are none either', () =>
    withSample(async ({ folder: at, run }) => {
      const cache = cacheOf(at)
      const [set = ''] = readdirSync(cache)
      const entry = (name: string): string => join(cache, set, name)
      for (const name of readdirSync(join(cache, set))) rmSync(entry(name))
      mkdirSync(entry('record'))
      symlinkSync('/dev/zero', entry('units'))
      execFileSync('mkfifo', [entry('written')])
      for (const command of ['check', 'generate'])
        expect(await run([command])).toMatchObject({ exitCode: 0, stderr: '' })
    }))
})
