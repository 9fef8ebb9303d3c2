import { afterAll, afterEach, expect } from 'vitest'
import { openServer, testOn } from '../support/mongo-server.js'
import { setIn } from '../unit/mongoose/emitted.js'
import { type Document, emptied, type StoredEntity, storedOn } from '../unit/mongoose/stored.js'

const server = await openServer()
const test = testOn(server, 'one row for NULL in the unique pairs of the companion and Tomori')

afterEach(() => emptied(server))

afterAll(() => server?.close())

/** MongoDB's code for a second document with the key of a unique index. */
const duplicateKey = 11_000

const outcome = async (attempt: Promise<unknown>): Promise<string> => {
  try {
    await attempt
    return 'accepted'
  } catch (failure) {
    return (failure as { code?: unknown }).code === duplicateKey ? 'duplicate' : String(failure)
  }
}

/** What saves through the model, and what the driver stores beside it, with the field missing rather than null. */
const writersOf = ({ model, collection }: StoredEntity) => ({
  save: (document: Document) => outcome(new model({ ...document }).save()),
  storeWithout: async (field: string, document: Document) => {
    const whole = new model({ ...document }).toObject({ depopulate: true })
    const { [field]: _, ...rest } = whole as Document
    return outcome(collection.insertOne(rest as never))
  },
})

const [guild, otherGuild] = ['123456789012345678', '223456789012345678']

test('the companion has one state for all guilds, and one of each', [], async (on) => {
  const { save, storeWithout } = writersOf((await storedOn(on, setIn('schemas/companion')))('bot_state'))
  expect(await save({})).toBe('accepted')
  expect(await save({ guild_id: null })).toBe('duplicate')
  expect(await storeWithout('guild_id', {})).toBe('duplicate')
  expect(await save({ guild_id: guild })).toBe('accepted')
  expect(await save({ guild_id: otherGuild })).toBe('accepted')
  expect(await save({ guild_id: guild })).toBe('duplicate')
})

test('the companion has one global opinion on a topic, missing or null, and one in each guild', [], async (on) => {
  const { save, storeWithout } = writersOf((await storedOn(on, setIn('schemas/companion')))('bot_opinion'))
  expect(await storeWithout('guild_id', { topic: 'climbing' })).toBe('accepted')
  expect(await save({ topic: 'climbing' })).toBe('duplicate')
  expect(await save({ topic: 'climbing', guild_id: null })).toBe('duplicate')
  expect(await save({ topic: 'cooking' })).toBe('accepted')
  expect(await save({ topic: 'climbing', guild_id: guild })).toBe('accepted')
  expect(await save({ topic: 'climbing', guild_id: guild })).toBe('duplicate')
})

test('the companion has one global relationship with a person, and one in each guild', [], async (on) => {
  const { save, storeWithout } = writersOf((await storedOn(on, setIn('schemas/companion')))('user_relationship'))
  const [user_id, other] = ['65f000000000000000000001', '65f000000000000000000002']
  expect(await save({ user_id })).toBe('accepted')
  expect(await save({ user_id })).toBe('duplicate')
  expect(await storeWithout('guild_id', { user_id })).toBe('duplicate')
  expect(await save({ user_id: other })).toBe('accepted')
  expect(await save({ user_id, guild_id: guild })).toBe('accepted')
})

test('Tomori has any number of keys of no server: there NULL is no value', ['partial'], async (on) => {
  const { save } = writersOf((await storedOn(on, setIn('schemas/tomori')))('mcp_api_key'))
  const server_id = '65f000000000000000000001'
  expect(await save({ mcp_name: 'search' })).toBe('accepted')
  expect(await save({ mcp_name: 'search' })).toBe('accepted')
  expect(await save({ mcp_name: 'search', server_id })).toBe('accepted')
  expect(await save({ mcp_name: 'search', server_id })).toBe('duplicate')
})
