import type { EmittedFile } from '../../generators/engines/script/emitted.js'
import { callOf, emittedFiles, fileOf, loadModule } from '../storage/emitted.js'
import { openTestDatabases, type TestDatabase } from '../support/postgres.js'

/** A client as emitted functions take it, which keeps the statements that went through it. */
export interface RecordingClient {
  readonly statements: { readonly text: string; readonly values: unknown[] }[]
  readonly query: (text: string, values: unknown[]) => Promise<{ readonly rows: readonly unknown[] }>
}

/** A database with the emitted schema of a set, and the set's functions on it. */
export interface Subject {
  readonly driver: string
  readonly database: TestDatabase
  readonly client: RecordingClient
  /** Calls an emitted function by its name, with the client as its database. */
  readonly call: (name: string, ...given: readonly unknown[]) => Promise<unknown>
}

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

/** Opens each driver's database with what a set emits; `close` closes them all. */
export const openSubjects = async (texts: Readonly<Record<string, string>>) => {
  const files: readonly EmittedFile[] = await emittedFiles(texts)
  const call = callOf(await loadModule(files, 'postgres/index.ts'))
  const databases = await openTestDatabases()
  const subjects: Subject[] = []
  for (const [driver, database] of databases) {
    await database.exec(fileOf(files, 'postgres/schema.sql'))
    await database.exec(fileOf(files, 'postgres/retention.sql'))
    const client = recording(database)
    subjects.push({ driver, database, client, call: (name, ...given) => call(name, client, ...given) })
  }
  const close = async (): Promise<void> => {
    for (const [, database] of databases) await database.close()
  }
  return { files, subjects, close }
}
