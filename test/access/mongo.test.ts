import { readFileSync } from 'node:fs'
import mongoose from 'mongoose'
import { afterAll, describe, expect, it } from 'vitest'
import { callOf, emittedFiles, loadModule } from '../storage/emitted.js'
import { scenarioFiles } from '../storage/scenario-set.js'
import { openServer, testOn } from '../support/mongo-server.js'
import { prepare } from './mongo-collections.js'
import { type Outcome, scenario } from './scenario.js'

const server = await openServer()
const proved = testOn(server, 'data access on Mongo')

afterAll(() => server?.close())

const recorded = (): readonly Outcome[] =>
  JSON.parse(readFileSync(new URL('scenario.outcomes.json', import.meta.url), 'utf8'))

describe('the script of calls on Mongo', () => {
  proved('gives what was recorded on Postgres', [], async (on) => {
    const files = await emittedFiles(scenarioFiles)
    await prepare(on, files)
    const call = callOf(await loadModule(files, 'mongoose/access/index.ts'))
    const lacks = on.can.has('partial') ? null : 'partial'
    const outcomes = await scenario((name, ...given) => call(name, on.connection, ...given), lacks)
    const expected = recorded().filter(({ needs }) => needs === undefined || needs !== lacks)
    expect(JSON.parse(JSON.stringify(outcomes))).toEqual(expected)
  })

  it('takes no id that Postgres made', async () => {
    const call = callOf(await loadModule(await emittedFiles(scenarioFiles), 'mongoose/access/index.ts'))
    const refusal = { issues: [{ message: 'not an id that Mongo made' }] }
    await expect(call('getWarning', mongoose.createConnection(), '5')).rejects.toMatchObject(refusal)
  })
})
