import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Store } from '../../model/store.js'
import type { Session } from '../session.js'
import type { PlanOptions } from './options.js'

/** Which database is meant, and the folders of the sets. */
export interface Chosen {
  readonly store: Store
  readonly url: string
  readonly given: readonly string[]
}

export const variables = { postgres: 'DATABASE_URL', mongo: 'MONGODB_URI' } as const

const refusal = (problem: 'no-store' | 'no-url' | 'no-address' | 'stray-url', store: Store): Diagnostic =>
  report('database-unnamed', null, { problem, store, variable: variables[store] })

const isUrl = (text: string): boolean => text.includes('://')

const fromVariable = ({ terminal }: Session, store: Store, given: readonly string[]): Chosen | Diagnostic => {
  const url = terminal.environment[variables[store]]
  return url === undefined || url === '' ? refusal('no-url', store) : { store, url, given }
}

/** In `--postgres schemas/discord` the folder of a set stands where a URL may. What is neither is not shown. */
const ofOption = (session: Session, store: Store, option: string | true, given: readonly string[]) => {
  if (option === true) return fromVariable(session, store, given)
  if (isUrl(option)) return { store, url: option, given }
  const isFolder = session.paths([option]).some((path) => session.host.files.kindOf(path) === 'folder')
  return isFolder ? fromVariable(session, store, [option, ...given]) : refusal('no-address', store)
}

/** The database of the options, or of the environment. */
export const chooseDatabase = (
  session: Session,
  given: readonly string[],
  { postgres, mongo }: Pick<PlanOptions, 'postgres' | 'mongo'>,
): Chosen | Diagnostic => {
  if (given.some(isUrl)) return refusal('stray-url', mongo === undefined ? 'postgres' : 'mongo')
  if (postgres !== undefined) return ofOption(session, 'postgres', postgres, given)
  if (mongo !== undefined) return ofOption(session, 'mongo', mongo, given)
  return refusal('no-store', 'postgres')
}
