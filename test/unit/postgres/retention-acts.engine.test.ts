import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase, refusal, type TestDatabase } from '../../support/postgres.js'
import { loadRetention } from '../../support/retention.js'
import { emitted, setOf } from '../../support/schema-sql.js'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

beforeEach(() => database.reset())

const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => String(at + 1))

describe('the moment that rows are due', () => {
  const note = (type: string, step: string) => `
entity: note
fields: { id: snowflake, at: '${type}' }
indexes: [[at]]
retention: { clock: at, steps: [{ ${step}, delete: true }] }
`
  const at = '2024-03-31T12:00:00.000Z'

  it.each([
    [
      'timestamp',
      'after: 1 month',
      ['2024-02-29T12:00:00.001Z', '2024-02-29T12:00:00.000Z', '2024-02-29T11:59:59.999Z'],
    ],
    ['timestamp?', 'after: 13 months', ['2023-02-28T12:00:00.001Z', '2023-02-28T12:00:00.000Z', null]],
    [
      'timestamp(ms)',
      'after: 1 year',
      ['2023-03-31T12:00:00.001Z', '2023-03-31T12:00:00.000Z', '2023-03-31T11:59:59.999Z'],
    ],
    ['timestamp', 'at: at', ['2024-03-31T12:00:00.001Z', at, '2024-03-31T11:59:59.999Z']],
    ['date', 'after: 1 month', ['2024-03-01', '2024-02-29', '2024-02-28']],
    ['date?', 'at: at', ['2024-04-01', '2024-03-31', null]],
  ])('of a %s is %s, to the millisecond, in UTC whatever the zone of the session', async (type, step, clocks) => {
    const { insert, run, rows } = await loadRetention(database, note(type, step))
    await database.exec(`SET TIME ZONE 'Pacific/Auckland'`)
    await insert('note', ...clocks.map((clock, index) => ({ id: String(index + 1), at: clock })))
    const due = clocks.filter((clock, index) => index > 0 && clock !== null).length
    expect(await database.query('SELECT act, due::text FROM due_notes($1::text::timestamptz)', [at])).toEqual([
      { act: 0, due: String(due) },
    ])
    expect(await run('notes', at)).toEqual({ 0: due })
    expect(await rows('notes', 'id')).toEqual(
      ids(3)
        .filter((_, index) => index === 0 || clocks[index] === null)
        .map((id) => `(${id})`),
    )
    await database.exec(`SET TIME ZONE 'UTC'`)
  })

  it('is read from naive timestamps as UTC', async () => {
    const { insert, run, texts } = await loadRetention(database, note('timestamp', 'after: 1 month'), {
      timestamp: 'naive',
    })
    await database.exec(`SET TIME ZONE 'America/New_York'`)
    await insert('note', { id: '1', at: '2024-02-29T12:00:00.001Z' }, { id: '2', at: '2024-02-29T12:00:00.000Z' })
    expect(await texts(`SELECT (oldest AT TIME ZONE 'UTC')::text AS text FROM due_notes('${at}')`)).toEqual([
      '2024-02-29 12:00:00',
    ])
    expect(await run('notes', at)).toEqual({ 0: 1 })
    await database.exec(`SET TIME ZONE 'UTC'`)
  })

  it('comes to the oldest first, a batch at a time', async () => {
    const { insert, rows } = await loadRetention(database, note('timestamp', 'after: 1 day'))
    await insert('note', ...[3, 1, 4, 2].map((day) => ({ id: String(day), at: `2024-01-0${day}T00:00:00.000Z` })))
    expect(await database.query(`SELECT retired::text FROM retire_notes('${at}', 2)`)).toEqual([{ retired: '2' }])
    expect(await rows('notes', 'id')).toEqual(['(3)', '(4)'])
    expect(await database.query(`SELECT retired::text FROM retire_notes('${at}', 0)`)).toEqual([])
  })
})

