import { EventEmitter } from 'node:events'
import { type Connection, mongo } from 'mongoose'
import { afterAll, beforeEach, describe, expect } from 'vitest'
import { openServer, testOn } from '../../support/mongo-server.js'
import { ageingFiles, leavingFiles } from './retention-sets.js'
import { ageingOn, type Stored } from './retention-subject.js'
import { type Asked, nothing, transacting } from './transacting.js'

const server = await openServer()
const proved = testOn(server, 'that retention on Mongo keeps to its transaction')
const subject = server === null ? null : await ageingOn(server, { ...ageingFiles, ...leavingFiles })

const given = () => {
  if (subject === null) throw new Error('there is no server')
  return subject
}

beforeEach(() => subject?.empty())

afterAll(() => server?.close())

const at = (text: string): Date => new Date(`2090-${text}Z`)
const { Long, ObjectId } = mongo.BSON

describe('in a transaction', () => {
  proved('a batch is written whole, and notes nothing', [], async ({ connection }) => {
    const asked: Asked = nothing()
    const { put, callOn, in: stored } = given()
    await put(
      'notes',
      ['1', '2', '3'].map((_id): Stored => ({ _id, written_at: at('01-01T00:00'), number: Long.fromNumber(5) })),
    )
    const options = { at: at('01-24T00:00'), only: ['note'] }
    const report = await callOn(transacting(connection, asked), 'runRetention', options)
    expect(report).toMatchObject({ failures: [], finished: true })
    expect(await stored('note_months')).toMatchObject([{ notes: 3 }])
    expect(await stored('botschema_retention')).toEqual([])
    expect(asked.within).toContain('bulkWrite')
    expect(asked.outside).toEqual([])
    expect(asked.transactions).toEqual(asked.transactions.map(() => ({ readPreference: mongo.ReadPreference.primary })))
  })

  proved('an event is done whole', [], async ({ connection }) => {
    const asked: Asked = nothing()
    const { callOn, put, in: stored } = given()
    await put('letter_counts', [{ server_id: '1000', letters: 3 }])
    await callOn(transacting(connection, asked), 'guildLeave', '1000')
    await callOn(transacting(connection, asked), 'forgetUser', '1000')
    expect(await stored('letter_counts')).toEqual([])
    expect(asked.within).toContain('deleteMany')
    expect(asked.outside).toEqual([])
  })

  proved('a large event goes in several, and ends with one for all of it', [], async ({ connection }) => {
    const asked = nothing()
    const { callOn, put, in: stored } = given()
    const letter: Stored = {
      server_id: '1000',
      writer: new ObjectId(),
      copies: [],
      written_at: at('01-01T00:00'),
      archived_at: at('01-11T00:00'),
      archived_because: 'after 10 days of written_at',
    }
    const letters = Array.from({ length: 10_001 }, () => letter)
    await put('letters_archive', letters)
    const touched = (await callOn(transacting(connection, asked), 'guildLeave', '1000')) as readonly Stored[]
    expect(touched.find(({ from }) => from === 'letters_archive')).toMatchObject({ rows: 10_001 })
    expect(await stored('letters_archive')).toEqual([])
    expect(asked.transactions.length).toBeGreaterThan(10)
  })
})

describe('a server that does not answer', () => {
  const client = new EventEmitter()
  const silent = (connection: Connection): Connection =>
    new Proxy(connection, {
      get: (target, name) => {
        if (name === 'getClient') return () => client
        if (name === 'asPromise')
          return async () => ({
            db: {
              admin: () => ({
                command: async () => {
                  throw new Error('away')
                },
              }),
            },
          })
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })

  proved('is not taken for one without transactions', [], async ({ connection }) => {
    const { callOn, put, in: stored } = given()
    await put('notes', [{ _id: '1', written_at: at('01-01T00:00'), number: Long.fromNumber(5) }])
    const report = await callOn(silent(connection), 'runRetention', { at: at('01-24T00:00'), only: ['note'] })
    expect(report).toMatchObject({ retired: [], failures: [{ entity: 'note', error: { message: 'away' } }] })
    expect(await stored('notes')).toHaveLength(1)
    await expect(callOn(silent(connection), 'guildLeave', '1000')).rejects.toThrow('away')
  })
})
