import { describe, expect, test } from 'vitest'
import { printReport } from '../../generators/cli/output/index.js'
import { paintFor } from '../../generators/cli/output/paint.js'
import { type Format, formats, type Report } from '../../generators/cli/report.js'
import type { Diagnostic } from '../../generators/kernel/diagnostic.js'
import { transcript } from '../support/case.js'
import { inTemporaryFolder, writeFiles } from '../support/cli.js'
import { compileTexts } from '../support/compile.js'

/** No piece of it is a word of any message. */
const secret = 'Zq7XwK9vBy'

const pieces = Array.from({ length: secret.length - 3 }, (_, start) => secret.slice(start, start + 4))

const printed = async (diagnostics: readonly Diagnostic[], as: readonly Format[]): Promise<string> => {
  const report: Report = { diagnostics, notices: [], sets: ['.'], data: {}, text: () => '' }
  return (await Promise.all(as.map((format) => printReport(report, format, paintFor(false), () => '0')))).join('')
}

const fields = `fields:
  id: snowflake
  name: { type: string(9)? }
  token: { type: text, encrypted: { with: pgcrypto, key: KEY } }
`

const blockFields = `fields:
  id: snowflake
  name: string(9)?
  token:
    type: json
    encrypted:
      with: pgcrypto
      key: KEY
`

const entity = (of: string, rows: string): string => `entity: vault\nsummary: What is kept.\n${of}${rows}`

/** Sets whose text has the secret, in every style that a row can be written in. */
const styles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a row in braces': { 'vault.yaml': entity(fields, `examples:\n  - { id: 12, token: ${secret}, name: Ada }\n`) },
  'a row in braces, its value last': { 'vault.yaml': entity(fields, `examples: [{ id: 12, token: ${secret} }]\n`) },
  'a row in braces, quoted': { 'vault.yaml': entity(fields, `examples:\n- { "token": '${secret}', id: 12 }\n`) },
  'a row of lines': { 'vault.yaml': entity(fields, `examples:\n  - id: 12\n    token: "${secret}"\n    name: Ada\n`) },
  'a text of lines': {
    'vault.yaml': entity(fields, `examples:\n  - token: |\n      ${secret}\n      more\n    id: 12\n`),
  },
  'a structure': {
    'vault.yaml': entity(blockFields, `examples:\n  - { id: 12, token: { a: [${secret}] }, name: B }\n`),
  },
  'rows of another file': {
    'module/module.yaml': 'module: kept\nsummary: What is kept.\n',
    'module/vault.yaml': entity(fields, ''),
    'botschema.yaml': 'name: sample\nuse: [./module]\n',
    'more.yaml': `extend: vault\nexamples:\n  - { id: 12, name: Ada, token: ${secret} }\n`,
  },
  'a field of a named type': {
    'sealed.yaml': 'type: sealed\nis: text\nencrypted: { with: pgcrypto, key: KEY }\n',
    'vault.yaml': entity(
      'fields:\n  id: snowflake\n  token: sealed?\n',
      `examples:\n  - { id: 12, token: ${secret} }\n`,
    ),
  },
}

const mistakes = ['"', "'", '{', ']', ', ', ': ', ' #', '\t', '&', '\n', '\\', '\0']

/** The text with one mistake at each place behind `examples:`. */
function* mistaken(text: string): Generator<string> {
  const from = text.indexOf('examples:') + 'examples:'.length
  for (let at = from; at <= text.length; at++) {
    yield text.slice(0, at) + text.slice(at + 1)
    for (const mistake of mistakes) yield text.slice(0, at) + mistake + text.slice(at)
  }
}

describe('whatever is wrong with what is written, findings do not show the plain value', () => {
  test.each(Object.entries(styles))('%s', async (_, files) => {
    const [path = ''] = Object.keys(files).filter((name) => files[name]?.includes(secret))
    const codes = new Set<string>()
    const bad: string[] = []
    for (const text of mistaken(files[path] ?? '')) {
      const { diagnostics } = compileTexts({ ...files, [path]: text })
      // The words of a finding are the same in every format; lines of the text are in this one alone.
      const told = await printed(diagnostics, ['human'])
      const shown = pieces.filter((piece) => told.includes(piece))
      if (shown.length > 0) bad.push(`${text}\n${told}`)
      for (const { code } of diagnostics) codes.add(code)
    }
    expect(bad).toEqual([])
    expect(codes.size).toBeGreaterThan(5)
  })
})

test.each([
  ['an example', entity(fields, `examples:\n  - { id: 12, token: ${secret}, name: Ada-Lovelace }\n`), 'row-refused'],
  ['a default', entity(fields.replace('text,', `text, default: ${secret},`), ''), 'encrypted-misuse'],
  ['a seed row', entity(fields, `seed:\n  - { id: 12, token: ${secret} }\n`), 'encrypted-misuse'],
])('no format shows the plain value of %s', async (_, text, code) => {
  const { diagnostics } = compileTexts({ 'vault.yaml': text })
  expect(diagnostics.map((one) => one.code)).toEqual([code])
  const told = await printed(diagnostics, formats)
  expect(pieces.filter((piece) => told.includes(piece))).toEqual([])
})

test('what is not secret of a line is shown as it is', async () => {
  const files = { 'vault.yaml': entity(fields, `examples:\n  - { id: 12, token: ${secret}, name: Ada-Lovelace }\n`) }
  const { diagnostics } = compileTexts(files)
  expect(await printed(diagnostics, ['human'])).toContain('  - { id: 12, token: ••••••••••, name: Ada-Lovelace }')
})

test('what verify finds does not show it either', async () => {
  await inTemporaryFolder(async (folder) => {
    writeFiles(folder, {
      'botschema.yaml': 'name: sample\nstores: [postgres]\n',
      'vault.yaml': entity(
        fields.replace('type: text,', 'type: text, max_length: 20, postgres: { check: "false" },'),
        `examples:\n  - { id: 12, token: ${secret} }\n`,
      ),
    })
    await transcript(folder, ['generate'])
    const told = await transcript(folder, ['verify'])
    expect(told).toContain('example-refused')
    expect(told).not.toContain(secret)
  })
})
