import type { Type } from '../../model/type.js'
import type { ExtendedJson } from '../collections.js'

/** A field that an expression reads: how the aggregation language names it, and what may stand there. */
export interface Read {
  readonly value: ExtendedJson
  readonly type: Type
  /** Null or missing, which mean the same. */
  readonly nullable: boolean
}

export type Scope = (path: readonly string[]) => Read
