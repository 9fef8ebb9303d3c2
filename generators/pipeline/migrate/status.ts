import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { PostgresDatabase } from '../retain/database.js'
import { ledgered, pendingOf } from './apply.js'
import { type Entry, readPosition } from './ledger.js'
import type { MigratedSet } from './prepare.js'

/** Where a database is, as `--json` has it. */
export interface SetStatus {
  readonly folder: string
  readonly name: string
  readonly applied: readonly string[]
  /** Plans that are to be applied, the first perhaps begun: how many of its steps are done. */
  readonly pending: readonly { readonly plan: string; readonly done: number; readonly steps: number }[]
  readonly ledger: readonly Entry[]
}

export interface StatusResult {
  readonly diagnostics: readonly Diagnostic[]
  readonly status: SetStatus | null
}

/** Reads where a database is. Changes nothing. */
export const statusOf = async (set: MigratedSet, { reasonOf, session }: PostgresDatabase): Promise<StatusResult> => {
  try {
    const position = await session((client) => readPosition(client, ledgered(set)))
    const pending = pendingOf(set, position)
    if ('code' in pending) return { diagnostics: [pending], status: null }
    const open = new Set(pending.map(({ plan }) => plan.folder))
    return {
      diagnostics: [],
      status: {
        folder: set.folder,
        name: set.state.set.name,
        applied: set.chain.plans.map(({ folder }) => folder).filter((folder) => !open.has(folder)),
        pending: pending.map(({ from, plan }) => ({ plan: plan.folder, done: from, steps: plan.plan.steps.length })),
        ledger: position.entries,
      },
    }
  } catch (failure) {
    const reason = reasonOf(failure)
    return { diagnostics: [report('database-refused', null, { store: 'postgres', reason })], status: null }
  }
}
