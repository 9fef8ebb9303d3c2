import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openServer, testOn } from '../support/mongo-server.js'
import { loadDocuments, outcomeOf } from './mongo-bots.js'
import { calls } from './mongo-campaign/calls.js'
import { modelsOn } from './mongo-campaign/models.js'

const folder = new URL('./mongo-campaign/', import.meta.url)
const expected: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'))

const server = await openServer()
const models = server === null ? null : modelsOn(server.connection)

beforeAll(async () => {
  if (server === null || models === null) return
  await loadDocuments(server.connection, new URL('documents.json', folder))
  const isPartialLost = !server.can.has('partial')
  // A server that takes a partial unique index for one of all documents refuses the campaigns without a code.
  const made = Object.values(models).filter((model) => !(isPartialLost && model.modelName === 'Campaign'))
  await Promise.all(made.map((model) => model.init()))
})

afterAll(() => server?.close())

test('each call has its recorded outcome', () => {
  expect(calls.map(([name]) => name)).toEqual(Object.keys(expected))
})

const testCall = testOn(server, 'calls of the campaign bot')

for (const [name, run, needs = []] of calls) {
  testCall(name, needs, async () => {
    expect(await outcomeOf(models, (given) => (given === null ? undefined : run(given)))).toEqual(expected[name])
  })
}
