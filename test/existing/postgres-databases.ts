import { randomUUID } from 'node:crypto'
import { PGlite } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import pg from 'pg'
import { type Database, outcomeOf } from './postgres-bots.js'

type Row = Readonly<Record<string, string | null>>

const asWritten = (text: string): string => text

/** Every built-in type stays text: the drivers read values differently, and the recorded outcome is the server's text. */
const parsers = Object.fromEntries(Array.from({ length: 6000 }, (_, oid) => [oid, asWritten]))

/** Opens an embedded Postgres. */
export const openEmbedded = async (): Promise<Database> => {
  const engine = await PGlite.create({ extensions: { btree_gist } })
  await engine.exec(`SET timezone = 'UTC'`)
  return {
    script: async (sql) => {
      await engine.exec(sql)
    },
    call: (sql, parameters) =>
      outcomeOf(async () => {
        const { rows, affectedRows } = await engine.query<Row>(sql, [...parameters], { parsers })
        return { count: rows.length > 0 ? rows.length : (affectedRows ?? 0), rows }
      }),
    close: () => engine.close(),
  }
}

const asRow = (row: pg.QueryResultRow): Row => ({ ...row })

/** Creates a database of its own on the server, which is dropped when it is closed. */
export const openOnServer = async (url: string): Promise<Database> => {
  const name = `existing_${randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  const own = new URL(url)
  own.pathname = `/${name}`
  const client = new pg.Client({ connectionString: own.href, types: { getTypeParser: () => asWritten } })
  await client.connect()
  await client.query(`SET timezone = 'UTC'`)
  return {
    script: async (sql) => {
      await client.query(sql)
    },
    call: (sql, parameters) =>
      outcomeOf(async () => {
        const { rows, rowCount } = await client.query(sql, [...parameters])
        return { count: rowCount ?? 0, rows: rows.map(asRow) }
      }),
    close: async () => {
      await client.end()
      await admin.query(`DROP DATABASE ${name}`)
      await admin.end()
    },
  }
}
