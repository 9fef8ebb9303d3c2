import { z } from 'zod'
import type { Touched } from '../retention/report.js'
import type { DueRow, RetentionStore, UnreadRow } from '../retention/store.js'
import { readRow } from '../rows/decoding.js'
import { StoredValueError } from '../stored-value-error.js'
import type { SqlClient } from './client.js'
import type { Source } from './rows.js'
import { undone } from './wire.js'

/** An act whose rows a hook is handed: how they are read. */
interface HookedAct {
  readonly act: number
  /** The rows that are due at `$1`, without an order. */
  readonly select: string
  /** The condition that a row comes after the place `$3`. */
  readonly after: string
  readonly order: string
  /** What the row's place is called among its columns: its clock and its key, as JSON. */
  readonly place: string
  /** The properties of the key. */
  readonly key: readonly string[]
  readonly source: Source<Readonly<Record<string, unknown>>>
}

/** The functions of retention.sql about an entity, and its rows for hooks. */
export interface RetainedSource {
  readonly retire: string | null
  readonly due: string
  readonly settle: string | null
  readonly hooked: readonly HookedAct[]
}

/** A `bigint`, which drivers give as text, as a number or as a bigint. */
const count = z.union([z.string(), z.number(), z.bigint()]).transform(Number)

const doneAct = z.object({ act: count, rows: count })

const dueAct = z.object({
  act: count,
  rows: count,
  oldest: count.nullable().transform((time) => (time === null ? null : new Date(time))),
})

const settled = z.object({ rows: count })

const readRows = async <Row>(
  db: SqlClient,
  row: { readonly parse: (row: unknown) => Row },
  text: string,
  values: unknown[],
): Promise<Row[]> => (await db.query(text, values)).rows.map((stored) => row.parse(stored))

/** What a run asks of the database. Each call is one statement, so that nothing is locked while hooks are called. */
export const retentionStore = (db: SqlClient, sources: Readonly<Record<string, RetainedSource>>): RetentionStore => {
  const places = new WeakMap<DueRow['key'], string>()
  const startAt = new Map<string, number>()
  const sourceOf = (entity: string): RetainedSource => {
    const source = sources[entity]
    if (source === undefined) throw new RangeError(`${entity} has no retention`)
    return source
  }
  return {
    retire: async (entity, at, batch, tell) => {
      const { retire } = sourceOf(entity)
      if (retire === null) return
      const text = `SELECT act, retired AS rows FROM ${retire}($1::timestamptz, $2::integer, $3::integer)`
      const done = await readRows(db, doneAct, text, [at.toISOString(), batch, startAt.get(entity) ?? 0])
      // Acts before the last of a full batch have nothing left to do.
      const isFull = done.reduce((sum, { rows }) => sum + rows, 0) >= batch
      startAt.set(entity, isFull ? (done.at(-1)?.act ?? 0) : 0)
      for (const { act, rows } of done) tell(act, rows)
    },
    dueRows: async (entity, act, at, batch, after) => {
      const hooked = sourceOf(entity).hooked.find((one) => one.act === act)
      if (hooked === undefined) return { rows: [], next: null }
      const beyond = after === null ? '' : ` AND ${hooked.after}`
      const text = `${hooked.select}${beyond} ORDER BY ${hooked.order} LIMIT $2`
      const values = [at.toISOString(), batch, ...(after === null ? [] : [after])]
      const { rows: stored } = await db.query(text, values)
      const placeOf = (row: unknown): string => String((row as Readonly<Record<string, unknown>>)[hooked.place])
      const rows: DueRow[] = []
      const unread: UnreadRow[] = []
      for (const one of stored) {
        try {
          const row = readRow(hooked.source, undone(hooked.source.forms ?? {}, one))
          const key = Object.fromEntries(hooked.key.map((property) => [property, row[property]]))
          places.set(key, placeOf(one))
          rows.push({ key, row })
        } catch (error) {
          if (!(error instanceof StoredValueError)) throw error
          unread.push({ key: error.key, error })
        }
      }
      return { rows, unread, next: stored.length < batch ? null : placeOf(stored.at(-1)) }
    },
    settle: async (entity, act, at, keys) => {
      const text = `SELECT ${sourceOf(entity).settle}($1::integer, $2::json, $3::timestamptz) AS rows`
      const given = `[${keys.map((key) => places.get(key)).join(',')}]`
      const [done] = await readRows(db, settled, text, [act, given, at.toISOString()])
      return done?.rows ?? 0
    },
    due: (entity, at) =>
      readRows(
        db,
        dueAct,
        `SELECT act, due AS rows, floor(extract(epoch FROM oldest) * 1000)::bigint AS oldest FROM ${sourceOf(entity).due}($1::timestamptz)`,
        [at.toISOString()],
      ),
  }
}

const touched = z.object({
  entity: z.string(),
  from: z.string(),
  field: z.string(),
  did: z.enum(['deleted', 'changed', 'kept']),
  rows: count,
  because: z.string().nullable(),
})

/** What an event's function in retention.sql did: all of it, or nothing where it fails. */
export const touchedBy = (db: SqlClient, call: string, ids: readonly string[]): Promise<Touched[]> =>
  readRows(db, touched, `SELECT entity, place AS "from", field, did, touched AS rows, because FROM ${call}`, [...ids])
