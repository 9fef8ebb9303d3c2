import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inTemporaryFolder, program } from '../support/cli.js'
import { codesOf, output, withSample } from './sample.js'

const root = join(dirname(program), '..', '..')

/** A copy of the built program beside the same dependencies, free to be changed. */
const withCopy = (use: (copy: { readonly program: string; readonly folder: string }) => Promise<void>): Promise<void> =>
  inTemporaryFolder(async (folder) => {
    for (const name of ['dist', 'templates', 'runtime/src', 'package.json'])
      cpSync(join(root, name), join(folder, name), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    await use({ program: join(folder, 'dist', 'cli', 'main.js'), folder })
  })

const replaceIn = (file: string, from: string, to: string): void => {
  const text = readFileSync(file, 'utf8')
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`)
  writeFileSync(file, text.replaceAll(from, to))
}

describe('botschema’s own code', { timeout: 60_000 }, () => {
  test('an emitter that changed makes everything it emits stale, whatever the cache remembers', () =>
    withCopy((copy) =>
      withSample(async ({ run }) => {
        expect((await run(['generate'], { program: copy.program })).stdout).toContain('up to date')
        expect((await run(['check'], { program: copy.program })).exitCode).toBe(0)
        replaceIn(join(copy.folder, 'dist', 'json-schema', 'units.js'), 'text: jsonText(', "text: '\\n' + jsonText(")
        const stale = await run(['check', '--json'], { program: copy.program })
        expect(stale.exitCode).toBe(1)
        expect(codesOf(stale)).toEqual(
          ['json-schema/guild.json', 'json-schema/member.json', 'manifest.json'].map(
            (file) => `output-stale ${output}/${file}`,
          ),
        )
      }),
    ))

  test('a bug of its own ends with 70 and a stack only for who asks', () =>
    withCopy((copy) =>
      withSample(async ({ run }) => {
        replaceIn(
          join(copy.folder, 'dist', 'language', 'index.js'),
          'export const compileSet = ',
          "export const compileSet = () => { throw new Error('broken') }\nexport const formerly = ",
        )
        const { exitCode, stderr, stdout } = await run(['validate'], { program: copy.program })
        expect({ exitCode, stdout }).toEqual({ exitCode: 70, stdout: '' })
        expect(stderr).toContain('broken')
        expect(stderr).not.toMatch(/\n\s+at /)
        const debug = await run(['validate'], { program: copy.program, environment: { DEBUG: '1' } })
        expect(debug.stderr).toMatch(/\n\s+at /)
      }),
    ))
})
