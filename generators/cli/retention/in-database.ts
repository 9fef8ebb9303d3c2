import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Database } from '../../pipeline/retain/database.js'
import type { Session } from '../session.js'
import type { Chosen } from './choose-database.js'
import type { Sets } from './sets.js'

/** What work in a database came to: what was found, and what was done in each set. */
export interface Worked<Done> {
  readonly diagnostics: readonly Diagnostic[]
  readonly done: readonly Done[]
}

/** Opens the database for some work and closes it; one that lets nobody in is a finding. Without sets there is no work. */
export const inDatabase = async <Done>(
  { progress, terminal }: Session,
  { store, url }: Chosen,
  { retained }: Sets,
  work: (database: Database) => Promise<Worked<Done>>,
): Promise<Worked<Done>> => {
  if (retained.length === 0) return { diagnostics: [], done: [] }
  progress.say('opening the database')
  const opened = await terminal.databases.open(store, url)
  if ('refused' in opened) {
    return { diagnostics: [report('database-refused', null, { store, reason: opened.refused })], done: [] }
  }
  try {
    return await work(opened)
  } finally {
    await opened.close()
  }
}
