import type { PGlite } from '@electric-sql/pglite'

/** A column of a result: its name, and its type by the object id that the server knows it by. */
export interface ResultColumn {
  readonly name: string
  readonly dataTypeID: number
}

/** What proves SQL: a database of its own, one connection. */
export interface PostgresEngine {
  /** The server's major version. */
  readonly version: number
  /** One statement with parameters as a driver takes them; rows as objects by column. */
  readonly query: <Row = Readonly<Record<string, unknown>>>(
    text: string,
    values?: readonly unknown[],
  ) => Promise<readonly Row[]>
  /** What the rows of a statement without parameters have, which is not run for it. */
  readonly describe: (text: string) => Promise<readonly ResultColumn[]>
  /** Any number of statements, without parameters. */
  readonly exec: (sql: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** An engine that also gives what the server says beside its answers, down to DEBUG1 where the session asks for it. */
export interface ListeningEngine extends PostgresEngine {
  /** Runs statements without parameters, and gives what the server said of them. */
  readonly listen: (sql: string) => Promise<readonly string[]>
}

/** The engine broke down while it ran a statement, and can run no other: it has used up its memory, or its stack. */
export class EngineLost extends Error {
  override readonly name = 'EngineLost'
}

/** A database of the embedded engine as bytes: opening it takes a tenth of making a new one. */
export type Snapshot = Blob

/** The extensions of Postgres that the package brings along. It has no pgvector. */
const extensions = async () => {
  const [{ pg_trgm }, { btree_gin }, { btree_gist }, { pgcrypto }] = await Promise.all([
    import('@electric-sql/pglite/contrib/pg_trgm'),
    import('@electric-sql/pglite/contrib/btree_gin'),
    import('@electric-sql/pglite/contrib/btree_gist'),
    import('@electric-sql/pglite/contrib/pgcrypto'),
  ])
  return { pg_trgm, btree_gin, btree_gist, pgcrypto }
}

export const embeddedExtensions: readonly string[] = ['pg_trgm', 'btree_gin', 'btree_gist', 'pgcrypto']

const start = async (snapshot: Snapshot | null): Promise<PGlite> => {
  const [{ PGlite: Engine }, found] = await Promise.all([import('@electric-sql/pglite'), extensions()])
  return Engine.create({ extensions: found, ...(snapshot === null ? {} : { loadDataDir: snapshot }) })
}

/** An empty database of the embedded engine as bytes, to be opened any number of times. */
export const embeddedSnapshot = async (): Promise<Snapshot> => {
  const database = await start(null)
  try {
    return await database.dumpDataDir('none')
  } finally {
    await database.close()
  }
}

/** What this process knows of empty databases: one is worth a snapshot only where it is not the last. */
const empty: { opened: number; snapshot: Snapshot | null } = { opened: 0, snapshot: null }

const startEmpty = async (): Promise<PGlite> => {
  const database = await start(empty.snapshot)
  empty.opened += 1
  if (empty.opened > 1) empty.snapshot ??= await database.dumpDataDir('none')
  return database
}

/** What a server says of a statement has a code of five characters; anything else comes from the engine itself. */
const isOfServer = (failure: unknown): boolean =>
  failure instanceof Error && 'code' in failure && typeof failure.code === 'string'

/** Runs work on a database until it breaks down; from then on there is nothing but that failure. */
const guardOf = () => {
  const broken: { failure: EngineLost | null } = { failure: null }
  return {
    isBroken: () => broken.failure !== null,
    run: async <T>(work: () => Promise<T>): Promise<T> => {
      if (broken.failure !== null) throw broken.failure
      try {
        return await work()
      } catch (failure) {
        if (isOfServer(failure)) throw failure
        broken.failure = new EngineLost(failure instanceof Error ? failure.message : String(failure))
        throw broken.failure
      }
    },
  }
}

/** Opens an empty database of the embedded engine, from a snapshot when there is one. */
export const openEmbedded = async (snapshot: Snapshot | null = null): Promise<ListeningEngine> => {
  const database = await (snapshot === null ? startEmpty() : start(snapshot))
  const { rows } = await database.query<{ server_version_num: string }>('SHOW server_version_num')
  const { isBroken, run } = guardOf()
  return {
    version: Math.floor(Number(rows[0]?.server_version_num) / 10_000),
    query: <Row>(text: string, values: readonly unknown[] = []) =>
      run(async () => (await database.query<Row>(text, [...values])).rows),
    describe: (text) => run(async () => (await database.describeQuery(text)).resultFields),
    exec: (sql) =>
      run(async () => {
        await database.exec(sql)
      }),
    listen: (sql) =>
      run(async () => {
        const said: string[] = []
        await database.exec(sql, { onNotice: ({ message }) => said.push(message ?? '') })
        return said
      }),
    close: async () => {
      if (!isBroken()) await database.close()
    },
  }
}
