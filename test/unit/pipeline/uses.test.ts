import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { checkSet, generateSet, memoryHost } from '../../../generators/index.js'
import { findUsed, foldersUsed } from '../../../generators/pipeline/uses.js'
import { compileTexts, printed } from '../../support/compile.js'

const library = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'schemas', 'library')
const modules = readdirSync(library).sort()
const none = new Map<string, string>()
const write = { dryRun: false, force: false }

const off = 'targets: { postgres: false, mongoose: false, zod: false, typescript: false, markdown: false }\n'

const files = (): Map<string, string> =>
  new Map([
    ['sets/bot/botschema.yaml', `name: bot\n${off}use: [../../common, botschema:small]\n`],
    ['common/botschema.yaml', `name: common\n${off}output: made\n`],
    ['common/guild.yaml', 'entity: guild\nfields: { id: snowflake }\n'],
    ['common/made/stray.yaml', 'entity: stray\nfields: { id: snowflake }\n'],
    ['botschema:small/module.yaml', 'module: small\n'],
    ['botschema:small/note.yaml', 'entity: note\nfields: { id: snowflake }\n'],
  ])

const bot = 'sets/bot'

const schemas = (texts: ReadonlyMap<string, string>): readonly string[] =>
  [...texts.keys()].filter((path) => path.startsWith(`${bot}/output/bot/json-schema/`)).sort()

describe('the files of what a set takes in', () => {
  test('are its inputs: other sets without their outputs, and modules of the library', async () => {
    const texts = files()
    const { diagnostics } = await generateSet(memoryHost(texts), bot, none, write)
    expect(diagnostics).toEqual([])
    expect(schemas(texts)).toEqual([
      'sets/bot/output/bot/json-schema/guild.json',
      'sets/bot/output/bot/json-schema/note.json',
    ])
  })

  test.each(['common/guild.yaml', 'botschema:small/note.yaml'])(
    'make outputs stale when they change: %s',
    async (path) => {
      const texts = files()
      const host = memoryHost(texts)
      await generateSet(host, bot, none, write)
      expect((await checkSet(host, bot, none)).diagnostics).toEqual([])
      texts.set(path, `${texts.get(path)}summary: Said anew.\n`)
      expect((await checkSet(host, bot, none)).diagnostics.map(({ code }) => code)).toContain('output-stale')
      await generateSet(host, bot, none, write)
      expect((await checkSet(host, bot, none)).diagnostics).toEqual([])
    },
  )

  test('are told of when they go', async () => {
    const texts = files()
    const host = memoryHost(texts)
    await generateSet(host, bot, none, write)
    for (const path of [...texts.keys()]) if (path.startsWith('common/')) texts.delete(path)
    const { diagnostics } = await generateSet(host, bot, none, write)
    expect(diagnostics.map(({ code }) => code)).toEqual(['unknown-module'])
  })

  test('are watched, but for the library', () => {
    expect(foldersUsed(memoryHost(files()), bot)).toEqual(['common'])
  })

  test('are followed once, each after what it takes in itself', () => {
    const texts = files()
    texts.set('common/botschema.yaml', 'name: common\nuse: [botschema:small]\n')
    const root = { path: 'sets/bot/botschema.yaml', text: 'name: bot\nuse: [../../common, botschema:small]\n' }
    const { value } = findUsed(memoryHost(texts), bot, root)
    expect(value.map(({ folder, uses }) => [folder, uses])).toEqual([
      ['botschema:small', []],
      ['common', ['botschema:small']],
    ])
  })
})

describe('the library', () => {
  test.each(modules)('%s stands by itself', (module) => {
    const { value, diagnostics } = compileTexts({ 'botschema.yaml': `name: sample\nuse: [botschema:${module}]\n` })
    expect(printed(diagnostics)).toEqual([])
    expect(value?.set.uses.at(-1)).toMatchObject({ module: `botschema:${module}` })
    expect(readFileSync(join(library, module, 'module.yaml'), 'utf8')).toContain(`module: ${module}\n`)
  })

  test.each(modules)('%s says of every entity and field what it is, and shows an example', (module) => {
    const { value } = compileTexts({ 'botschema.yaml': `name: sample\nuse: [botschema:${module}]\n` })
    for (const { name, summary, docs, fields, examples, group } of value?.set.entities ?? []) {
      expect([name, summary, docs.represents, docs.why, docs.grows, group]).not.toContain(null)
      expect([name, examples.length]).not.toEqual([name, 0])
      const silent = fields.filter((field) => field.summary === null && field.maintained === null)
      expect([name, silent.map((field) => field.name)]).toEqual([name, []])
    }
  })

  test('stands together, but for the two that say how long rows are kept', () => {
    const use = modules.filter((module) => module !== 'retention-lasting').map((module) => `botschema:${module}`)
    const { diagnostics } = compileTexts({ 'botschema.yaml': `name: sample\nuse: [${use.join(', ')}]\n` })
    expect(printed(diagnostics)).toEqual([])
    const both = compileTexts({
      'botschema.yaml': 'name: sample\nuse: [botschema:retention-brief, botschema:retention-lasting]\n',
    })
    expect(new Set(both.diagnostics.map(({ code }) => code))).toEqual(new Set(['modules-disagree']))
  })
})
