import type { ImportEnding, ModuleSystem } from '../../model/options.js'
import type { Store } from '../../model/store.js'
import type { FormatOptions } from '../command.js'

/** The options of `botschema init`, as commander reads them. */
export interface InitOptions extends FormatOptions {
  /** Lists of names, as many as the option was given. */
  readonly with?: readonly string[]
  readonly store?: Store | 'both'
  readonly copy?: true
  readonly module?: ModuleSystem
  readonly imports?: ImportEnding
  readonly javascript?: true
  readonly force?: true
  readonly dryRun?: true
  readonly yes?: true
}
