import type { EmittedFile } from '../../generators/engines/script/emitted.js'
import { openTestDatabases, type TestDatabase } from '../support/postgres.js'
import { callOf, emittedFiles, fileOf, loadModule } from './emitted.js'

/** A client as storages take it, which keeps the statements that went through it. */
export interface RecordingClient {
  readonly statements: { readonly text: string; readonly values: unknown[] }[]
  readonly query: (text: string, values: unknown[]) => Promise<{ readonly rows: readonly unknown[] }>
}

/** A database with the emitted schema of a set, and the set's storage on it. */
export interface Subject {
  readonly driver: string
  readonly database: TestDatabase
  readonly client: RecordingClient
  /** Calls the storage by the path of a call: `guild.insert`, `$forgetUser`. */
  readonly call: (path: string, ...given: readonly unknown[]) => Promise<unknown>
}

export const vaultKeys = { VAULT_SECRET: 'a key of the vault that is long enough' }

const recording = (database: TestDatabase): RecordingClient => {
  const statements: RecordingClient['statements'] = []
  return {
    statements,
    query: async (text, values) => {
      statements.push({ text, values })
      return { rows: await database.query(text, values) }
    },
  }
}

/** The calls of the storage that the emitted files of a set make on a client. */
export const storageCalls = async (
  files: readonly EmittedFile[],
  client: Pick<RecordingClient, 'query'>,
): Promise<Subject['call']> => {
  const make = callOf(await loadModule(files, 'postgres/index.ts'))
  return callOf((await make('postgresStorage', client, { keys: vaultKeys })) as object)
}

/** Opens each driver's database with what a set emits; `close` closes them all. */
export const openSubjects = async (texts: Readonly<Record<string, string>>) => {
  const files: readonly EmittedFile[] = await emittedFiles(texts)
  const databases = await openTestDatabases()
  const subjects: Subject[] = []
  for (const [driver, database] of databases) {
    await database.exec(fileOf(files, 'postgres/schema.sql'))
    await database.exec(fileOf(files, 'postgres/retention.sql'))
    const client = recording(database)
    subjects.push({ driver, database, client, call: await storageCalls(files, client) })
  }
  const close = async (): Promise<void> => {
    for (const [, database] of databases) await database.close()
  }
  return { files, subjects, close }
}
