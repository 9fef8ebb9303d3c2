import type { Host } from './host.js'

/** A part that a unit gave. `text` is null where the part is a file of its own: then the hash is enough. */
export interface CachedPart {
  readonly path: string
  readonly order: number
  readonly hash: string
  readonly text: string | null
}

/** What a unit gave when all that its emission reads had the hash `version`. */
export interface CachedUnit {
  readonly version: string
  readonly parts: readonly CachedPart[]
}

/** By the unit's key. */
export type UnitCache = ReadonlyMap<string, CachedUnit>

interface StoredUnits {
  readonly identity: string
  readonly units: readonly (readonly [string, CachedUnit])[]
}

/** What the units of a set gave last time; empty when another botschema emitted them. */
export const readUnitCache = (host: Host, folder: string): UnitCache => {
  const text = host.cache.get(folder, 'units')
  if (text === null) return new Map()
  const stored = JSON.parse(text) as StoredUnits
  return stored.identity === host.identity() ? new Map(stored.units) : new Map()
}

/** Keeps all units of a set in one entry: one file reads and writes quicker than one a unit. */
export const writeUnitCache = (host: Host, folder: string, units: UnitCache): void => {
  const stored: StoredUnits = { identity: host.identity(), units: [...units] }
  host.cache.put(folder, 'units', JSON.stringify(stored))
}
