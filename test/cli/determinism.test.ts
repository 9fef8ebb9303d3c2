import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { botschema, filesIn, inTemporaryFolder, writeFiles } from '../support/cli.js'
import { output, sampleSet, withSample } from './sample.js'

describe('the same meaning is the same bytes', { timeout: 60_000 }, () => {
  test('when files are renamed and definitions moved between them', () =>
    withSample(async ({ folder, path, read, run, write }) => {
      const before = filesIn(path(output))
      const [guild, member] = [read('schemas/community/guild.yaml'), read('schemas/community/member.yaml')]
      mkdirSync(path('schemas/community/deep/er'), { recursive: true })
      renameSync(path('schemas/community/guild.yaml'), path('schemas/community/deep/er/zzz.yaml'))
      expect((await run(['check'])).exitCode).toBe(0)
      rmSync(path('schemas/community/deep'), { recursive: true })
      write('schemas/community/member.yaml', `# Both.\n${member}---\n\n${guild}`)
      const { exitCode, stdout } = await run(['generate'])
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('up to date') })
      expect(filesIn(`${folder}/${output}`)).toEqual(before)
    }))

  test('in another locale, time zone, working folder and place', () =>
    withSample(async ({ path }) => {
      const before = filesIn(path(output))
      await inTemporaryFolder(async (folder) => {
        const moved = Object.entries(sampleSet).map(([file, text]) => [`a b/ü/${file}`, text])
        // A project ends where its package.json stands; without one it would be the working folder.
        writeFiles(folder, { ...Object.fromEntries(moved), 'a b/ü/package.json': '{}\n' })
        const environment = { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Pacific/Apia' }
        const run = await botschema(`${folder}/a b/ü/schemas/community`, ['generate', '..'], { environment })
        expect(run).toMatchObject({ exitCode: 0, stderr: '' })
        expect(filesIn(`${folder}/a b/ü/${output}`)).toEqual(before)
        for (const text of before.values()) expect(text).not.toContain(folder)
      })
    }))
})
