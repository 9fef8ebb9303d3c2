import { readFileSync } from 'node:fs'
import { afterAll, describe, expect } from 'vitest'
import { prepare } from '../access/mongo-collections.js'
import { openServer, testOn } from '../support/mongo-server.js'
import { vaultKeys } from './databases.js'
import { callOf, emittedFiles, loadModule } from './emitted.js'
import { type Outcome, scenario } from './scenario.js'
import { scenarioFiles } from './scenario-set.js'

const server = await openServer()
const proved = testOn(server, 'the storage interface on Mongo')

afterAll(() => server?.close())

const recorded = (): readonly Outcome[] =>
  JSON.parse(readFileSync(new URL('scenario.outcomes.json', import.meta.url), 'utf8'))

describe('the script of calls on Mongo', () => {
  proved('gives what was recorded on Postgres', [], async (on) => {
    const files = await emittedFiles(scenarioFiles)
    await prepare(on, files)
    const make = callOf(await loadModule(files, 'mongoose/access/index.ts'))
    const storage = await make('mongoStorage', on.connection, { keys: vaultKeys })
    const lacks = on.can.has('partial') ? null : 'partial'
    const outcomes = await scenario(callOf(storage as object), lacks)
    const expected = recorded().filter(({ needs }) => needs === undefined || needs !== lacks)
    expect(JSON.parse(JSON.stringify(outcomes))).toEqual(expected)
  })
})
