import { describe, expect, test } from 'vitest'
import { botschema, inTemporaryFolder } from '../support/cli.js'
import { withInputs, withSample } from './sample.js'

const stackTrace = /\n\s+at /

describe('exit codes and streams', { timeout: 60_000 }, () => {
  test('0 where all is well; what is said is on standard output', () =>
    withSample(async ({ run }) => {
      for (const command of ['validate', 'generate', 'check']) {
        const { exitCode, stderr, stdout } = await run([command])
        expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
        expect(stdout).toContain('schemas/community')
      }
    }))

  test('1 for findings, on standard output, at their place, and nothing is written', () =>
    withInputs(async ({ edit, path, run }) => {
      edit('schemas/community/guild.yaml', 'snowflake', 'snowflak')
      for (const command of ['validate', 'generate', 'check']) {
        const { exitCode, stderr, stdout } = await run([command])
        expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' })
        expect(stdout).toContain('schemas/community/guild.yaml:4:7: error unknown-type')
        expect(stdout).toContain('  4 |   id: snowflak\n    |       ~~~~~~~~\n')
        expect(stdout).toContain('did you mean `snowflake`?')
        expect(stdout).not.toMatch(stackTrace)
        expect(stdout).not.toContain(path(''))
      }
    }))

  test.each([
    [['generat'], 'unknown-command', 'did you mean `generate`?'],
    [['generate', '--forc'], 'unknown-option', 'did you mean `--force`?'],
    [['check', '--format', 'xml'], 'wrong-usage', 'github, junit, sarif'],
    [['explain', 'one', 'two'], 'no-such-folder', 'two'],
    [['explain', 'output-edit'], 'unknown-code', 'did you mean `output-edited`?'],
    [['validate', 'nowhere'], 'no-such-folder', 'nowhere'],
    [['validate'], 'no-set', 'botschema.yaml'],
  ])('2 for wrong usage: %j', (args, code, help) =>
    inTemporaryFolder(async (folder) => {
      const { exitCode, stderr, stdout } = await botschema(folder, args)
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
      expect(stderr).toContain(`error ${code}: `)
      expect(stderr).toContain(help)
      expect(stderr).not.toMatch(stackTrace)
    }),
  )

  test('2 with help on standard error for no command at all', () =>
    inTemporaryFolder(async (folder) => {
      const { exitCode, stderr, stdout } = await botschema(folder, [])
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
      expect(stderr).toContain('Usage: botschema')
    }))

  test('--help and --version are data', () =>
    inTemporaryFolder(async (folder) => {
      const help = await botschema(folder, ['--help'])
      expect(help).toMatchObject({ exitCode: 0, stderr: '' })
      expect(help.stdout).toContain('generate')
      const version = await botschema(folder, ['--version'])
      expect(version).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
    }))

  test('explain tells of one code, and lists them all', () =>
    inTemporaryFolder(async (folder) => {
      const one = await botschema(folder, ['explain', 'output-edited'])
      expect(one).toMatchObject({ exitCode: 0, stderr: '' })
      expect(one.stdout).toContain('generate --force')
      const all = await botschema(folder, ['explain'])
      expect(all.stdout.split('\n')).toContain('output-edited')
    }))

  test('colour is for terminals, and for who forces it', () =>
    withSample(async ({ run }) => {
      expect((await run(['generate'])).stdout).not.toContain('\u001B[')
      expect((await run(['generate'], { environment: { FORCE_COLOR: '1' } })).stdout).toContain('\u001B[')
      const both = await run(['generate'], { environment: { FORCE_COLOR: '0', NO_COLOR: '1' } })
      expect(both.stdout).not.toContain('\u001B[')
    }))

  test('text from YAML cannot steer a terminal', () =>
    withInputs(async ({ run, write }) => {
      write('schemas/community/odd.yaml', 'entity: odd\nfields:\n  id: "\\e[31m\u001B[2Jsnow"\n')
      const { exitCode, stdout } = await run(['validate'])
      expect(exitCode).toBe(1)
      expect(stdout).not.toContain('\u001B')
    }))
})
