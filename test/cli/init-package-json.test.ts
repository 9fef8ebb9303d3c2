import { describe, expect, test } from 'vitest'
import type { InitChoices } from '../../generators/pipeline/init/index.js'
import { planInit, writeInit } from '../../generators/pipeline/init/index.js'
import { memoryHost } from '../../generators/pipeline/memory-host.js'

const choices: InitChoices = {
  folder: 'schemas/bot',
  name: 'bot',
  modules: [],
  stores: ['postgres', 'mongo'],
  copy: false,
  module: null,
  imports: 'js',
  javascript: true,
}

const ranges = (name: string): string => `^1.0.0-${name}`

interface Edited {
  readonly text: string | undefined
  readonly codes: readonly string[]
}

/** What becomes of a package.json. */
const edit = async (text: string, force = false): Promise<Edited> => {
  const files = new Map([['package.json', text]])
  const host = memoryHost(files)
  const { value, diagnostics } = await planInit(host, choices, ranges, force)
  if (value === null) expect([...files]).toEqual([['package.json', text]])
  else expect(await writeInit(host, value)).toEqual([])
  return { text: files.get('package.json'), codes: diagnostics.map(({ code }) => code) }
}

describe('package.json', () => {
  test('keeps its order, its indentation and its line ends; dependencies go where npm puts them', async () => {
    const lines = [
      '{',
      '\t"scripts": {',
      '\t\t"start": "node bot.js"',
      '\t},',
      '\t"name":   "old-bot",',
      '\t"dependencies": {',
      '\t\t"discord.js": "^14.0.0",',
      '\t\t"undici": "^6.0.0"',
      '\t},',
      '\t"type": "module"',
      '}',
      '',
    ]
    const { text } = await edit(lines.join('\r\n'))
    expect(text?.split('\r\n')).toEqual([
      '{',
      '\t"scripts": {',
      '\t\t"start": "node bot.js",',
      '\t\t"botschema:generate": "botschema generate",',
      '\t\t"botschema:check": "botschema check",',
      '\t\t"botschema:build": "tsc -p tsconfig.botschema.json",',
      '\t\t"botschema:try": "botschema generate && npm run botschema:build && node try-storage.js"',
      '\t},',
      '\t"name":   "old-bot",',
      '\t"dependencies": {',
      '\t\t"@botschema/runtime": "^1.0.0-@botschema/runtime",',
      '\t\t"discord.js": "^14.0.0",',
      '\t\t"mongoose": "^1.0.0-mongoose",',
      '\t\t"pg": "^1.0.0-pg",',
      '\t\t"undici": "^6.0.0",',
      '\t\t"zod": "^1.0.0-zod"',
      '\t},',
      '\t"type": "module",',
      '\t"devDependencies": {',
      '\t\t"@electric-sql/pglite": "^1.0.0-@electric-sql/pglite",',
      '\t\t"botschema": "^1.0.0-botschema",',
      '\t\t"typescript": "^1.0.0-typescript"',
      '\t}',
      '}',
      '',
    ])
  })

  test('a dependency that is there stays as it is, wherever it stands', async () => {
    const own = {
      name: 'bot',
      dependencies: { '@botschema/runtime': 'file:runtime.tgz', botschema: 'file:botschema.tgz', zod: '^3.0.0' },
      devDependencies: { '@electric-sql/pglite': '0.5.0', typescript: '~5.8.0' },
      peerDependencies: { mongoose: '8' },
      optionalDependencies: { pg: '*' },
    }
    const { text = '' } = await edit(`${JSON.stringify(own, null, 4)}\n`)
    expect(JSON.parse(text)).toEqual({ ...own, scripts: expect.anything() })
    expect(text).toContain('\n    "name": "bot"')
  })

  test.each([
    ['an empty object', '{}'],
    ['one line', '{"name":"bot","scripts":{}}'],
    ['a byte order mark', '\uFEFF{\n  "name": "bot"\n}\n'],
  ])('%s can be added to', async (_title, before) => {
    const { text = '', codes } = await edit(before)
    expect(codes).toEqual([])
    expect(JSON.parse(text.replace(/^\uFEFF/, ''))).toMatchObject({
      scripts: { 'botschema:check': 'botschema check' },
      dependencies: { zod: '^1.0.0-zod' },
    })
    expect(text.startsWith('\uFEFF')).toBe(before.startsWith('\uFEFF'))
  })

  test('a script of another text is overwritten only with force', async () => {
    const before = '{\n  "scripts": {\n    "botschema:check": "exit 0"\n  }\n}\n'
    expect((await edit(before)).codes).toEqual(['script-taken'])
    expect((await edit(before, true)).text).toContain('"botschema:check": "botschema check"')
  })

  test.each([
    ['no JSON', '{ "name": bot }'],
    ['a comment', '{\n  // mine\n  "name": "bot"\n}'],
    ['a list', '[]'],
    ['nothing', ''],
    ['scripts that are no object', '{ "scripts": [] }'],
  ])('%s is not touched', async (_title, before) => {
    expect((await edit(before)).codes).toEqual(['package-json-unreadable'])
  })
})
