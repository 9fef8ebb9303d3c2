// Measures the emitted storage beside the same statements through `pg` by hand, on the server that POSTGRES_TEST_URL names:
// what is written is parsed once with Zod, what is read is mapped by hand and not parsed. Medians of alternating rounds in
// one run. Usage: node test/bench/access.js
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { inDatabase } from './database.js'
import { emit, workFolder } from './emit.js'
import { writeSets } from './sets.js'

/** By hand, what the emitted validators ask for: ids that fit 64 bits, text that Postgres holds, lengths in code points. */
const id = z
  .string()
  .refine((value) => /^[1-9]\d{0,18}$/.test(value) && (value.length < 19 || BigInt(value) < 2n ** 63n))
const text = z.string().refine((value) => !/[\0\uD800-\uDFFF]/u.test(value))
const upTo = (limit) => text.refine((value) => [...value].length <= limit)
const shape = {
  parent_id: id,
  guild_id: id,
  user_id: id,
  name: upTo(100),
  reason: upTo(512).nullable(),
  score: z.int().min(-2147483648).max(2147483647),
  ratio: z.number(),
  active: z.boolean(),
  level: z.int().min(-32768).max(32767),
  created_at: z.date().min(new Date('0001-01-01T00:00:00Z')).max(new Date('9999-12-31T23:59:59.999Z')),
  note: text.nullable(),
}
const newSchema = z.strictObject({
  ...shape,
  reason: shape.reason.default(null),
  score: shape.score.default(0),
  ratio: shape.ratio.default(0.5),
  active: shape.active.default(true),
  level: shape.level.default(1),
  created_at: shape.created_at.default(() => new Date()),
  note: shape.note.default(null),
})
const patchSchema = z.strictObject(shape).partial()

const columns = 'id, parent_id, guild_id, user_id, name, reason, score, ratio, active, level, created_at, note'
const names = columns.slice(4)

/** A row as code has it: `pg` reads bigint as text, and the rest as it is. */
const rowOfHand = ({
  id,
  parent_id,
  guild_id,
  user_id,
  name,
  reason,
  score,
  ratio,
  active,
  level,
  created_at,
  note,
}) => ({
  id,
  parent_id,
  guild_id,
  user_id,
  name,
  reason,
  score,
  ratio,
  active,
  level,
  created_at,
  note,
})

const byHand = (client) => ({
  insert: async (row) => {
    const given = newSchema.parse(row)
    const text = `INSERT INTO thing_0s (${names}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING ${columns}`
    const { rows } = await client.query(
      text,
      names.split(', ').map((name) => given[name]),
    )
    return rowOfHand(rows[0])
  },
  insertMany: async (given) => {
    const all = given.map((row) => newSchema.parse(row))
    const list = names.split(', ')
    const arrays = list.map((name) => all.map((row) => row[name]))
    const types = [
      'bigint',
      'bigint',
      'bigint',
      'text',
      'text',
      'integer',
      'double precision',
      'boolean',
      'smallint',
      'timestamptz',
      'text',
    ]
    const text = `INSERT INTO thing_0s (${names}) SELECT * FROM unnest(${types.map((type, at) => `$${at + 1}::${type}[]`).join(', ')}) RETURNING ${columns}`
    const { rows } = await client.query(text, arrays)
    return rows.map(rowOfHand)
  },
  get: async (id) => {
    const { rows } = await client.query(`SELECT ${columns} FROM thing_0s WHERE id = $1`, [id])
    return rows[0] === undefined ? null : rowOfHand(rows[0])
  },
  update: async (id, patch) => {
    const { reason, score } = patchSchema.parse(patch)
    const text = `UPDATE thing_0s SET reason = $2, score = $3 WHERE id = $1 RETURNING ${columns}`
    const { rows } = await client.query(text, [id, reason, score])
    return rows[0] === undefined ? null : rowOfHand(rows[0])
  },
  list: async (guild, after) => {
    const text = `SELECT ${columns} FROM thing_0s WHERE guild_id = $1 AND (user_id, id) > ($2, $3) ORDER BY user_id, id LIMIT 51`
    const { rows } = await client.query(text, [guild, ...after])
    return rows.slice(0, 50).map(rowOfHand)
  },
})

