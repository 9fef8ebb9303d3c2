import type { Document, Mapping, Scalar } from '../load/node.js'
import type { Definition } from '../resolve/index.js'

/** An `extend:` document. */
export interface Extension {
  readonly name: string
  readonly nameNode: Scalar
  readonly root: Mapping
}

/** What one set says: a set or a module that is taken in, or the set that takes it. */
export interface Layer {
  /** As people name it; nothing is called as the set that is compiled. */
  readonly name: string
  /** The names of all that it takes in, directly or not. */
  readonly uses: ReadonlySet<string>
  /** The paths of its files. */
  readonly paths: ReadonlySet<string>
  /** Its botschema.yaml or module.yaml; null when it cannot be read. */
  readonly head: Document | null
  /** By file, then place. */
  readonly definitions: readonly Definition[]
  readonly extensions: readonly Extension[]
}
