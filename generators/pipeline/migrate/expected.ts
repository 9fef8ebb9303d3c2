import { openEmbedded } from '../../engines/postgres/embedded.js'
import {
  type Ask,
  differencesOf,
  effectOf,
  type Facts,
  likenessOn,
  objectName,
  readFacts,
} from '../../evolution/index.js'
import { emittedSql } from '../drift/wanted.js'
import type { PostgresState } from './planning.js'
import type { PlannedStep } from './state.js'

/** The embedded engine, kept where the database should be. */
export interface Expected {
  /** Does a step there as well. */
  readonly follow: (step: PlannedStep) => Promise<void>
  /** How a database differs from it, in words; what changes nothing that anybody reads or writes is left out. */
  readonly differences: (found: Facts) => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

/** An engine that holds a state; null: nothing. */
export const openExpected = async (state: PostgresState | null, schema: string): Promise<Expected> => {
  const engine = await openEmbedded()
  const ask: Ask = (text, values) => engine.query(text, values)
  if (state !== null) await engine.exec(await emittedSql(state.set, state.options))
  return {
    follow: async ({ statements }) => {
      for (const statement of statements) await engine.exec(statement)
    },
    differences: async (found) => {
      const wanted = await readFacts(ask, schema)
      const { differences } = await differencesOf(wanted, found, likenessOn(ask, found))
      return differences
        .filter((difference) => effectOf(difference) !== 'is cosmetic')
        .map(({ kind, object }) => `${objectName(object)} is ${kind === 'unfit' ? 'not in force' : kind}`)
    },
    close: engine.close,
  }
}
