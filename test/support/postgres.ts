import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { embeddedSnapshot, openEmbedded, type PostgresEngine } from '../../generators/engines/postgres/embedded.js'

/** The server that tests run on instead of the embedded engine, when one is named. */
export const serverUrl: string | null = process.env['POSTGRES_TEST_URL'] ?? null

/** What differences between judges may hang on. */
export const postgresKind = serverUrl === null ? 'embedded' : 'server'

const engineVersion = (): string => {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  return (JSON.parse(readFileSync(join(entry, '../../package.json'), 'utf8')) as { version: string }).version
}

const snapshotFile = (): string => join(tmpdir(), 'botschema-tests', `pglite-${engineVersion()}.tar`)

/** The file of an empty embedded database, one for all workers and runs: made once, put in place whole. */
export const savedSnapshot = async (): Promise<string> => {
  const path = snapshotFile()
  if (existsSync(path)) return path
  const snapshot = await embeddedSnapshot()
  mkdirSync(join(path, '..'), { recursive: true })
  const partial = `${path}.${process.pid}`
  writeFileSync(partial, Buffer.from(await snapshot.arrayBuffer()))
  renameSync(partial, path)
  return path
}

/** A database for one test file. `reset` empties it between tests. */
export interface TestDatabase extends PostgresEngine {
  readonly reset: () => Promise<void>
}

const dropEverything = `
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
  END LOOP;
  CREATE SCHEMA public;
END
$$;`

const withReset = (engine: PostgresEngine): TestDatabase => ({ ...engine, reset: () => engine.exec(dropEverything) })

const openFromSnapshot = async (): Promise<TestDatabase> =>
  withReset(await openEmbedded(new Blob([readFileSync(await savedSnapshot())])))

const connect = async (url: string): Promise<Client> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  return client
}

/** A database of its own on a server, dropped when it is closed. */
const openOnServer = async (url: string): Promise<PostgresEngine> => {
  const admin = await connect(url)
  const name = `botschema_test_${process.pid}_${Date.now()}`
  await admin.query(`CREATE DATABASE ${name}`)
  const own = new URL(url)
  own.pathname = `/${name}`
  const client = await connect(own.href)
  const { rows } = await client.query('SHOW server_version_num')
  return {
    version: Math.floor(Number(rows[0].server_version_num) / 10_000),
    query: async (text, values = []) => (await client.query(text, [...values])).rows,
    describe: async (text) => (await client.query(text)).fields,
    exec: async (sql) => {
      await client.query(sql)
    },
    close: async () => {
      await client.end()
      await admin.query(`DROP DATABASE ${name}`)
      await admin.end()
    },
  }
}

/** An empty database of its own on a server, dropped when it is closed. */
export const openOn = async (url: string): Promise<TestDatabase> => withReset(await openOnServer(url))

/** The embedded engine, or a database on the server that POSTGRES_TEST_URL names. */
export const openTestDatabase = async (): Promise<TestDatabase> =>
  serverUrl === null ? openFromSnapshot() : openOn(serverUrl)

/** The embedded engine, and beside it a database on the server that POSTGRES_TEST_URL names: both drivers of one test. */
export const openTestDatabases = async (): Promise<readonly (readonly [driver: string, database: TestDatabase])[]> => [
  ['PGlite', await openFromSnapshot()],
  ...(serverUrl === null ? [] : [['pg', await openOn(serverUrl)] as const]),
]

/** Runs a statement that must fail, and gives the name of the constraint that refused it, or else the message. */
export const refusal = async (attempt: Promise<unknown>): Promise<string> => {
  try {
    await attempt
  } catch (error) {
    const { constraint, message } = error as { readonly constraint?: string; readonly message: string }
    return constraint ?? message
  }
  return 'accepted'
}
