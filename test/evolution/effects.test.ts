import { afterAll, beforeAll, expect, test } from 'vitest'
import { differencesOf, effectOf, type Facts, likenessOn, readFacts } from '../../generators/evolution/index.js'
import { openTestDatabase, type TestDatabase } from '../support/postgres.js'
import { emitted, setOf } from '../support/schema-sql.js'
import { askOf, factsAfter, shortly } from './sets.js'

const yaml = `entity: mute
summary: A mute that ends.
fields:
  id: identity
  channel: { type: text, min_length: 2 }
  state: { type: text = open, values: [open, shut], as: type }
  note: text?
  ends_at: timestamp
unique:
  - [channel]
indexes:
  - [ends_at]
timestamps: { updated: true }
`

let engine: TestDatabase
let sql = ''
let wanted: Facts

beforeAll(async () => {
  engine = await openTestDatabase()
  sql = await emitted(setOf(yaml))
  wanted = await factsAfter(engine, sql, 'public')
})

afterAll(() => engine.close())

/** What a bot that runs the emitted code meets. */
const effects = [
  ['breaks reads', 'ALTER TABLE mutes DROP COLUMN note'],
  ['breaks reads', 'DROP TABLE mutes'],
  ['breaks reads', 'ALTER TABLE mutes ALTER COLUMN note TYPE varchar(9)'],
  ['breaks reads', "ALTER TYPE mute_state ADD VALUE 'ajar'"],
  ['breaks writes', 'ALTER TABLE mutes ALTER COLUMN note SET NOT NULL'],
  ['breaks writes', 'ALTER TABLE mutes ALTER COLUMN state DROP DEFAULT'],
  ['breaks writes', 'ALTER TABLE mutes ADD COLUMN more integer NOT NULL'],
  ['breaks writes', 'ALTER TABLE mutes ADD CONSTRAINT more CHECK (note IS NOT NULL)'],
  ['breaks writes', 'CREATE UNIQUE INDEX more ON mutes (ends_at)'],
  ['loosens a promise', 'ALTER TABLE mutes ALTER COLUMN channel DROP NOT NULL'],
  ['loosens a promise', 'ALTER TABLE mutes DROP CONSTRAINT mutes_channel_check'],
  ['loosens a promise', 'ALTER TABLE mutes DROP CONSTRAINT mutes_channel_key'],
  ['loosens a promise', 'DROP INDEX mutes_ends_at_idx'],
  ['loosens a promise', 'ALTER TABLE mutes DISABLE TRIGGER USER'],
  ['is cosmetic', "COMMENT ON TABLE mutes IS 'another'"],
  ['is cosmetic', 'ALTER TABLE mutes ADD COLUMN more integer'],
  ['is cosmetic', 'ALTER TABLE mutes ADD COLUMN more integer NOT NULL DEFAULT 0'],
  ['is cosmetic', 'CREATE INDEX more ON mutes (note)'],
] as const

test.each(effects)('it %s: %s', async (effect, change) => {
  await engine.reset()
  await engine.exec(sql)
  await engine.exec(change)
  const found = await readFacts(askOf(engine), 'public')
  const { differences } = await differencesOf(wanted, found, likenessOn(askOf(engine), found))
  expect(differences.map((difference) => [shortly(difference), effectOf(difference)])).toEqual([
    [expect.any(String), effect],
  ])
})
