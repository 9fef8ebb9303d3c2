import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import type { Call, Database, Outcome } from './postgres-bots.js'
import { openEmbedded, openOnServer } from './postgres-databases.js'
import { calls as speedrun } from './postgres-speedrun/calls.js'

interface Bot {
  readonly folder: string
  readonly scripts: readonly string[]
  readonly calls: readonly Call[]
}

const bots: readonly Bot[] = [
  { folder: 'postgres-speedrun', scripts: ['schema.sql', 'data.sql', 'marathon.sql'], calls: speedrun },
]

const textOf = (folder: string, name: string): string =>
  readFileSync(new URL(`./${folder}/${name}`, import.meta.url), 'utf8')

const url = process.env['POSTGRES_TEST_URL']
const engines: readonly (readonly [string, () => Promise<Database>])[] = [
  ['PGlite', openEmbedded],
  ...(url === undefined ? [] : [['a server', () => openOnServer(url)] as const]),
]

describe.each(bots)('$folder', ({ folder, scripts, calls }) => {
  const expected: Readonly<Record<string, Outcome>> = JSON.parse(textOf(folder, 'expected.json'))

  test('each call has its recorded outcome', () => {
    expect(calls.map(([name]) => name)).toEqual(Object.keys(expected))
  })

  describe.each(engines)('on %s', async (_, open) => {
    const database = await open()
    for (const script of scripts) await database.script(textOf(folder, script))
    afterAll(() => database.close())

    test.each(calls)('%s', async (name, sql, parameters) => {
      expect(await database.call(sql, parameters)).toEqual(expected[name])
    })
  })
})
