import type { Result } from '../kernel/result.js'
import type { Feature, Support } from './feature.js'
import type { OptionShape, TargetId, TargetOptions } from './options.js'
import type { Origin } from './origin.js'
import type { SchemaSet } from './schema-set.js'

/**
 * A piece of an output file. A file made of several parts is their texts joined in ascending `order` (ties by text);
 * so a file about all entities still costs one entity when one entity changes. `path` is relative to the set's output
 * folder, with `/`.
 */
export interface OutputPart {
  readonly path: string
  readonly order: number
  readonly text: string
}

/**
 * What can be emitted alone. `hash` covers all that `emit` reads: two units of one hash give the same parts, so a cache
 * may answer for `emit`. `definitions` are the names it came from (`entity guild`, `enum channel_type`), for the manifest.
 */
export interface Unit {
  readonly id: string
  readonly definitions: readonly string[]
  readonly hash: string
  /** Pure; asynchronous only because some of the libraries behind it are. */
  readonly emit: () => Promise<Result<readonly OutputPart[]>>
}

/** Something of this very set that a target cannot hold its store to. */
export interface Loss {
  readonly feature: Feature
  /** What of the set it is about: `warning.user_id`. */
  readonly subject: string
  /** What does not hold, as a sentence. */
  readonly message: string
  /** The argument from the store itself, as a sentence. */
  readonly because: string
  readonly origin: Origin
}

export interface Target<Id extends TargetId = TargetId> {
  readonly id: Id
  readonly options: OptionShape<NonNullable<TargetOptions[Id]>>
  readonly supports: Readonly<Record<Feature, Support>>
  readonly losses: (set: SchemaSet, options: NonNullable<TargetOptions[Id]>) => readonly Loss[]
  /** What the target's names do to the set (a clash after shortening, a name taken twice) comes as diagnostics. */
  readonly units: (set: SchemaSet, options: NonNullable<TargetOptions[Id]>) => Result<readonly Unit[]>
}