const by = ({ thing0 }) => ({
  insert: (row) => thing0.insert(row),
  insertMany: (rows) => thing0.insertMany(rows),
  get: (id) => thing0.get(id),
  update: (id, patch) => thing0.update(id, patch),
  list: (guild, after) => thing0.find({ where: { guild_id: guild }, order: { user_id: 'asc' }, limit: 50, after }),
})

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]

/** Microseconds a call of each way, in alternating rounds; the first rounds warm both up. */
const measure = async (ways, { rounds = 25, calls = 200, warmUp = 5 } = {}) => {
  const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]))
  for (let round = 0; round < rounds + warmUp; round++) {
    const turns = Object.entries(ways)
    for (const [way, call] of round % 2 === 0 ? turns : turns.reverse()) {
      const started = process.hrtime.bigint()
      for (let at = 0; at < calls; at++) await call(at)
      if (round >= warmUp) times[way].push(Number(process.hrtime.bigint() - started) / 1000 / calls)
    }
  }
  return Object.fromEntries(Object.entries(times).map(([way, each]) => [way, median(each)]))
}

const rowOf = (at) => ({
  parent_id: '123456789012345678',
  guild_id: '123456789012345678',
  user_id: String(200000000000000000n + BigInt(at)),
  name: `thing ${at}`,
  reason: 'because of the benchmark',
})

/** @returns by what is done: microseconds of the emitted function, by hand, and how many times as long the first takes */
export const measureAccess = async (url) => {
  const folder = workFolder('access')
  writeSets(folder, 1)
  const { module, sql } = emit(folder)
  const access = await import(module)
  return inDatabase(url, async (client) => {
    await client.query(sql('schema'))
    const storage = access.postgresStorage(client)
    await storage.thing0.insertMany(Array.from({ length: 5000 }, (_, at) => rowOf(at)))
    await client.query('ANALYZE')
    const [hand, made] = [byHand(client), by(storage)]
    const { next } = await made.list(rowOf(0).guild_id, null)
    const place = ['200000000000000049', '50']
    const patch = (at) => ({ reason: `changed ${at}`, score: at })
    const done = {
      insert: { made: (at) => made.insert(rowOf(at)), hand: (at) => hand.insert(rowOf(at)) },
      get: { made: (at) => made.get(String(at + 1)), hand: (at) => hand.get(String(at + 1)) },
      update: {
        made: (at) => made.update(String(at + 1), patch(at)),
        hand: (at) => hand.update(String(at + 2001), patch(at)),
      },
      'list of 50': {
        made: () => made.list(rowOf(0).guild_id, next),
        hand: () => hand.list(rowOf(0).guild_id, place),
      },
    }
    const thousand = Array.from({ length: 1000 }, (_, at) => rowOf(at))
    done['1,000 rows at once'] = { made: () => made.insertMany(thousand), hand: () => hand.insertMany(thousand) }
    const options = { '1,000 rows at once': { rounds: 9, calls: 2, warmUp: 3 } }
    const results = {}
    for (const [what, ways] of Object.entries(done)) {
      const times = await measure(ways, options[what])
      results[what] = { ...times, ratio: times.made / times.hand }
    }
    return results
  })
}

/** The results as lines of a table. */
export const accessTable = (results) => [
  '| call | storage | by hand with `pg` | ratio |',
  '| --: | --: | --: | --: |',
  ...Object.entries(results).map(
    ([what, { made, hand, ratio }]) =>
      `| ${what} | ${made.toFixed(0)} µs | ${hand.toFixed(0)} µs | ${ratio.toFixed(2)} |`,
  ),
]

const url = process.env['POSTGRES_TEST_URL']
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (url === undefined) throw new Error('POSTGRES_TEST_URL names no server')
  process.stdout.write(`${accessTable(await measureAccess(url)).join('\n')}\n`)
}
