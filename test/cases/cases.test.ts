import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { catalogue } from '../../generators/kernel/catalogue/index.js'
import { closeDatabase, runCase, transcript } from '../support/case.js'
import { copyFolder, filesIn, inTemporaryFolder } from '../support/cli.js'

const here = dirname(fileURLToPath(import.meta.url))
const [diagnostics, outputs] = [join(here, 'diagnostics'), join(here, 'outputs')]

const records = process.env['RECORD'] === '1'
if (records && process.env['CI'] !== undefined) throw new Error('Expectations are recorded by people, not in CI.')

const foldersIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort()
    : []

/** A case without an input of its own is of the fixture set with its name. */
const inputOf = (name: string): string => {
  const own = join(outputs, name, 'input')
  return existsSync(own) ? own : join(here, '..', 'fixtures', name)
}

afterAll(closeDatabase)

describe('diagnostics', { timeout: 120_000 }, () => {
  test.each(foldersIn(diagnostics))('%s', async (code) => {
    const actual = await runCase(join(diagnostics, code))
    expect(actual).toMatch(new RegExp(`(?:error|warning) ${code}[: ]`))
    expect(actual).not.toMatch(/exit 70/)
    expect(actual).not.toContain(here)
    const file = join(diagnostics, code, 'expected.txt')
    if (records) writeFileSync(file, actual)
    expect(actual).toBe(readFileSync(file, 'utf8'))
  })

  test.each(Object.keys(catalogue))('the code %s has a case', (code) => {
    expect(foldersIn(diagnostics)).toContain(code)
  })

  test('every case is of a code', () => {
    expect(foldersIn(diagnostics).filter((name) => !Object.hasOwn(catalogue, name))).toEqual([])
  })
})

describe('outputs', { timeout: 120_000 }, () => {
  test.each(foldersIn(outputs))('%s', async (name) => {
    const expected = join(outputs, name, 'expected')
    await inTemporaryFolder(async (folder) => {
      copyFolder(inputOf(name), folder)
      const report = await transcript(folder, ['generate'])
      expect(report).toContain('--- exit 0')
      if (records) {
        rmSync(expected, { recursive: true, force: true })
        copyFolder(join(folder, 'output'), expected)
      }
      expect(filesIn(join(folder, 'output'))).toEqual(filesIn(expected))
    })
  })
})
