import { describe, expect, test } from 'vitest'
import { output, withInputs, withSample } from './sample.js'

/** Fails unless every tag is closed in order and every `&` begins an entity. */
const expectWellFormed = (xml: string): void => {
  const open: string[] = []
  for (const [, end, name = '', rest = ''] of xml.replace(/^<\?xml[^>]*\?>/, '').matchAll(/<(\/?)(\w+)([^<>]*)>/g)) {
    if (end === '/') expect(open.pop()).toBe(name)
    else if (!rest.endsWith('/')) open.push(name)
  }
  expect(open).toEqual([])
  expect(xml.match(/&(?!(?:amp|lt|gt|quot|#\d+);)/g)).toBeNull()
}

const broken = 'entity: channel\nfields:\n  id: snowflak\n  "name<&>\'": string(100)\n'

describe('formats', { timeout: 60_000 }, () => {
  test('--json of every command', () =>
    withSample(async ({ edit, run, write }) => {
      const document = async (...args: readonly string[]): Promise<unknown> =>
        JSON.parse((await run([...args, '--json'])).stdout)
      const set = { folder: 'schemas/community', name: 'community', output, files: 4 }
      expect(await document('generate')).toEqual({
        ok: true,
        diagnostics: [],
        sets: [{ ...set, written: [], removed: [] }],
      })
      expect(await document('check')).toEqual({ ok: true, diagnostics: [], sets: [set], differences: [] })
      expect(await document('validate')).toMatchObject({
        ok: true,
        diagnostics: [],
        sets: [{ folder: 'schemas/community', name: 'community', entities: 2, objects: 0, enums: 0 }],
      })
      expect(await document('explain', 'output-edited')).toMatchObject({ ok: true, code: 'output-edited' })
      expect(await document('generat')).toMatchObject({
        ok: false,
        diagnostics: [{ code: 'unknown-command', file: null }],
      })
      write(`${output}/json-schema/guild.json`, 'mine')
      expect(await document('check')).toMatchObject({
        ok: false,
        diagnostics: [{ code: 'output-edited' }],
        differences: [{ file: `${output}/json-schema/guild.json`, diff: expect.stringContaining('-mine') }],
      })
      edit('schemas/community/guild.yaml', 'snowflake', 'snowflak')
      expect(await document('validate')).toMatchObject({
        ok: false,
        diagnostics: [
          {
            code: 'unknown-type',
            severity: 'error',
            message: expect.any(String),
            file: 'schemas/community/guild.yaml',
            line: 4,
            column: 7,
            endLine: 4,
            endColumn: 15,
            help: expect.stringContaining('snowflake'),
            related: [],
          },
        ],
      })
    }))

  test('github: an annotation a line', () =>
    withInputs(async ({ run, write }) => {
      write('schemas/community/channel.yaml', broken)
      const { exitCode, stdout } = await run(['validate', '--format', 'github'])
      expect(exitCode).toBe(1)
      for (const line of stdout.trimEnd().split('\n'))
        expect(line).toMatch(/^::(?:error|warning|notice) file=[^ ]+.*::.+$/)
      expect(stdout).toMatch(
        /^::error file=schemas\/community\/channel\.yaml,line=3,endLine=3,col=7,endColumn=15,title=unknown-type::/m,
      )
    }))

  test('junit: well-formed, a failing case an error, a passing one when there is none', () =>
    withInputs(async ({ run, write }) => {
      const clean = await run(['validate', '--format', 'junit'])
      expect(clean.stdout).toContain('tests="1" failures="0"')
      expectWellFormed(clean.stdout)
      write('schemas/community/channel.yaml', broken)
      const { exitCode, stdout } = await run(['validate', '--format', 'junit'])
      expect(exitCode).toBe(1)
      expectWellFormed(stdout)
      expect(stdout).toContain('<failure type="unknown-type"')
      expect(stdout).toContain('classname="schemas/community/channel.yaml:3:7"')
    }))

  test('sarif: version 2.1.0 with rules, levels and regions', () =>
    withInputs(async ({ run, write }) => {
      write('schemas/community/channel.yaml', broken)
      const { exitCode, stdout } = await run(['check', '--format', 'sarif'])
      expect(exitCode).toBe(1)
      expect(JSON.parse(stdout)).toMatchObject({
        version: '2.1.0',
        runs: [
          {
            tool: {
              driver: {
                name: 'botschema',
                rules: expect.arrayContaining([expect.objectContaining({ id: 'unknown-type' })]),
              },
            },
            results: expect.arrayContaining([
              {
                ruleId: 'unknown-type',
                level: 'error',
                message: { text: expect.stringContaining('snowflake') },
                locations: [
                  {
                    physicalLocation: {
                      artifactLocation: { uri: 'schemas/community/channel.yaml' },
                      region: { startLine: 3, startColumn: 7, endLine: 3, endColumn: 15 },
                    },
                  },
                ],
              },
            ]),
          },
        ],
      })
    }))
})
