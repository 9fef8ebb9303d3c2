// Opens what the bot keeps. Yours to change.
import { readFile } from 'node:fs/promises'

/** The server of DATABASE_URL; without one, a Postgres inside this process that keeps its files in database/. */
const postgres = async () => {
  const { postgresStorage } = await import('./generated-js/bot/postgres/index.js')
  const script = async (name) => readFile('generated/bot/postgres/' + name, 'utf8')
  const { server, run, close } = await (process.env.DATABASE_URL === undefined ? embedded() : pool())
  const create = async () => {
    const { rows } = await server.query("SELECT to_regclass('tags') AS found")
    if (rows[0].found === null) await run(await script('schema.sql'))
    // It only replaces functions. A set that says nothing of retention has none.
    await run(await script('retention.sql').catch(() => ''))
  }
  return { storage: postgresStorage(server), create, close }
}

const embedded = async () => {
  const { PGlite } = await import('@electric-sql/pglite')
  const server = await PGlite.create('database')
  return { server, run: (script) => server.exec(script), close: () => server.close() }
}

const pool = async () => {
  const { Pool } = (await import('pg')).default
  const server = new Pool({ connectionString: process.env.DATABASE_URL })
  return { server, run: (script) => server.query(script), close: () => server.end() }
}

/** The server of MONGODB_URI. */
const mongo = async () => {
  const { createConnection } = (await import('mongoose')).default
  const { createCollections, mongoStorage } = await import('./generated-js/bot/mongoose/access/index.js')
  const validators = await readFile('generated/bot/mongoose/validators.json', 'utf8')
  const connection = await createConnection(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017/bot').asPromise()
  return {
    storage: mongoStorage(connection),
    create: () => createCollections(connection, validators),
    close: () => connection.close(),
  }
}

const stores = { postgres, mongo }

/** The storage of a store by its name; `create` makes the tables or collections that are not there, `close` lets go of it. */
export const openStorage = (store = 'postgres') => stores[store]()
