import type { JsonValue } from '../../model/origin.js'

/** A JSON Schema, or a part of one. */
export interface Schema {
  readonly [keyword: string]: JsonValue | undefined
}
