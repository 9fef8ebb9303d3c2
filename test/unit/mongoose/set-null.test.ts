import { mongo } from 'mongoose'
import { afterAll, beforeEach, describe, expect } from 'vitest'
import { openServer, testOn } from '../../support/mongo-server.js'
import { ageingOn, type Stored } from './retention-subject.js'

const server = await openServer()
const proved = testOn(server, 'references on Mongo of which one field becomes null')

const entities = `
entity: channel
key: [guild_id, id]
fields: { guild_id: snowflake(guild), id: snowflake(channel), closed_at: timestamp }
indexes: [[closed_at]]
retention:
  clock: closed_at
  steps: [{ after: 1 day, delete: true }]
  guild_leave: delete
---
entity: setting
key: [guild_id, name]
fields: { guild_id: snowflake(guild), name: text, channel_id: snowflake(channel)? }
references:
  - { fields: [guild_id, channel_id], to: channel, on_delete: { set_null: [channel_id] } }
`

const root = 'name: settings\noutput: out\nstores: [mongo]\ntargets: { markdown: false, json-schema: false }\n'
const files = { 'botschema.yaml': root, 'entities.yaml': entities }
const subject = server === null ? null : await ageingOn(server, files)

const given = () => {
  if (subject === null) throw new Error('there is no server')
  return subject
}

const idOf = (id: string) => new mongo.BSON.ObjectId(id.padStart(24, '0'))

const setting = (guild_id: string, channel_id: string | null): Stored => ({
  _id: idOf(guild_id),
  guild_id,
  name: 'log',
  channel_id,
})

beforeEach(async () => {
  await subject?.empty()
  const channel = (guild_id: string): Stored => ({ _id: idOf(guild_id), guild_id, id: '10', closed_at: new Date(0) })
  await subject?.put('channels', [channel('1'), channel('2')])
  await subject?.put('settings', [setting('1', '10'), setting('2', '10')])
})

afterAll(() => server?.close())

describe('the other fields, which belong to the key, are kept', () => {
  proved('when retention deletes the document', [], async () => {
    const report = await given().call('runRetention', { at: new Date(), wait: 0 })
    expect(report).toMatchObject({ retired: [{ entity: 'channel', rows: 2 }], failures: [] })
    expect(await given().in('settings')).toEqual([setting('1', null), setting('2', null)])
  })

  proved('when the guild leaves', [], async () => {
    await given().call('guildLeave', '1')
    expect(await given().in('channels')).toHaveLength(1)
    expect(await given().in('settings')).toEqual([setting('1', null), setting('2', '10')])
  })
})
