import type { Diagnostic } from '../../kernel/diagnostic.js'
import { hasErrors } from '../../kernel/result.js'
import { eachSet } from '../../pipeline/each-set.js'
import { type Prepared, prepareSet, type RetainedSet } from '../../pipeline/retain/prepare.js'
import type { Session } from '../session.js'
import type { Chosen } from './choose-database.js'

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
