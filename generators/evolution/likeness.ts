import type { IsAlike } from './differ.js'
import type { Facts } from './facts.js'
import type { Ask } from './reader/ask.js'
import { isPrintedAlike } from './reprint.js'
import { isReadAlike } from './trees.js'

/**
 * Whether a text of the engine that holds the wanted schema and one of a server mean the same: they are one text, or
 * Postgres' parser reads them alike, or the engine prints them alike. No text is edited for it.
 */
export const likenessOn = (ask: Ask, { schema, version }: Pick<Facts, 'schema' | 'version'>): IsAlike => {
  const major = Math.floor(version / 10_000)
  return async (a, b) =>
    a.sql === b.sql || (await isReadAlike(a, b, major)) || (await isPrintedAlike(ask, schema, a, b))
}