describe('setting fields', () => {
  const task = `
enum: state
values: [open, done]
---
entity: task
fields:
  id: snowflake
  state: state = open
  tags: { type: list<state>, default: [] }
  note: text?
  details: { fields: { on: boolean } }
  closed_at: timestamp?
  made_at: timestamp
  due: boolean?
indexes: [[made_at]]
timestamps: { updated: changed_at }
retention:
  clock: made_at
  steps:
    - after: 1 day
      where: "due = true and made_at < now()"
      set: { state: done, tags: [done, open], note: "it's over", details: { on: false }, closed_at: now }
`
  const row = { state: 'open', tags: [], note: null, details: { on: true }, made_at: '2024-01-01T00:00:00.000Z' }

  it('is done once, to rows whose condition is true', async () => {
    const { insert, run, texts } = await loadRetention(database, task)
    await insert(
      'task',
      { id: '1', due: true, ...row },
      { id: '2', due: false, ...row },
      { id: '3', due: null, ...row },
    )
    expect(await run('tasks', '2024-01-02T00:00:00.000Z', 1)).toEqual({ 0: 1 })
    expect(
      await texts(
        "SELECT concat_ws(' ', id, state, tags, note, details, closed_at AT TIME ZONE 'UTC') AS text FROM tasks WHERE state = 'done'",
      ),
    ).toEqual([`1 done {done,open} it's over {"on": false} 2024-01-02 00:00:00`])
    expect(await run('tasks', '2024-01-09T00:00:00.000Z')).toEqual({ 0: 0 })
  })
})

describe('archives and summaries', () => {
  const sale = `
entity: sale
append_only: true
fields:
  id: identity
  shop: { type: "enum(north, south)?" }
  price: decimal(8, 2)
  weight: real?
  took: { type: duration(seconds)?, as: interval }
  sold_at: timestamp(ms)
  key: text?
  run: boolean = false
indexes: [[sold_at]]
retention:
  clock: sold_at
  steps:
    - { after: 30 days, archive: sales_archive }
    - after: 60 days
      delete: true
      summarise:
        into: sale_summaries
        by: [shop, week(sold_at)]
        count: sales
        sum: { total: price, load: weight, time: took }
        min: { first_at: sold_at }
        max: { top: price }
`
  const sold = (shop: string | null, price: string, day: string, others = {}) => ({
    shop,
    price,
    sold_at: `${day}T10:00:00.000Z`,
    ...others,
  })

  it.each([13, 15])('have each row once, null being a group, on Postgres %i', async (version) => {
    const { insert, run, texts } = await loadRetention(database, sale, { version })
    await database.exec(`SET TIME ZONE 'Asia/Tokyo'`)
    await insert(
      'sale',
      sold('north', '1.50', '2024-01-01', { weight: 0.5, took: 90 }),
      sold(null, '2.00', '2024-01-02', { took: 5 }),
    )
    expect(await refusal(database.exec('DELETE FROM sales'))).toContain('append-only')
    expect(await run('sales', '2024-02-15T00:00:00Z', 1)).toEqual({ 0: 2, 1: 0 })
    expect(await refusal(database.exec('UPDATE sales SET price = 1'))).toBe('accepted')
    expect(
      await texts(
        `SELECT concat_ws('|', id, shop, archived_at AT TIME ZONE 'UTC', archived_because) AS text FROM sales_archive ORDER BY id`,
      ),
    ).toEqual([
      '1|north|2024-02-15 00:00:00|after 30 days of sold_at',
      '2|2024-02-15 00:00:00|after 30 days of sold_at',
    ])
    expect(await run('sales', '2024-03-15T00:00:00Z')).toEqual({ 0: 0, 1: 2 })
    await insert(
      'sale',
      sold('north', '4.00', '2024-01-03'),
      sold(null, '1.00', '2024-01-01'),
      sold('north', '9.00', '2024-01-08'),
    )
    expect(await run('sales', '2024-04-15T00:00:00Z', 2)).toEqual({ 0: 3, 1: 3 })
    expect(
      await texts(`SELECT concat_ws('|', coalesce(shop::text, '-'), to_timestamp(sold_at_week / 1000) AT TIME ZONE 'UTC', sales,
        total, load, time, to_timestamp(first_at / 1000) AT TIME ZONE 'UTC', top) AS text FROM sale_summaries ORDER BY shop, sold_at_week`),
    ).toEqual([
      'north|2024-01-01 00:00:00|2|5.50|0.5|90|2024-01-01 10:00:00|4.00',
      'north|2024-01-08 00:00:00|1|9.00|0|0|2024-01-08 10:00:00|9.00',
      '-|2024-01-01 00:00:00|2|3.00|0|5|2024-01-01 10:00:00|2.00',
    ])
    await database.exec(`SET TIME ZONE 'UTC'`)
  })

  it('take what meets a condition, and the rest is deleted where it is', async () => {
    const { insert, run, rows } = await loadRetention(
      database,
      `
entity: message
fields: { id: snowflake, at: date, pinned: boolean? }
indexes: [[at]]
retention:
  clock: at
  steps:
    - { after: 1 day, where: pinned = true, archive: pinned_messages }
    - { after: 1 week, delete: true, summarise: { into: message_counts, by: [month(at)], count: messages } }
`,
    )
    await database.exec(`SET TIME ZONE 'America/New_York'`)
    await insert(
      'message',
      ...[true, false, null].map((pinned, at) => ({ id: String(at + 1), at: '2024-01-31', pinned })),
    )
    expect(await run('messages', '2024-02-02T00:00:00Z')).toEqual({ 0: 1, 1: 0, 2: 0 })
    expect(await rows('pinned_messages', 'id')).toEqual(['(1)'])
    await insert('message', { id: '4', at: '2024-01-01', pinned: true })
    expect(await run('messages', '2024-02-07T00:00:00Z', 1)).toEqual({ 0: 1, 1: 2, 2: 2 })
    expect(await rows('message_counts')).toEqual(['(2024-01-01,4)'])
    await database.exec(`SET TIME ZONE 'UTC'`)
  })
})

