import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { differencesOf, likenessOn } from '../../generators/evolution/index.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import { openTestDatabases, type TestDatabase } from '../support/postgres.js'
import { askOf, factsAfter, openServers, setNamed, setNames, shortly, sqlFor } from './sets.js'

let engine: TestDatabase
let databases: readonly (readonly [driver: string, database: TestDatabase])[] = []

beforeAll(async () => {
  databases = [...(await openTestDatabases()), ...(await openServers())]
  engine = databases[0]?.[1] as TestDatabase
})

afterAll(async () => {
  for (const [, database] of databases) await database.close()
})

/** A fixture that uses what is new in a version is not for an older one. */
const isFor = (set: SchemaSet, name: string, version: number): boolean =>
  name.startsWith('schemas/') || (set.targets.postgres?.version ?? 0) <= version

describe('a database that was just made has no drift', () => {
  test.each(setNames)('%s', async (name) => {
    const set = setNamed(name)
    const schema = set.targets.postgres?.schema ?? 'public'
    for (const [driver, database] of databases) {
      if (!isFor(set, name, database.version)) continue
      const sql = await sqlFor(set, database.version)
      const found = await factsAfter(database, sql, schema)
      const wanted = await factsAfter(engine, sql, schema)
      const { differences, unmanaged } = await differencesOf(wanted, found, likenessOn(askOf(engine), found))
      expect([driver, ...differences.map(shortly)]).toEqual([driver])
      expect([driver, ...unmanaged.filter(({ kind }) => kind !== 'extension')]).toEqual([driver])
      expect(wanted.objects.size).toBeGreaterThan(5)
    }
  })
})
