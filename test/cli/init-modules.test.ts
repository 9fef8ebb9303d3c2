import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { diskHost } from '../../generators/cli/host/index.js'
import type { Store } from '../../generators/model/store.js'
import { planInit } from '../../generators/pipeline/init/index.js'
import { cacheOf, filesIn } from '../support/cli.js'
import { openTestDatabase } from '../support/postgres.js'
import { type Project, withProject } from './init-project.js'

const library = join(import.meta.dirname, '..', '..', 'schemas', 'library')
const modules = readdirSync(library)
const contradicting = ['retention-brief', 'retention-lasting']

/** All modules, as far as they do not contradict each other. */
const allBut = (left: string): readonly string[] => modules.filter((module) => module !== left)

/** A set for each choice in one project. */
const begin = async (project: Project, choices: readonly (readonly string[])[], store: string): Promise<void> => {
  for (const [index, chosen] of choices.entries())
    await project.done(['init', `schemas/bot-${index}`, '--with', chosen.join(','), '--store', store])
  await project.done(['generate'])
  await project.done(['check'])
}

describe('what init writes is ready at once', { timeout: 900_000 }, () => {
  const alone = [['none'], ...modules.map((module) => [module])]

  test('every module alone generates and checks, in mongo', () =>
    withProject((project) => begin(project, alone, 'mongo')))

  test('every module alone generates, checks and makes tables, in postgres', () =>
    withProject(async (project) => {
      await begin(project, alone, 'postgres')
      const database = await openTestDatabase()
      for (const index of alone.keys()) {
        await database.reset()
        await database.exec(project.read(`generated/bot-${index}/postgres/schema.sql`))
      }
      await database.close()
    }))

  test.each([
    ['postgres', 'retention-lasting'],
    ['mongo', 'retention-brief'],
  ])('all modules together, in %s, but for %s', (store, left) =>
    withProject(async (project) => {
      await begin(project, [allBut(left)], store)
      await project.done(['verify'])
    }),
  )
})

describe('any two modules', { timeout: 300_000 }, () => {
  const pairs = modules.flatMap((one, index) => modules.slice(index + 1).map((other) => [one, other]))
  const planned = async (folder: string, chosen: readonly string[], stores: readonly Store[]) => {
    const host = diskHost(folder, { BOTSCHEMA_CACHE: cacheOf(folder) })
    const set = {
      folder: 'schemas/bot',
      name: 'bot',
      copy: false,
      module: null,
      imports: 'js' as const,
      javascript: false,
      stores,
    }
    const { diagnostics } = await planInit(host, { ...set, modules: chosen }, () => '*', false)
    return diagnostics.map(({ code }) => code)
  }

  test('are a set together, in one store and in the other, but for those that contradict', () =>
    withProject(async ({ folder }) => {
      for (const [index, pair] of pairs.entries()) {
        const expected = pair.every((name) => contradicting.includes(name)) ? ['choices-contradict'] : []
        const codes = await planned(folder, pair, [index % 2 === 0 ? 'postgres' : 'mongo'])
        expect({ pair, codes }).toEqual({ pair, codes: expected })
      }
    }))
})

describe('copies', { timeout: 120_000 }, () => {
  const every = allBut('retention-lasting').join(',')

  test('are the definitions word for word, but for what leads to the library', () =>
    withProject(async ({ done, files }) => {
      await done(['init', '--with', every, '--copy'])
      const copied = [...files()].filter(([path]) => path.startsWith('schemas/my-bot/modules/'))
      const originals = [...filesIn(library)].filter(([path]) => !path.startsWith('retention-lasting/'))
      expect(copied.map(([path]) => path.slice('schemas/my-bot/modules/'.length))).toEqual(
        originals.map(([path]) => path),
      )
      for (const [path, text] of copied) {
        const [, ...lines] = text.replace(/^use: .*$/m, (uses) => uses.replaceAll('../', 'botschema:')).split('\n')
        const original = readFileSync(join(library, path.slice('schemas/my-bot/modules/'.length)), 'utf8')
        expect(lines.join('\n')).toBe(original)
      }
      expect([...files().values()].join('')).not.toMatch(/^use:.*botschema:|^ {2}- botschema:/m)
    }))

  test('mean the same as what is linked, and are the bot’s own to change', () =>
    withProject(async ({ done, folder, read, write }) => {
      const outputs = (): ReadonlyMap<string, string> => filesIn(join(folder, 'generated', 'my-bot'))
      await done(['init', '--with', every])
      await done(['generate'])
      const linked = outputs()
      await done(['init', '--with', every, '--copy', '--force'])
      await done(['generate'])
      // The front page of the docs says what was taken in from where, and the manifest has its hash.
      const differing = [...outputs()].filter(([path, text]) => linked.get(path) !== text).map(([path]) => path)
      expect(differing).toEqual(['manifest.json', 'markdown/README.md', 'model.json'])
      expect([...outputs().keys()]).toEqual([...linked.keys()])
      const guild = 'schemas/my-bot/modules/guilds/guild.yaml'
      write({ [guild]: read(guild).replace('string(100)', 'string(120)') })
      await done(['generate'])
      expect(read('generated/my-bot/postgres/schema.sql')).toContain('varchar(120)')
    }))
})