describe('the newest rows', () => {
  const log = (steps: string) => `
entity: log
fields: { id: snowflake, owner: text?, at: timestamp?, gone_at: timestamp? }
indexes: [[owner, at], [gone_at]]
retention: { clock: at, keep_newest: { count: 2, per: [owner] }${steps} }
`
  const entry = (id: number, owner: string | null, at: number | null) => ({
    id: String(id),
    owner,
    at: at === null ? null : `2024-01-0${at}T00:00:00.000Z`,
    gone_at: '2024-01-01T00:00:00.000Z',
  })
  const entries = [
    ...[entry(1, 'a', 1), entry(2, 'a', 2), entry(3, 'a', 2), entry(4, 'a', 2), entry(5, 'b', 1), entry(6, 'b', null)],
    ...[entry(7, null, 1), entry(8, null, 2), entry(9, null, 3)],
  ]

  it('of each group stay, by their key where their clocks are one', async () => {
    const { insert, run, rows } = await loadRetention(database, log(''))
    await insert('log', ...entries)
    expect(await run('logs', '2030-01-01T00:00:00Z', 2)).toEqual({ 0: 4 })
    expect(await rows('logs', 'id')).toEqual(['(3)', '(4)', '(5)', '(8)', '(9)'])
  })

  it('stay however old they are', async () => {
    const { insert, run, rows } = await loadRetention(database, log(', steps: [{ at: gone_at, delete: true }]'))
    await insert('log', ...entries)
    expect(await run('logs', '2024-01-01T00:00:00Z')).toEqual({ 0: 4 })
    expect(await rows('logs', 'id')).toEqual(['(3)', '(4)', '(5)', '(8)', '(9)'])
  })
})

