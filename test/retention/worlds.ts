import type { Entity } from '../../generators/model/entity.js'
import { entityOf, fieldOf, keyFieldsOf } from '../../generators/model/lookup.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import type { Store } from '../../generators/model/store.js'
import { accessOf } from '../../generators/script/access.js'
import { isSecondServer, openServer } from '../support/mongo-server.js'
import { openTestDatabase, openTestDatabases, serverUrl, type TestDatabase } from '../support/postgres.js'
import type { EmittedSet } from './emitted-sets.js'
import { tablesOf } from './emitted-sets.js'
import { mongoWorld } from './mongo-world.js'
import { codeValue, inOrder, type MadeIds, type PlainRow, type Snapshot } from './plain-values.js'
import { postgresWorld } from './postgres-world.js'

/** A text that is stored somewhere. */
export interface StoredText {
  readonly table: string
  readonly field: string
  readonly text: string
}

type Rows = readonly Readonly<Record<string, unknown>>[]

export type Query = (text: string, values?: unknown[]) => Promise<Rows>

/** A connection as emitted functions take it. */
export interface Client {
  readonly query: (text: string, values: unknown[]) => Promise<{ readonly rows: Rows }>
}

/** A database with the tables and the functions of a set. */
export interface World {
  readonly title: string
  readonly store: Store
  readonly set: SchemaSet
  readonly made: MadeIds
  /** Calls an emitted function with the world as its database. */
  readonly call: (name: string, ...given: readonly unknown[]) => Promise<unknown>
  readonly rowsOf: (table: Entity) => Promise<readonly PlainRow[]>
  /** Everything that is stored, whatever the model says of it. */
  readonly texts: () => Promise<readonly StoredText[]>
  /** What only Postgres has. */
  readonly postgres: {
    readonly sql: Query
    /** As `call`, on another connection. */
    readonly callOn: (client: Client, name: string, ...given: readonly unknown[]) => Promise<unknown>
  } | null
  readonly empty: () => Promise<void>
}

/** A database that sets can be tried on, one after the other. */
export interface Engine {
  readonly title: string
  readonly store: Store
  readonly worldOf: (emitted: EmittedSet) => Promise<World>
  readonly close: () => Promise<void>
}

const onPostgres = ([title, database]: readonly [string, TestDatabase]): Engine => ({
  title,
  store: 'postgres',
  worldOf: (emitted) => postgresWorld(title, database, emitted),
  close: database.close,
})

const postgresEngines = async (drivers: 'all' | 'one'): Promise<readonly Engine[]> => {
  if (isSecondServer) return []
  if (drivers === 'all') return (await openTestDatabases()).map(onPostgres)
  return [onPostgres([serverUrl === null ? 'PGlite' : 'pg', await openTestDatabase()])]
}

/**
 * A database of each store there is here: the servers that POSTGRES_TEST_URL and MONGODB_URI name, Postgres embedded where
 * none is named, or `all` of Postgres, whose drivers read values each in its own way.
 */
export const openEngines = async (drivers: 'all' | 'one'): Promise<readonly Engine[]> => {
  const postgres = await postgresEngines(drivers)
  const server = await openServer()
  if (server === null) {
    process.stderr.write('not proved here: retention on Mongo (MONGODB_URI is not set)\n')
    return postgres
  }
  return [
    ...postgres,
    { title: 'Mongo', store: 'mongo', worldOf: (emitted) => mongoWorld(server, emitted), close: server.close },
  ]
}

/**
 * Inserts a row by the emitted function, as its entity's examples say rows.
 *
 * @returns what tests call its key, where the store makes it
 */
export const insert = async (world: World, name: string, row: PlainRow): Promise<string | null> => {
  const entity = entityOf(world.set, name)
  const given = Object.entries(row).map(([field, value]) => {
    const { property, type } = fieldOf(entity, field)
    return [property, codeValue(type, value, world.made)]
  })
  const stored = (await world.call(accessOf(entity, world.store).insert, Object.fromEntries(given))) as object
  const [key] = keyFieldsOf(entity)
  const field = key === undefined ? undefined : fieldOf(entity, key)
  if (field?.maintained !== 'store') return null
  return world.made.add(name, String(Object.entries(stored).find(([property]) => property === field.property)?.[1]))
}

/** The rows of a table of an entity, an archive or a summary. */
export const rowsIn = async (world: World, name: string): Promise<readonly PlainRow[]> => {
  const table = tablesOf(world.set).find((one) => one.table === name)
  if (table === undefined) throw new Error(`no table ${name}`)
  return inOrder(await world.rowsOf(table))
}

export const snapshot = async (world: World): Promise<Snapshot> => {
  const tables: Record<string, readonly PlainRow[]> = {}
  for (const table of tablesOf(world.set)) tables[table.table] = inOrder(await world.rowsOf(table))
  return tables
}
