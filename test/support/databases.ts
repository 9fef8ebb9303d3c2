import { randomUUID } from 'node:crypto'
import mongoose from 'mongoose'
import { Client } from 'pg'
import type { Store } from '../../generators/model/store.js'

/** An empty database for a bot in a process of its own, named by the variables that such a bot reads. */
export interface BotDatabase {
  readonly title: string
  readonly variables: Readonly<Record<string, string>>
  readonly drop: () => Promise<void>
}

/** Without a server named, a bot's Postgres is inside its process. */
const embedded: BotDatabase = { title: 'the embedded Postgres', variables: {}, drop: async () => {} }

const named = (url: string, name: string): string => {
  const database = new URL(url)
  database.pathname = `/${name}`
  return String(database)
}

const onServer = async (url: string, text: string): Promise<void> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(text)
  await client.end()
}

const onPostgres = async (url: string): Promise<BotDatabase> => {
  const name = `bot_${randomUUID().replaceAll('-', '')}`
  await onServer(url, `CREATE DATABASE ${name}`)
  return {
    title: 'a Postgres server',
    variables: { DATABASE_URL: named(url, name) },
    drop: () => onServer(url, `DROP DATABASE ${name} WITH (FORCE)`),
  }
}

const onMongo = (url: string): BotDatabase => {
  const uri = named(url, `bot_${randomUUID().replaceAll('-', '')}`)
  const drop = async (): Promise<void> => {
    const connection = await mongoose.createConnection(uri).asPromise()
    await connection.dropDatabase()
    await connection.close()
  }
  return { title: 'a server of Mongo', variables: { MONGODB_URI: uri }, drop }
}

/**
 * Every database of a store that tests can have here: `POSTGRES_TEST_URL` and `MONGODB_URI` name servers. On the second server
 * of Mongo nothing is proved of Postgres anew.
 */
export const botDatabases = async (store: Store): Promise<readonly BotDatabase[]> => {
  const { POSTGRES_TEST_URL: postgres, MONGODB_URI: mongo, MONGODB_SECOND_URI: second } = process.env
  if (store === 'mongo') return mongo === undefined ? [] : [onMongo(mongo)]
  if (mongo !== undefined && mongo === second) return []
  return postgres === undefined ? [embedded] : [embedded, await onPostgres(postgres)]
}