describe('partitions', () => {
  const event = (others: string) => `
entity: event
key: [id, at]
fields: { id: snowflake, at: timestamp, kind: text?, note: text? }
indexes: [[at]]
postgres: { partition: { by: month, on: at, ahead: 1 } }
retention:
  clock: at
  steps: [${others}]
`
  const parts = "SELECT relname AS text FROM pg_class WHERE relispartition AND relkind = 'r' ORDER BY relname"
  const days = ['2024-01-10', '2024-01-31', '2024-02-10', '2024-03-10']
  const rows = days.map((day, index) => ({ id: String(index + 1), at: `${day}T00:00:00.000Z`, kind: null, note: null }))

  it('go whole once all of their rows are due, whatever dates look like in the session', async () => {
    const loaded = await loadRetention(database, event('{ after: 30 days, delete: true }'))
    // Abbreviations of zones are not read as they are printed: this one is taken for that of Israel.
    await database.exec(`SET TIME ZONE 'Asia/Kolkata'; SET datestyle = 'SQL, DMY'`)
    await database.exec(`SELECT public.events_make_partitions('2024-01-15Z', 2)`)
    await loaded.insert('event', ...rows, { ...rows[0], id: '9', at: '1999-01-01T00:00:00.000Z' })
    expect(await loaded.run('events', '2024-03-02T00:00:00Z')).toEqual({ 0: 3 })
    expect(await loaded.texts(parts)).toEqual(['events_default', 'events_y2024m02', 'events_y2024m03'])
    expect(await loaded.rows('events', 'id')).toEqual(['(3)', '(4)'])
    await database.exec(`SET TIME ZONE 'UTC'; RESET datestyle`)
  })

  it.each([
    ['{ after: 30 days, archive: old_events }', 'old_events'],
    ['{ after: 30 days, delete: true, summarise: { into: event_counts, by: [kind], count: n } }', 'event_counts'],
  ])('go once they are empty where their rows are kept elsewhere: %s', async (step, into) => {
    const loaded = await loadRetention(database, event(step))
    await database.exec(`SELECT public.events_make_partitions('2024-01-15Z', 2)`)
    await loaded.insert('event', ...rows, { ...rows[0], id: '9', at: '1999-01-01T00:00:00.000Z' })
    const all = ['events_default', 'events_y2024m01', 'events_y2024m02', 'events_y2024m03']
    expect(await loaded.run('events', '2024-03-12T00:00:00Z')).toEqual({ 0: 4 })
    expect(await loaded.texts(parts)).toEqual(all)
    expect(await loaded.rows('events', 'id')).toEqual(['(4)'])
    expect(await loaded.rows(into)).toHaveLength(into === 'old_events' ? 4 : 1)
    if (into === 'event_counts') expect(await loaded.rows(into)).toEqual(['(,4)'])
    expect(await loaded.run('events', '2024-03-12T00:00:00Z')).toEqual({ 0: 0 })
    expect(await loaded.texts(parts)).toEqual(all.filter((name) => !name.endsWith('m01')))
  })

  it.each([
    ['a view is on them', 'BEGIN; CREATE VIEW january AS SELECT FROM events_y2024m01'],
    ['they are being read', 'BEGIN; DECLARE reading CURSOR FOR SELECT FROM events; FETCH reading'],
    ['a snapshot may be older than what is in them', 'BEGIN ISOLATION LEVEL REPEATABLE READ'],
  ])('lose their rows one by one where %s', async (_, before) => {
    const loaded = await loadRetention(database, event('{ after: 30 days, delete: true }'))
    await database.exec("SELECT public.events_make_partitions('2024-01-15Z', 2)")
    await loaded.insert('event', ...rows)
    await database.exec(before)
    expect(await loaded.run('events', '2024-03-12T00:00:00Z')).toEqual({ 0: 3 })
    await database.exec('COMMIT')
    expect(await loaded.texts(parts)).toContain('events_y2024m01')
  })

  it('stay while earlier steps have rows in them, and rows that are not due stay', async () => {
    const loaded = await loadRetention(
      database,
      event("{ after: 30 days, where: kind = 'x', before: tell, archive: told }, { after: 40 days, delete: true }"),
    )
    await database.exec("SELECT public.events_make_partitions('2024-01-15Z', 2)")
    await loaded.insert('event', ...rows.map((row, at) => ({ ...row, kind: at === 0 ? 'x' : null })))
    expect(await loaded.run('events', '2024-03-12T00:00:00Z')).toEqual({ 1: 0, 2: 1 })
    expect(await loaded.texts(parts)).toContain('events_y2024m01')
    expect(
      await loaded.texts(
        'SELECT retire_events_rows(0, \'[{"id":1,"at":"2024-01-10T00:00:00Z"}]\', \'2024-03-12Z\') AS text',
      ),
    ).toEqual(['1'])
    expect(await loaded.run('events', '2024-03-12T00:00:00Z')).toEqual({ 1: 1, 2: 0 })
    expect(await loaded.texts(parts)).not.toContain('events_y2024m01')
    expect(await loaded.rows('events', 'id')).toEqual(['(3)', '(4)'])
  })

  it('are no tables of their own to what refers to their rows', async () => {
    const loaded = await loadRetention(
      database,
      `${event('{ after: 30 days, delete: true }')}
---
entity: answer
fields: { id: snowflake, event_id: snowflake, event_at: timestamp }
references: [{ fields: [event_id, event_at], to: event, on_delete: cascade }]
`,
    )
    await database.exec("SELECT public.events_make_partitions('2024-01-15Z', 2)")
    await loaded.insert('event', ...rows)
    await loaded.insert('answer', { id: '1', event_id: '1', event_at: rows[0]?.at ?? '' })
    expect(await loaded.run('events', '2024-03-12T00:00:00Z', 2)).toEqual({ 0: 3 })
    expect(await loaded.rows('answers')).toEqual([])
    expect(await loaded.texts(parts)).toContain('events_y2024m01')
  })
})

