import { readdirSync, rmSync, symlinkSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sha256 } from '../../generators/kernel/hash.js'
import { codesOf, output, type Sample, withSample } from './sample.js'

const file = `${output}/json-schema/guild.json`
const manifest = `${output}/manifest.json`

/** What `check` and `generate` say, with the cache and without: a cache may make them quicker, never more trusting. */
const inBothWays = async (sample: Sample, expected: readonly string[]): Promise<void> => {
  for (const environment of [{}, { BOTSCHEMA_CACHE: `${sample.folder}/.nothing` }]) {
    const run = await sample.run(['check', '--json'], { environment })
    expect(codesOf(run)).toEqual(expected)
    expect(run.exitCode).toBe(1)
    rmSync(`${sample.folder}/.nothing`, { recursive: true, force: true })
  }
}

describe('tampering', { timeout: 60_000 }, () => {
  test('an edit is told with its diff, survives generate, and gives way to --force', () =>
    withSample(async (sample) => {
      const before = sample.read(file)
      sample.edit(file, '"A server."', '"My server."')
      await inBothWays(sample, [`output-edited ${file}`])
      const { stdout } = await sample.run(['check'])
      expect(stdout).toContain('"My server."')
      expect(stdout).toMatch(/^-.*"My server\."/m)
      expect(stdout).toMatch(/^\+.*"A server\."/m)
      const refused = await sample.run(['generate', '--json'])
      expect(codesOf(refused)).toEqual([`output-edited ${file}`])
      expect(refused.exitCode).toBe(1)
      expect(sample.read(file)).toContain('My server.')
      expect((await sample.run(['generate', '--force'])).exitCode).toBe(0)
      expect(sample.read(file)).toBe(before)
    }))

  test('an edit stays an edit when the set changes too', () =>
    withSample(async (sample) => {
      sample.edit(file, '"A server."', '"My server."')
      sample.edit('schemas/community/guild.yaml', 'A server.', 'A guild.')
      const { exitCode, stdout } = await sample.run(['check', '--json'])
      expect(exitCode).toBe(1)
      expect(stdout).toContain('output-edited')
      expect((await sample.run(['generate'])).exitCode).toBe(1)
      expect(sample.read(file)).toContain('My server.')
    }))

  test('a deleted file is missing, and generate brings it back alone', () =>
    withSample(async (sample) => {
      const before = sample.read(file)
      rmSync(sample.path(file))
      await inBothWays(sample, [`output-missing ${file}`])
      const { stdout } = await sample.run(['generate'])
      expect(stdout).toContain('1 written')
      expect(sample.read(file)).toBe(before)
    }))

  test('an added file is foreign, and nobody touches it', () =>
    withSample(async (sample) => {
      sample.write(`${output}/notes.txt`, 'Mine.')
      await inBothWays(sample, [`output-foreign ${output}/notes.txt`])
      expect((await sample.run(['generate', '--force'])).exitCode).toBe(0)
      expect(sample.read(`${output}/notes.txt`)).toBe('Mine.')
    }))

  test('outputs of an older set are stale', () =>
    withSample(async (sample) => {
      sample.edit('schemas/community/guild.yaml', 'A server.', 'A guild.')
      const { exitCode, stdout } = await sample.run(['check', '--json'])
      expect(exitCode).toBe(1)
      expect(stdout).toContain('output-stale')
      expect(stdout).not.toContain('output-edited')
      expect((await sample.run(['generate'])).exitCode).toBe(0)
      expect((await sample.run(['check'])).exitCode).toBe(0)
    }))

  test('outputs of a removed entity are orphaned; generate removes them, and folders left empty', () =>
    withSample(async (sample) => {
      rmSync(sample.path('schemas/community/guild.yaml'))
      rmSync(sample.path('schemas/community/member.yaml'))
      sample.write('schemas/community/user.yaml', 'entity: user\nfields:\n  id: snowflake\n')
      const codes = codesOf(await sample.run(['check', '--json']))
      expect(codes).toContain(`output-orphaned ${file}`)
      expect((await sample.run(['generate'])).exitCode).toBe(0)
      expect(readdirSync(sample.path(`${output}/json-schema`))).toEqual(['user.json'])
      sample.edit('schemas/community/botschema.yaml', 'postgres: false', 'postgres: false, json-schema: false')
      expect((await sample.run(['generate'])).exitCode).toBe(0)
      expect(readdirSync(sample.path(output)).sort()).toEqual(['manifest.json', 'model.json'])
    }))

  test('an orphan that was edited is not removed', () =>
    withSample(async (sample) => {
      sample.write(file, 'mine')
      rmSync(sample.path('schemas/community/guild.yaml'))
      sample.edit('schemas/community/member.yaml', 'ref(guild)', 'snowflake')
      expect((await sample.run(['generate'])).exitCode).toBe(1)
      expect(sample.read(file)).toBe('mine')
    }))

  test('a manifest that was edited is noticed, and vouches for nothing', () =>
    withSample(async (sample) => {
      const before = sample.read(file)
      sample.write(file, 'mine')
      sample.edit(manifest, sha256(before), sha256('mine'))
      const codes = codesOf(await sample.run(['check', '--json'], { environment: { BOTSCHEMA_CACHE: '.other' } }))
      expect(codes).toEqual([`output-edited ${file}`, `output-edited ${manifest}`])
    }))

  test('a manifest forged with its own hash right is still not as the set makes it', () =>
    withSample(async (sample) => {
      const forged = sample.read(manifest).replace(sha256(sample.read(file)), sha256('mine'))
      const body = forged.slice(2, forged.lastIndexOf(',\n  "hash"'))
      sample.write(manifest, `{\n${body},\n  "hash": "${sha256(body)}"\n}\n`)
      sample.write(file, 'mine')
      const run = await sample.run(['check', '--json'], { environment: { BOTSCHEMA_CACHE: '.other' } })
      expect(codesOf(run)).toEqual([`output-stale ${file}`, `output-stale ${manifest}`])
      expect(run.exitCode).toBe(1)
    }))

  test('a manifest cannot make generate remove a file outside', () =>
    withSample(async (sample) => {
      sample.write('output/precious.txt', 'Mine.')
      const text = sample.read(manifest)
      const body = text
        .slice(2, text.lastIndexOf(',\n  "hash"'))
        .replace(
          '"files": {\n',
          `"files": {\n    "../precious.txt": { "hash": "${sha256('Mine.')}", "definitions": [] },\n`,
        )
      sample.write(manifest, `{\n${body},\n  "hash": "${sha256(body)}"\n}\n`)
      expect((await sample.run(['generate'], { environment: { BOTSCHEMA_CACHE: '.other' } })).exitCode).toBe(0)
      expect(sample.read('output/precious.txt')).toBe('Mine.')
    }))

  test('no write goes through a link', () =>
    withSample(async (sample) => {
      rmSync(sample.path(`${output}/json-schema`), { recursive: true })
      sample.write('elsewhere/guild.json', 'Mine.')
      symlinkSync(sample.path('elsewhere'), sample.path(`${output}/json-schema`))
      for (const args of [['generate'], ['generate', '--force'], ['check']]) {
        const run = await sample.run([...args, '--json'])
        expect(run.exitCode).toBe(1)
        expect(codesOf(run)).toContain(`output-blocked ${output}/json-schema`)
      }
      expect(readdirSync(sample.path('elsewhere'))).toEqual(['guild.json'])
      expect(sample.read('elsewhere/guild.json')).toBe('Mine.')
    }))

  test.each(['output', output])('%s may be no link and no file', (place) =>
    withSample(async (sample) => {
      rmSync(sample.path('output'), { recursive: true })
      sample.write('elsewhere/keep.txt', '')
      if (place === output) sample.write('output/keep.txt', '')
      symlinkSync(sample.path('elsewhere'), sample.path(place))
      const linked = await sample.run(['generate', '--force', '--json'])
      expect(codesOf(linked)).toEqual(['output-not-a-folder schemas/community/botschema.yaml'])
      expect(readdirSync(sample.path('elsewhere'))).toEqual(['keep.txt'])
      rmSync(sample.path(place))
      sample.write(place, 'A file.')
      expect((await sample.run(['generate', '--force'])).exitCode).toBe(1)
      expect(sample.read(place)).toBe('A file.')
    }),
  )

  test('what a renamed set leaves behind is told, and what another set makes is not', () =>
    withSample(async (sample) => {
      sample.write('schemas/other/botschema.yaml', sample.read('schemas/community/botschema.yaml'))
      sample.edit('schemas/other/botschema.yaml', 'name: community', 'name: other')
      sample.write('schemas/other/guild.yaml', sample.read('schemas/community/guild.yaml'))
      expect((await sample.run(['generate'])).exitCode).toBe(0)
      expect((await sample.run(['check', 'schemas/community'])).exitCode).toBe(0)
      sample.edit('schemas/other/botschema.yaml', 'name: other', 'name: third')
      expect((await sample.run(['generate'])).exitCode).toBe(0)
      await inBothWays(sample, ['output-abandoned output/other/manifest.json'])
    }))
})
