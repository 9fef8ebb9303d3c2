// Measures emitted retention beside the same done by hand with `pg`, on the server that POSTGRES_TEST_URL names: rows a second
// over a million rows. Usage: node test/bench/retention.js   (RETENTION_ROWS: how many rows, for quick tries)
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inDatabase } from './database.js'
import { emit, workFolder } from './emit.js'

const rows = Number(process.env['RETENTION_ROWS'] ?? 1_000_000)
const batch = 5000
const at = new Date('2025-01-01T00:00:00Z')

const entityYaml = (name, step) => `entity: ${name}
summary: What somebody did.
fields:
  id: { type: identity, summary: The key. }
  guild_id: { type: snowflake(guild), summary: The guild. }
  what: { type: string(40), summary: What was done. }
  details: { type: text?, summary: What was said of it. }
  cost: { type: integer = 0, summary: What it cost. }
  active: { type: boolean = true, summary: Whether it counts. }
  done_at: { type: timestamp = now, summary: When. }
indexes:
  - [done_at]
retention:
  clock: done_at
  batch: ${batch}
  steps:
    - { after: 90 days, ${step} }
`

const writeSet = (folder) => {
  rmSync(folder, { recursive: true, force: true })
  const schemas = join(folder, 'schemas', 'bench')
  mkdirSync(schemas, { recursive: true })
  writeFileSync(join(schemas, 'botschema.yaml'), 'name: bench\nstores: [postgres]\noutput: ../../output\n')
  writeFileSync(join(schemas, 'deed.yaml'), entityYaml('deed', 'delete: true'))
  writeFileSync(join(schemas, 'move.yaml'), entityYaml('move', 'archive: moves_archive'))
}

/** A table as it is after some time: in the order of its clock, and known to the planner. */
const fill = async (client, table, count) => {
  await client.query(`TRUNCATE deeds, moves, moves_archive`)
  await client.query(`
    INSERT INTO ${table} (guild_id, what, details, cost, done_at)
    SELECT 100000000000000000 + n % 100, 'deed ' || n, 'what was said of deed ' || n, n % 1000,
      timestamptz '2024-06-01 00:00Z' + n * interval '1 second'
    FROM generate_series(1, ${count}) AS n`)
  await client.query(`VACUUM ANALYZE ${table}`)
}

const age = "$1::timestamptz - interval '90 days'"
const dueOf = (table) => `
  SELECT ctid FROM ${table} WHERE done_at <= ${age} ORDER BY done_at LIMIT ${batch} FOR UPDATE SKIP LOCKED`

const byHand = {
  deleting: `DELETE FROM deeds WHERE ctid = ANY (ARRAY(${dueOf('deeds')}))`,
  archiving: `
    WITH moved AS (DELETE FROM moves WHERE ctid = ANY (ARRAY(${dueOf('moves')})) RETURNING *)
    INSERT INTO moves_archive (id, guild_id, what, details, cost, active, done_at, archived_at, archived_because)
    SELECT id, guild_id, what, details, cost, active, done_at, $1::timestamptz, 'after 90 days of done_at' FROM moved`,
}

const inBatches = async (client, text) => {
  for (let isFull = true; isFull; ) isFull = (await client.query(text, [at])).rowCount === batch
}

const mebibytes = () => process.memoryUsage().rss / 2 ** 20

/** Seconds for all rows of a table. */
const timed = async (client, table, count, run) => {
  await fill(client, table, count)
  const started = process.hrtime.bigint()
  await run()
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  const { rows: left } = await client.query(`SELECT count(*)::int AS count FROM ${table}`)
  if (left[0].count !== 0) throw new Error(`${left[0].count} rows of ${table} are left`)
  return seconds
}

/** Both ways in turn, A B B A, so that a machine whose speed drifts slows both alike; how the process grew meanwhile. */
const compared = async (client, table, { hand, made }) => {
  // Both are warm before they are measured.
  for (const run of [hand, made]) await timed(client, table, Math.ceil(rows / 20), run)
  const seconds = new Map([
    [hand, 0],
    [made, 0],
  ])
  const before = mebibytes()
  for (const run of [hand, made, made, hand]) {
    seconds.set(run, seconds.get(run) + (await timed(client, table, rows, run)))
  }
  const rate = (run) => (2 * rows) / seconds.get(run)
  return { hand: rate(hand), made: rate(made), ratio: rate(made) / rate(hand), before, after: mebibytes() }
}

/** @returns by what is done: rows a second emitted and by hand, the ratio, and MiB of the process before and after */
export const measureRetention = async (url) => {
  const folder = workFolder('retention')
  writeSet(folder)
  const { module, sql } = emit(folder)
  const { runRetention } = await import(module)
  const emitted = async (client, entity) => {
    const { failures } = await runRetention(client, { at, only: [entity] })
    for (const { error } of failures) throw error
  }
  return inDatabase(url, async (client) => {
    await client.query(sql('schema'))
    await client.query(sql('retention'))
    const results = {}
    for (const [what, table, entity] of [
      ['deleting', 'deeds', 'deed'],
      ['archiving', 'moves', 'move'],
    ]) {
      const hand = () => inBatches(client, byHand[what])
      const made = () => emitted(client, entity)
      results[what] = await compared(client, table, { hand, made })
    }
    return results
  })
}

const rounded = (rate) => Math.round(rate).toLocaleString('en')

/** The results as lines of a table. */
export const retentionTable = (results) => [
  `| ${rows.toLocaleString('en')} rows | emitted | by hand with \`pg\` | ratio | memory before and after |`,
  '| --: | --: | --: | --: | --: |',
  ...Object.entries(results).map(
    ([what, { made, hand, ratio, before, after }]) =>
      `| ${what} | ${rounded(made)} rows/s | ${rounded(hand)} rows/s | ${ratio.toFixed(2)} | ${before.toFixed(0)} and ${after.toFixed(0)} MiB |`,
  ),
]

const url = process.env['POSTGRES_TEST_URL']
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (url === undefined) throw new Error('POSTGRES_TEST_URL names no server')
  process.stdout.write(`${retentionTable(await measureRetention(url)).join('\n')}\n`)
}
