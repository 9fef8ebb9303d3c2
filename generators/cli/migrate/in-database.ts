import { setTimeout as pause } from 'node:timers/promises'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { hasErrors } from '../../kernel/result.js'
import { visibleLine } from '../../kernel/safe/visible.js'
import { eachSet } from '../../pipeline/each-set.js'
import { guarded } from '../../pipeline/guard.js'
import type { Clock } from '../../pipeline/migrate/lock.js'
import { type MigratedSet, type Prepared, prepareMigration } from '../../pipeline/migrate/prepare.js'
import type { PostgresDatabase } from '../../pipeline/retain/database.js'
import type { Paint } from '../output/paint.js'
import type { Report } from '../report.js'
import { chooseDatabase } from '../retention/choose-database.js'
import { nothingDone } from '../retention/reports.js'
import type { Session } from '../session.js'

/** What commands take that work in a database; a flag without a URL is true. */
export interface DatabaseOptions {
  readonly postgres?: string | true
  /** Milliseconds that locks of others are waited for. */
  readonly wait?: number
}

export const clock: Clock = {
  now: () => performance.now(),
  pause: async (milliseconds) => {
    await pause(milliseconds)
  },
}

/** As long as a bot can do without its database. */
export const usualWait = 60_000

/** What became of one set in a database. `done` is null where nothing did. */
export interface Worked<Done> {
  readonly diagnostics: readonly Diagnostic[]
  readonly done: Done | null
}

interface Shown<Done> {
  readonly work: (set: MigratedSet, database: PostgresDatabase) => Promise<Worked<Done>>
  readonly print: (done: Done, paint: Paint) => string
  /** What a set is called to which nothing was done: `not applied`. */
  readonly idle: string
}

const workAll = async <Done>(
  { progress, terminal }: Session,
  url: string,
  sets: readonly MigratedSet[],
  work: Shown<Done>['work'],
): Promise<ReadonlyMap<string, Worked<Done>>> => {
  if (sets.length === 0) return new Map()
  progress.say('opening the database')
  const database = await terminal.databases.open('postgres', url)
  if ('refused' in database) {
    const diagnostic = report('database-refused', null, { store: 'postgres', reason: database.refused })
    return new Map(sets.map(({ folder }) => [folder, { diagnostics: [diagnostic], done: null }]))
  }
  const worked = new Map<string, Worked<Done>>()
  try {
    for (const set of sets) {
      if (database.store !== 'postgres') continue
      worked.set(
        set.folder,
        await guarded<Worked<Done>>(
          () => work(set, database),
          (diagnostic) => ({ diagnostics: [diagnostic], done: null }),
        ),
      )
    }
  } finally {
    await database.close()
  }
  return worked
}

/** Opens the database that was asked for, does the work for each set, and tells what became of it. */
export const inDatabase = async <Done extends object>(
  session: Session,
  given: readonly string[],
  { postgres = true }: DatabaseOptions,
  { idle, print, work }: Shown<Done>,
): Promise<Report> => {
  const chosen = chooseDatabase(session, given, { postgres })
  if ('code' in chosen) return nothingDone([chosen])
  const { host, paths } = session
  const prepared = await eachSet(host, paths(chosen.given), (folder) =>
    guarded(
      async () => prepareMigration(host, folder),
      (diagnostic): Prepared => ({ diagnostics: [diagnostic], outcome: null }),
    ),
  )
  const sets = prepared.sets.flatMap(({ result }) => result.outcome ?? [])
  const worked = await workAll(session, chosen.url, sets, work)
  const all = [...worked.values()]
  return {
    diagnostics: [...prepared.diagnostics, ...all.flatMap(({ diagnostics }) => diagnostics)],
    notices: [],
    sets: prepared.sets.map(({ folder }) => folder),
    data: { sets: all.flatMap(({ done }) => done ?? []) },
    text: (paint) =>
      prepared.sets
        .map(({ folder, result }) => {
          const done = worked.get(folder)?.done ?? null
          if (done !== null) return print(done, paint)
          const isRefused = result.outcome !== null || hasErrors(result.diagnostics)
          return `${paint.bold(visibleLine(folder))}: ${isRefused ? paint.red(idle) : 'nothing of it is kept in Postgres'}\n`
        })
        .join(''),
  }
}
