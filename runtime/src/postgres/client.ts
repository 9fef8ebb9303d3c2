/** The rows that a statement returned. `command` is the command tag, which drivers may leave out: COMMIT may answer `ROLLBACK`. */
export interface Rows {
  readonly rows: readonly unknown[]
  readonly command?: string
}

/** Anything that runs one statement with its parameters: a pool or a client of `pg`, PGlite, a wrapper of your own. */
export interface SqlClient {
  query(text: string, values: unknown[]): Promise<Rows>
}

/** A client that a pool has lent. `release` with an error, or true, tells the pool to close it. */
export interface PoolClient extends SqlClient {
  release(broken?: Error | boolean): void
}

/** A pool of clients, as `pg` has it. */
export interface SqlPool extends SqlClient {
  connect(): Promise<PoolClient>
}

const hasMethod = (value: unknown, name: string): boolean =>
  typeof value === 'object' && value !== null && name in value && typeof Reflect.get(value, name) === 'function'

const isPoolClient = (value: unknown): value is PoolClient => hasMethod(value, 'query') && hasMethod(value, 'release')

/**
 * Whether statements of `db` may go to several connections. A pool has `connect` and lends clients that have `release`.
 * A lent client has `release` itself; a standalone client of `pg` has `connect` too, and `escapeIdentifier`, which a pool
 * does not have.
 */
export const isPool = (db: SqlClient): db is SqlPool =>
  hasMethod(db, 'connect') && !hasMethod(db, 'release') && !hasMethod(db, 'escapeIdentifier')

/** Takes a client from a pool. The caller releases it. */
export const takeClient = async (pool: SqlPool): Promise<PoolClient> => {
  const client: unknown = await pool.connect()
  if (isPoolClient(client)) return client
  throw new TypeError('`connect` of this pool returned no client with `query` and `release`')
}

/** What emits an `error` event when its connection dies. Without a listener Node ends the process. */
interface Emitter {
  on(event: 'error', listener: (error: Error) => void): unknown
  removeListener(event: 'error', listener: (error: Error) => void): unknown
}

const isEmitter = (value: unknown): value is Emitter => hasMethod(value, 'on') && hasMethod(value, 'removeListener')

/** Listens for the death of a client's connection. Returns the function that stops listening. */
export const onConnectionLoss = (client: SqlClient, listener: (error: Error) => void): (() => void) => {
  if (!isEmitter(client)) return () => undefined
  client.on('error', listener)
  return () => client.removeListener('error', listener)
}
