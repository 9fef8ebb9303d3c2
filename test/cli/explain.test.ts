import { describe, expect, test } from 'vitest'
import { explainEntity } from '../../generators/pipeline/explain/index.js'
import { memoryHost } from '../../generators/pipeline/memory-host.js'
import { openSubjects } from '../storage/databases.js'
import { scenarioFiles } from '../storage/scenario-set.js'

const hostOf = (texts: Readonly<Record<string, string>>) =>
  memoryHost(new Map(Object.entries(texts).map(([path, text]) => [`set/${path}`, text])))

const explained = async (texts: Readonly<Record<string, string>>, entity: string) => {
  const { outcome, diagnostics } = await explainEntity(hostOf(texts), 'set', new Map(), entity)
  expect(diagnostics).toEqual([])
  if (outcome === null || !('stores' in outcome)) throw new Error(`${entity} is not explained`)
  return outcome.stores
}

const entities = [
  'guild',
  'member',
  'warning',
  'memory',
  'ticket',
  'tally',
  'note',
  'club_state',
  'event',
  'vote',
  'vault',
] as const

/** A statement without what only its layout is. */
const plain = (statement: string): string => statement.replace(/\s+/g, '').toLowerCase()

describe('explain', () => {
  test.each(entities)('tells what every call on %s sends, in each store that has it', async (entity) => {
    for (const { store, calls } of await explained(scenarioFiles, entity)) {
      expect({ store, silent: calls.filter(({ sends }) => sends.length === 0).map(({ call }) => call) }).toEqual({
        store,
        silent: [],
      })
      expect(calls.length).toBeGreaterThan(3)
    }
  })

  test('tells the statements that a real database is sent', async () => {
    const { subjects, close } = await openSubjects(scenarioFiles)
    try {
      const [postgres] = await explained(scenarioFiles, 'guild')
      const told = new Map(postgres?.calls.map(({ call, sends }) => [call, sends.map(plain)]))
      for (const { call, client } of subjects) {
        const sentBy = async (path: string, ...given: readonly unknown[]): Promise<readonly string[]> => {
          client.statements.length = 0
          await call(path, ...given)
          return client.statements.map(({ text }) => plain(text))
        }
        const id = '100000000000000001'
        const row = { id, name: 'one' }
        expect(await sentBy('guild.insert', row)).toEqual(told.get('insert(row)'))
        expect(await sentBy('guild.get', id)).toEqual(told.get('get(key)'))
        expect(await sentBy('guild.get', { name: 'one' })).toEqual(told.get('get({ name })'))
        expect(await sentBy('guild.getMany', [id])).toEqual(told.get('getMany(keys)'))
        expect(await sentBy('guild.find', { where: { name: 'one' } })).toEqual(told.get('find({ where: { name } })'))
        expect(await sentBy('guild.count', { name: 'one' })).toEqual(told.get('count({ name })'))
        expect(await sentBy('guild.update', id, { name: 'two' })).toEqual(told.get('update(key, patch)'))
        expect(await sentBy('guild.deleteMany', { name: 'no' })).toEqual(told.get('deleteMany({ name })'))
        expect(await sentBy('guild.delete', id)).toEqual(told.get('delete(key)'))
      }
    } finally {
      await close()
    }
  })

  test('tells the calls of the driver of MongoDB, with what a row is like', async () => {
    const stores = await explained(scenarioFiles, 'warning')
    const mongo = new Map(stores.find(({ store }) => store === 'mongo')?.calls.map(({ call, sends }) => [call, sends]))
    expect(mongo.get('get(key)')).toEqual([
      'warnings.findOne({"$and":[{"_id":{"$eq":{"$oid":"65920080000000000000000a"}}}]})',
    ])
    expect(mongo.get('lists.saying({ reason })')?.[0]).toMatch(
      /^warnings\.find\(.*\{"sort":\{"_id":1\},"limit":101\}\)$/,
    )
  })

  test('knows which entities there are', async () => {
    const { outcome } = await explainEntity(hostOf(scenarioFiles), 'set', new Map(), 'gild')
    expect(outcome).toMatchObject({ entities: expect.arrayContaining(['guild', 'member']) })
  })
})
