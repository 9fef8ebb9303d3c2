import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { hasErrors } from '../../kernel/result.js'
import type { Store } from '../../model/store.js'
import { eachSet } from '../../pipeline/each-set.js'
import type { Database } from '../../pipeline/retain/database.js'
import { type Prepared, prepareSet, type RetainedSet } from '../../pipeline/retain/prepare.js'
import type { Report } from '../report.js'
import type { Session } from '../session.js'
import type { Chosen } from './choose-database.js'
import { idleText } from './text.js'

/** The sets that a command is about: those that have something to do, and all of them for the report. */
export interface Sets {
  readonly retained: readonly RetainedSet[]
  readonly folders: readonly string[]
  readonly idle: readonly { readonly folder: string; readonly hasErrors: boolean }[]
  readonly diagnostics: readonly Diagnostic[]
}

export const prepareSets = async ({ host, paths }: Session, { given, store }: Chosen): Promise<Sets> => {
  const { diagnostics, sets } = await eachSet(
    host,
    paths(given),
    (folder): Promise<Prepared> => prepareSet(host, folder, store),
  )
  return {
    retained: sets.flatMap(({ result }) => result.outcome ?? []),
    folders: sets.map(({ folder }) => folder),
    idle: sets
      .filter(({ result }) => result.outcome === null)
      .map(({ folder, result }) => ({ folder, hasErrors: hasErrors(result.diagnostics) })),
    diagnostics,
  }
}

/** The report of a command that came to nothing. */
export const nothingDone = (diagnostics: readonly Diagnostic[]): Report => ({
  diagnostics,
  notices: [],
  sets: [],
  data: { sets: [] },
  text: () => '',
})

/** What was found and done in all sets, as one report. */
export const reportOn = <Done extends { readonly folder: string }>(
  sets: Pick<Sets, 'folders' | 'idle'>,
  store: Store,
  { diagnostics, done }: Worked<Done>,
  print: (done: Done, paint: Parameters<Report['text']>[0]) => string,
): Report => ({
  diagnostics,
  notices: [],
  sets: sets.folders,
  data: { sets: done },
  text: (paint) =>
    sets.folders
      .map((folder) => {
        const own = done.find((one) => one.folder === folder)
        const idle = sets.idle.find((one) => one.folder === folder)
        if (own !== undefined) return print(own, paint)
        return idleText(folder, idle?.hasErrors !== false, store, paint)
      })
      .join(''),
})

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
