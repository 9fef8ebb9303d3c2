import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EmittedFile } from '../../generators/engines/script/emitted.js'
import { openTestDatabases, type TestDatabase } from '../support/postgres.js'
import { callOf, emittedFiles, fileOf, loadModule } from './emitted.js'
import { type Outcome, scenario } from './scenario.js'
import { scenarioFiles } from './scenario-set.js'

let files: readonly EmittedFile[] = []
let databases: readonly (readonly [driver: string, database: TestDatabase])[] = []

beforeAll(async () => {
  files = await emittedFiles(scenarioFiles)
  databases = await openTestDatabases()
})

afterAll(async () => {
  for (const [, database] of databases) await database.close()
})

const outcomesOn = async (database: TestDatabase): Promise<readonly Outcome[]> => {
  await database.exec(fileOf(files, 'postgres/schema.sql'))
  const call = callOf(await loadModule(files, 'postgres/index.ts'))
  const db = {
    query: async (text: string, values: readonly unknown[]) => ({ rows: await database.query(text, values) }),
  }
  return scenario((name, ...given) => call(name, db, ...given))
}

describe('the script of calls on Postgres', () => {
  it('gives what was recorded, whatever the driver', async () => {
    for (const [, database] of databases) {
      const outcomes = await outcomesOn(database)
      await expect(`${JSON.stringify(outcomes, null, 2)}\n`).toMatchFileSnapshot('scenario.outcomes.json')
    }
  })
})
