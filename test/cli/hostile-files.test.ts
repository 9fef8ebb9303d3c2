import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { botschema, filesIn, inTemporaryFolder, type RunOptions, writeFiles } from '../support/cli.js'
import { codesOf, output, sampleSet, withInputs, withSample } from './sample.js'

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join('')

const note = (rest: string): string => `entity: note\nfields:\n  id: identity\n${rest}`

/** Node may take so many MiB for all it keeps: an unbounded run ends in a crash instead of a finding. */
const memory = { environment: { NODE_OPTIONS: '--max-old-space-size=1024' } }

/** The codes of what a run finds below a path; it must end in findings, with nothing of a crash. */
const findingsOf = async (folder: string, args: readonly string[], options: RunOptions = {}) => {
  const { exitCode, signal, stderr, stdout } = await botschema(folder, args, options)
  expect({ exitCode, signal, stderr }).toEqual({ exitCode: 1, signal: null, stderr: '' })
  const { diagnostics } = JSON.parse(stdout) as {
    readonly diagnostics: readonly { readonly code: string; readonly file: string }[]
  }
  return (path: string): readonly string[] =>
    diagnostics.filter(({ file }) => file.startsWith(path)).map(({ code }) => code)
}

/** Each file by itself, in a set of its own: what it says alone. */
const huge: readonly (readonly [string, string, readonly string[]])[] = [
  ['a text of 50 MB', note(`summary: ${'a'.repeat(50_000_000)}\n`), ['file-too-large']],
  ['100,000 entities', times(100_000, (at) => `---\nentity: e${at}\nfields: { id: identity }\n`), ['file-too-large']],
  [
    '50,000 entities',
    times(50_000, (at) => `---\nentity: e${at}\nfields: { id: identity }\n`),
    ['too-many-definitions'],
  ],
  ['brackets in brackets', `entity: a\nb: ${'['.repeat(100_000)}`, ['yaml-too-deep']],
  ['mappings in mappings', `entity: a\nb: ${'{ a: '.repeat(100_000)}`, ['yaml-too-deep']],
  ['lists in lists', `entity: a\nb:\n  ${'- '.repeat(100_000)}a\n`, ['yaml-too-deep']],
  ['blocks in blocks', `entity: a\n${times(2_000, (at) => `${' '.repeat(at)}b:\n`)}`, ['yaml-too-deep']],
  [
    'aliases that double what they copy',
    `entity: a\na0: &a0 [x, x]\n${times(30, (at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]\n`)}`,
    ['yaml-anchor'],
  ],
  ['types in types', note(`  a: ${'list<'.repeat(100_000)}text${'>'.repeat(100_000)}\n`), ['bad-type-syntax']],
  [
    'brackets of a check',
    note(`checks: { a: "${'('.repeat(100_000)}id = 1${')'.repeat(100_000)}" }\n`),
    ['predicate-size'],
  ],
  ['a check of many words', note(`checks: { a: "${'id = 1 or '.repeat(100_000)}id = 2" }\n`), ['predicate-size']],
  [
    'a long pattern',
    note(`  a: { type: text, pattern: "${'('.repeat(10_000)}a${')'.repeat(10_000)}" }\n`),
    ['pattern-syntax'],
  ],
  ['a long number', note(`  a: integer = ${'9'.repeat(1_000_000)}\n`), ['bad-literal']],
  [
    'a chain of types',
    note(`  a: t0\n${times(3_000, (at) => `---\ntype: t${at}\nis: ${at < 2_999 ? `t${at + 1}` : 'text'}\n`)}`),
    ['nested-too-deep'],
  ],
  [
    'a chain of keys',
    times(3_000, (at) => `---\nentity: e${at}\nfields: { id: ref(e${at + 1}) }\n`) +
      '---\nentity: e3000\nfields: { id: uuid }\n',
    ['nested-too-deep'],
  ],
  [
    'a chain of objects',
    note(
      `  a: o0\n${times(3_000, (at) => `---\nobject: o${at}\nfields: { a: ${at < 2_999 ? `o${at + 1}` : 'text'} }\n`)}`,
    ),
    ['nested-too-deep'],
  ],
  [
    'objects that double what they hold',
    note(
      `  a: { type: o0, default: {} }\n${times(40, (at) => {
        const inner = at < 39 ? `{ type: o${at + 1}, default: {} }` : 'text = x'
        return `---\nobject: o${at}\nfields: { a: ${inner}, b: ${inner} }\n`
      })}`,
    ),
    ['object-too-large'],
  ],
  ['30,000 misspelt keys', note(times(30_000, (at) => `key${at}: a\n`)), ['unknown-key']],
  ['3,000 fields', note(times(3_000, (at) => `  f${at}: text\n`)), ['too-many-columns']],
]

describe('files beyond any size are findings, in bounded memory', { timeout: 300_000 }, () => {
  test('each by itself', () =>
    inTemporaryFolder(async (folder) => {
      const files = huge.flatMap(([, text], at) => [
        [`${at}/botschema.yaml`, `name: huge_${at}\n`] as const,
        [`${at}/huge.yaml`, text] as const,
      ])
      writeFiles(folder, Object.fromEntries(files))
      const found = await findingsOf(folder, ['validate', '--json'], memory)
      const codes = huge.map(([name], at) => [name, ...new Set(found(`${at}/`))])
      expect(codes).toEqual(huge.map(([name, , expected]) => [name, ...expected]))
    }))

  test('100 folders of files at their limit are read one by one', () =>
    inTemporaryFolder(async (folder) => {
      const page = 'A line of a page.\n'.repeat(10_000)
      const pages = Array.from({ length: 100 }, (_, at) => [`f${at}/page.md`, page] as const)
      writeFiles(folder, { ...Object.fromEntries(pages), 'botschema.yaml': 'name: wide\n', 'note.yaml': note('') })
      expect(await botschema(folder, ['validate'], memory)).toMatchObject({ exitCode: 0, stderr: '' })
    }))
})

/** What a botschema.yaml says, the name of its folder, and what is found in it. */
const astray: readonly (readonly [string, string])[] = [
  ['name: ../escaped', 'wrong-shape'],
  ['name: a/b', 'wrong-shape'],
  ['name: "a\\\\b"', 'wrong-shape'],
  ['name: .', 'wrong-shape'],
  ['name: a\noutput: /tmp', 'output-absolute'],
  ['name: a\noutput: C:/tmp', 'output-absolute'],
  ['name: a\noutput: "..\\\\out"', 'output-absolute'],
  ['name: set\noutput: ..', 'output-holds-set'],
  ['name: a\npages: [../secret.md]', 'unknown-page'],
  ['name: a\npages: [../../secret.md]', 'unknown-page'],
  ['name: a\npages: [/etc/passwd]', 'unknown-page'],
  ['name: a\npages: ["C:x.md"]', 'invalid-name'],
  ['name: a\npages: ["..\\\\x.md"]', 'invalid-name'],
  ['name: a\nuse: [/etc]', 'wrong-shape'],
  ['name: a\nuse: ["botschema:../.."]', 'wrong-shape'],
  ['name: a\nuse: [../..]', 'unknown-module'],
  ['name: a\nuse: [../../..]', 'use-outside'],
  ['name: a\noutput: ../../..', 'output-outside'],
]

describe('paths', { timeout: 120_000 }, () => {
  test('that lead elsewhere lead nowhere', () =>
    inTemporaryFolder(async (folder) => {
      const files = astray.flatMap(([root], at) => [
        [`${at}/set/botschema.yaml`, `${root}\n`] as const,
        [`${at}/set/note.yaml`, note('')] as const,
        [`${at}/set/C:x.md`, 'A disk.\n'] as const,
        [`${at}/set/..\\x.md`, 'A folder.\n'] as const,
        [`${at}/secret.md`, 'Secret.\n'] as const,
      ])
      writeFiles(folder, Object.fromEntries(files))
      const before = filesIn(folder)
      const found = await findingsOf(folder, ['generate', '--force', '--json'])
      expect(astray.map(([root], at) => [root, ...found(`${at}/`)])).toEqual(astray)
      expect(filesIn(folder)).toEqual(before)
    }))

  test('links among the files of a set are told, whatever they lead to', () =>
    withSample(async ({ path, run, write }) => {
      write('elsewhere/thing.yaml', 'entity: thing\nfields: { id: identity }\n')
      const links = [
        ['../../elsewhere/thing.yaml', 'thing.yaml'],
        ['../../elsewhere', 'folder'],
        ['..', 'above'],
        ['loop.yaml', 'loop.yaml'],
        ['nowhere', 'nothing.md'],
        ['guild.yaml', 'LICENSE'],
      ] as const
      for (const [to, name] of links) symlinkSync(to, path(`schemas/community/${name}`))
      const told = ['above', 'folder', 'loop.yaml', 'nothing.md', 'thing.yaml']
      for (const command of ['check', 'generate', 'validate']) {
        const found = codesOf(await run([command, '--json']))
        expect(found).toEqual(told.map((name) => `linked-input schemas/community/${name}`))
      }
      for (const [, name] of links) rmSync(path(`schemas/community/${name}`))
      expect((await run(['check'])).exitCode).toBe(0)
    }))

  test('a botschema.yaml that is a link is told', () =>
    withInputs(async ({ path, run, write }) => {
      mkdirSync(path('schemas/linked'))
      write('elsewhere.yaml', 'name: linked\n')
      symlinkSync('../../elsewhere.yaml', path('schemas/linked/botschema.yaml'))
      const found = codesOf(await run(['validate', 'schemas/linked', '--json']))
      expect(found).toEqual(['linked-input schemas/linked/botschema.yaml'])
    }))

  test('folders where files go are told, and kept', () =>
    withSample(async ({ path, run, read, write }) => {
      for (const file of ['json-schema/guild.json', 'manifest.json']) {
        const before = read(`${output}/${file}`)
        rmSync(path(`${output}/${file}`))
        write(`${output}/${file}/mine.txt`, 'Mine.')
        for (const args of [['generate'], ['generate', '--force'], ['check']]) {
          expect(codesOf(await run([...args, '--json']))).toContain(`output-blocked ${output}/${file}`)
        }
        expect(read(`${output}/${file}/mine.txt`)).toBe('Mine.')
        rmSync(path(`${output}/${file}`), { recursive: true })
        write(`${output}/${file}`, before)
      }
      expect((await run(['check'])).exitCode).toBe(0)
    }))
})

describe('the same text in other bytes', { timeout: 120_000 }, () => {
  const bom = '\uFEFF'
  const inputs: Readonly<Record<string, string>> = {
    'set/botschema.yaml': 'name: same\npages: [intro.md]\n',
    'set/intro.md': '# Intro\n\nOne line,\nand another.\n',
    'set/note.yaml':
      'entity: note\nsummary: |\n  One line,\n  and another.\ndocs:\n  why: >-\n    Folded\n    lines.\nfields:\n  id: identity\n  text:\n    type: text\n    default: "a\n\n      b"\nqueries:\n  all:\n    summary: All.\n    postgres: |\n      SELECT id\n      FROM notes\n    mongo: { find: {} }\n---\nenum: kind\nvalues: { a: One. }\n---\ntype: other\nis: kind\n',
  }
  const ways: Readonly<Record<string, (text: string) => string>> = {
    'Windows line ends': (text) => text.replaceAll('\n', '\r\n'),
    'a byte order mark': (text) => bom + text,
    both: (text) => bom + text.replaceAll('\n', '\r\n'),
    'no line end at the end': (text) => text.replace(/\n$/, ''),
  }

  const outputs = async (texts: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, string>> =>
    inTemporaryFolder(async (folder) => {
      writeFiles(folder, texts)
      const run = await botschema(folder, ['generate'])
      expect({ ...run, stdout: run.exitCode === 0 ? '' : run.stdout }).toMatchObject({
        exitCode: 0,
        stdout: '',
        stderr: '',
      })
      return filesIn(`${folder}/set/output`)
    })

  test('makes the same outputs', async () => {
    const expected = await outputs(inputs)
    for (const [way, change] of Object.entries(ways)) {
      const changed = Object.entries(inputs).map(([path, text]) => [path, change(text)])
      expect([way, await outputs(Object.fromEntries(changed))]).toEqual([way, expected])
    }
  })

  test('UTF-16 is told', () =>
    inTemporaryFolder(async (folder) => {
      writeFiles(folder, sampleSet)
      writeFileSync(`${folder}/schemas/community/guild.yaml`, Buffer.from(`${bom}entity: guild\n`, 'utf16le'))
      expect(codesOf(await botschema(folder, ['validate', '--json']))).toContain(
        'not-utf8 schemas/community/guild.yaml',
      )
    }))
})
