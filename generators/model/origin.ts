import type { Span } from '../kernel/source.js'

/**
 * Where a part of the model was written. Every node carries its own under the key `origin`, and hashes leave that key
 * out: moving a definition to another file changes no output.
 */
export type Origin = Span

/** A value of the YAML in its JSON form: snowflakes, bigints and decimals as strings, times as ISO 8601, bytes as base64. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject

export type JsonObject = { readonly [key: string]: JsonValue }

export const isJsonObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
