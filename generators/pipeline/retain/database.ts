import type { Connection } from 'mongoose'

/** What runs one statement with its parameters. */
export interface SqlClient {
  readonly query: (text: string, values: unknown[]) => Promise<{ readonly rows: readonly unknown[] }>
}

interface LiveDatabase {
  /** What went wrong, in words that hold nothing of the connection string. */
  readonly reasonOf: (failure: unknown) => string
  readonly close: () => Promise<void>
}

export interface PostgresDatabase extends LiveDatabase {
  readonly store: 'postgres'
  /** Each statement by itself. */
  readonly client: SqlClient
  /** All statements of the work on one connection, so that they may be one transaction. */
  readonly session: <T>(work: (client: SqlClient) => Promise<T>) => Promise<T>
}

export interface MongoDatabase extends LiveDatabase {
  readonly store: 'mongo'
  readonly connection: Connection
}

/** A live database, as `cli/` opened it. */
export type Database = PostgresDatabase | MongoDatabase

/** What emitted functions take as their database. */
export const handleOf = (database: Database): unknown =>
  database.store === 'postgres' ? database.client : database.connection

const transaction = 'BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY'

/** All statements of the work in a transaction that may change nothing, and sees one state of the database. */
export const inReadOnly = <T>({ session }: PostgresDatabase, work: (client: SqlClient) => Promise<T>): Promise<T> =>
  session(async (client) => {
    await client.query(transaction, [])
    try {
      return await work(client)
    } finally {
      await client.query('ROLLBACK', [])
    }
  })
