import type { Host } from './host.js'
import { isNumber, isText, listOf, orNull, pairOf, readStored, shapeOf } from './stored.js'

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

const isPart = shapeOf<CachedPart>({ path: isText, order: isNumber, hash: isText, text: orNull(isText) })
const isUnit = shapeOf<CachedUnit>({ version: isText, parts: listOf(isPart) })
const isStoredUnits = shapeOf<StoredUnits>({ identity: isText, units: listOf(pairOf(isText, isUnit)) })

/** What the units of a set gave last time; empty when another botschema emitted them. */
export const readUnitCache = (host: Host, folder: string): UnitCache => {
  const stored = readStored(host, folder, 'units', isStoredUnits)
  return new Map(stored?.identity === host.identity() ? stored.units : [])
}

/** Keeps all units of a set in one entry: one file reads and writes quicker than one a unit. */
export const writeUnitCache = (host: Host, folder: string, units: UnitCache): void => {
  const stored: StoredUnits = { identity: host.identity(), units: [...units] }
  host.cache.put(folder, 'units', JSON.stringify(stored))
}
