import type { PostgresEngine } from '../../engines/postgres/embedded.js'
import { identifier, joinSql, literal, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import type { RelationalSchema } from '../../relational/index.js'

/** Offsets of the session from UTC, in hours: far enough apart that no two share a day for long. */
const [utc, elsewhere] = [0, 14]

/** Types of columns that know no zone, as the catalogue of Postgres names them. */
const naive: ReadonlySet<string> = new Set(['timestamp', 'date', 'time'])

/** What the naive columns of a schema hold, as one text: where a statement writes a local time, it is another. */
const naiveContents = ({ schema, tables }: RelationalSchema): Sql | null => {
  const contents = tables.flatMap((table) => {
    const columns = table.columns.filter(({ type }) => naive.has(type.name)).map(({ name }) => identifier(name))
    if (columns.length === 0) return []
    const row = sql`ROW(${joinSql(columns, ', ')})::text`
    return [sql`(SELECT string_agg(${row}, ' ' ORDER BY ${row}) FROM ${qualified(schema, table.name)})`]
  })
  return contents.length === 0 ? null : sql`SELECT concat_ws('|', ${joinSql(contents, ', ')}) AS contents`
}

/** Of rows that a statement makes, instants alone: numbers and ids go on from one run to the next. */
const instantsIn = (rows: readonly Readonly<Record<string, unknown>>[]): unknown =>
  rows.map((row) => Object.values(row).filter((value) => value instanceof Date))

const plain = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))

/** What gives whether a statement that was prepared comes to something else in a session of another time zone. */
export const zoneReader = (engine: PostgresEngine, schema: RelationalSchema) => {
  const contents = naiveContents(schema)

  const outcome = async (execute: Sql, hours: number, isWrite: boolean): Promise<string> => {
    await engine.query('SAVEPOINT botschema_zone')
    try {
      await engine.query(sql`SET LOCAL TIME ZONE INTERVAL ${literal(`${hours}:00`)} HOUR TO MINUTE`)
      const rows = await engine.query(execute)
      if (!isWrite) return plain(rows)
      const stored = contents === null ? [] : await engine.query(contents)
      return plain([instantsIn(rows), stored])
    } finally {
      await engine.query('ROLLBACK TO SAVEPOINT botschema_zone')
    }
  }

  /** Now is the same for all runs of a transaction; what differs twice in one zone is not the zone's doing. */
  return async (execute: Sql, isWrite: boolean): Promise<boolean> => {
    const here = await outcome(execute, utc, isWrite)
    if (here === (await outcome(execute, elsewhere, isWrite))) return false
    return here === (await outcome(execute, utc, isWrite))
  }
}
