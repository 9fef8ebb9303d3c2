import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { hasErrors } from '../../kernel/result.js'
import { type Span, wholeOf } from '../../kernel/source.js'
import { compileFolder } from '../compile.js'
import type { Host } from '../host.js'
import { join, migrationsBeside } from '../paths.js'
import { outputRoot } from '../project.js'
import { type Chain, readChain } from './chain.js'
import type { PostgresState } from './planning.js'

/** A set that is kept in Postgres, and its plans. */
export interface MigratedSet {
  readonly folder: string
  readonly output: string
  /** The folder of its plans. */
  readonly migrations: string
  /** The folder of the disk below which plans may be written. */
  readonly root: string
  readonly state: PostgresState
  readonly chain: Chain
  readonly at: Span
}

export interface Prepared {
  readonly diagnostics: readonly Diagnostic[]
  readonly outcome: MigratedSet | null
}

/** Compiles a set and reads its plans. `outcome` is null where the set or a plan has errors, or no tables are emitted. */
export const prepareMigration = (host: Host, folder: string): Prepared => {
  const { base, diagnostics, output, root: source, set } = compileFolder(host, folder)
  const options = set?.targets.postgres ?? null
  if (set === null || options === null) return { diagnostics, outcome: null }
  const migrations = join(migrationsBeside(base), set.name)
  const at = wholeOf(source)
  const root = outputRoot(host, folder, migrations)
  if (root === null) {
    return { diagnostics: [...diagnostics, report('output-outside', at, { output: migrations })], outcome: null }
  }
  const chain = readChain(host, migrations)
  const all = [...diagnostics, ...chain.diagnostics]
  return hasErrors(all)
    ? { diagnostics: all, outcome: null }
    : { diagnostics: all, outcome: { folder, output, migrations, root, state: { set, options }, chain, at } }
}

/** The state at the end of a plan: what it describes, with the options that it had. Null: it is not kept in Postgres. */
export const stateOf = (set: PostgresState['set']): PostgresState | null =>
  set.targets.postgres === null ? null : { set, options: set.targets.postgres }
