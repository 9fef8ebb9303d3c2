import { afterAll } from 'vitest'
import { keyedCalls } from '../../runtime/src/mongo/repository/index.js'
import { sessionOf } from '../../runtime/src/mongo/session.js'
import { openServer, testOn } from '../support/mongo-server.js'
import { proveCalls } from './members-calls.js'
import { createIndexes, membersCollection } from './members-collection.js'

const server = await openServer()
afterAll(() => server?.close())

const proved = testOn(server, 'the calls on rows')

/** Runs a test on an empty collection. */
const test: Parameters<typeof proveCalls>[0] = (title, run, needs = []) =>
  proved(title, needs, async ({ connection, can }) => {
    await connection.dropDatabase()
    await createIndexes(connection, can.has('partial'))
    const db = sessionOf(connection)
    const members = keyedCalls({ db, collection: membersCollection, all: [membersCollection], keys: {} })
    await run({
      members,
      spoil: async (user) => {
        await connection.collection('members').updateOne({ user_id: String(user) }, { $set: { coins: 'many' } })
      },
    })
  })

proveCalls(test)