describe('retention.sql', () => {
  const odd = `
entity: odd
table: 'odd "table'' $$ of words'
key: ["the key", batch]
fields:
  "the key": text
  batch: snowflake
  at: timestamp
  run: boolean = false
  done: boolean = false
  act: text?
  "moment": text?
indexes: [[at]]
retention:
  clock: at
  steps:
    - { after: 1 day, where: run = true, set: { done: true, act: "$$;--" } }
    - { after: 2 days, archive: 'archive "of" odd' }
    - { after: 3 days, delete: true, summarise: { into: 'odd ''counts''', by: [run, act], count: retired, max: { room: at } } }
`

  it('can be applied again, and finds no variable where a column is meant', async () => {
    const { insert, texts } = await loadRetention(database, odd, { schema: 'Odd', snowflake: 'text' })
    const text = await emitted(setOf(odd), { schema: 'Odd', snowflake: 'text' }, 'postgres/retention.sql')
    await database.exec(text)
    await insert('odd', { 'the key': 'a', batch: '1', at: '2024-01-01T00:00:00.000Z', run: true })
    expect(
      await database.query(`SELECT act, retired::text FROM "Odd"."retire_odd ""table' $$ of words"('2024-02-01Z')`),
    ).toEqual([0, 1, 2].map((act) => ({ act, retired: '1' })))
    expect(
      await texts(
        `SELECT concat_ws(' ', run, act, retired, room AT TIME ZONE 'UTC') AS text FROM "Odd"."odd 'counts'"`,
      ),
    ).toEqual(['t $$;-- 1 2024-01-01 00:00:00'])
  })

  it('has names of its own that no table or column is taken for', async () => {
    const { insert, run, texts } = await loadRetention(
      database,
      `
entity: run
table: run
fields: { id: snowflake, places: text?, done: text?, moment: timestamp, ago_1_day: text?, room: boolean = true, due: text? }
indexes: [[moment]]
retention:
  clock: moment
  steps:
    - { after: 1 days, set: { room: false } }
    - { after: 2 days, archive: due }
    - { after: 3 days, delete: true, summarise: { into: gone, by: [places, due], count: kept } }
`,
    )
    await insert('run', ...[1, 2, 3, 4].map((day) => ({ id: String(day), moment: `2024-01-0${day}T00:00:00.000Z` })))
    expect(await run('run', '2024-01-05T00:00:00Z', 3)).toEqual({ 0: 4, 1: 3, 2: 2 })
    expect(await texts('SELECT id::text FROM run')).toHaveLength(1)
    expect(await texts("SELECT concat_ws(' ', places, due, kept) AS text FROM gone")).toEqual(['2'])
  })

  it('says what is due, and does it all until nothing is', async () => {
    const { insert, texts } = await loadRetention(
      database,
      `
entity: user
fields: { id: snowflake, seen_at: timestamp }
indexes: [[seen_at]]
retention: { clock: seen_at, steps: [{ after: 1 day, delete: true }] }
---
entity: card
fields: { id: identity, user_id: { ref: user, on_delete: restrict }, made_at: timestamp, due_at: timestamp? }
indexes: [[made_at], [due_at]]
retention:
  clock: made_at
  batch: 2
  steps: [{ at: due_at, before: tell, archive: told_cards }, { after: 1 day, delete: true }]
`,
    )
    const made = '2024-01-01T00:00:00.000Z'
    await insert('user', { id: '1', seen_at: made })
    await insert('card', ...ids(5).map(() => ({ user_id: '1', made_at: made })))
    const due = `SELECT concat_ws(' ', entity, act, step, action, place, into_place, hook, due, oldest AT TIME ZONE 'UTC') AS text FROM`
    expect(await texts(`${due} retention_due('2024-01-02Z')`)).toEqual([
      'card 0 1 archive cards told_cards tell 0',
      'card 1 2 delete told_cards 0',
      'card 2 2 delete cards 5 2024-01-01 00:00:00',
      'user 0 1 delete users 1 2024-01-01 00:00:00',
    ])
    await database.exec("CALL run_retention(at => '2024-01-02Z')")
    expect(await texts(`${due} retention_due_now WHERE due > 0`)).toEqual([])
    expect(await refusal(database.exec("CALL run_retention('nobody')"))).toBe('nobody has no retention')
    expect(await refusal(database.exec('CALL run_retention(batch => 0)'))).toContain('from 1')
  })

  it('is loaded by an owner who is no superuser, and lets nobody else at what is append-only', async () => {
    const owner = `owner_${process.pid}`
    await database.exec(`CREATE ROLE ${owner}; GRANT ALL ON SCHEMA public TO ${owner}; SET ROLE ${owner}`)
    try {
      const { insert, run, texts } = await loadRetention(
        database,
        `
entity: entry
append_only: true
fields: { id: snowflake, at: timestamp }
indexes: [[at]]
retention: { clock: at, steps: [{ after: 1 day, before: tell, archive: told }, { after: 2 days, delete: true }] }
`,
      )
      const at = '2024-01-01T00:00:00.000Z'
      await insert('entry', { id: '1', at }, { id: '2', at })
      expect(await texts(`SELECT retire_entries_rows(0, '[{"id": 1}]', '2024-01-02Z')::text AS text`)).toEqual(['1'])
      expect(await refusal(database.exec('DELETE FROM entries'))).toContain('append-only')
      expect(await run('entries', '2024-01-04T00:00:00Z')).toEqual({ 1: 1 })
      expect(await refusal(database.exec('DELETE FROM entries'))).toContain('append-only')
    } finally {
      await database.exec(`RESET ROLE; DROP OWNED BY ${owner}; DROP ROLE ${owner}`)
    }
  })
})
