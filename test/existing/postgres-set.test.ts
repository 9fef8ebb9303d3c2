import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { differencesOf, likenessOn } from '../../generators/evolution/index.js'
import { known } from '../../generators/kernel/bug.js'
import { askOf, factsAfter, shortly, sqlFor } from '../evolution/sets.js'
import { compileFolder } from '../support/compile.js'
import { openTestDatabase, type TestDatabase } from '../support/postgres.js'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

const folder = 'test/existing/postgres-speedrun'

const textOf = (name: string): string => readFileSync(new URL(`./postgres-speedrun/${name}`, import.meta.url), 'utf8')

/** What the language cannot say yet of the bot, object by object: each line that goes is something it can say. */
test('the bot is described as it is, but for what is listed', async () => {
  const { value, diagnostics } = compileFolder(`${folder}/set`)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const { set } = known(value, folder)
  const there = await factsAfter(database, textOf('schema.sql'), 'public')
  const wanted = await factsAfter(database, await sqlFor(set, database.version), 'public')
  const found = await differencesOf(wanted, there, likenessOn(askOf(database), there))
  const beside = found.unmanaged.map(({ id }) => `beside ${id}`)
  const lines = [...found.differences.map(shortly), ...beside].sort()
  expect(`${lines.join('\n')}\n`).toBe(textOf('set/differences.txt'))
})
