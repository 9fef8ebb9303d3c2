import type { Check, Entity } from './entity.js'
import type { Field } from './field.js'
import type { TargetOptions } from './options.js'
import type { Origin } from './origin.js'
import type { Store } from './store.js'
import type { Type } from './type.js'
import type { Enforcer, EnumStorage } from './words.js'

/** A schema set as its definitions mean it: frozen, names resolved, defaults filled in. The same for the same meaning. */
export interface SchemaSet {
  readonly name: string
  readonly title: string
  readonly summary: string | null
  readonly stores: readonly Store[]
  /** That of entities which say nothing else. */
  readonly enforce: Enforcer
  /** The modules and sets that definitions were taken in from, each after those that it takes in itself. */
  readonly uses: readonly TakenIn[]
  readonly targets: TargetOptions
  readonly groups: readonly Group[]
  readonly pages: readonly Page[]
  readonly actors: readonly Actor[]
  /** Names of entities that are gone for good: none of them was renamed. */
  readonly gone: readonly string[]
  /** All three by name, in code-unit order: where a definition was written plays no part. */
  readonly entities: readonly Entity[]
  readonly objects: readonly ObjectDefinition[]
  readonly enums: readonly EnumDefinition[]
  readonly origin: Origin
}

/** A module or a set that a set takes in: `botschema:guilds`, or its own name. */
export interface TakenIn {
  readonly module: string
  readonly summary: string | null
  readonly origin: Origin
}

/** A chapter of the docs. */
export interface Group {
  readonly name: string
  readonly title: string
  readonly origin: Origin
}

/** A page of the user's own, as it was read. */
export interface Page {
  readonly path: string
  readonly text: string
  readonly origin: Origin
}

export interface Actor {
  readonly name: string
  readonly summary: string
  readonly origin: Origin
}

/** A named embedded structure. Objects never hold themselves, however deep. */
export interface ObjectDefinition {
  readonly name: string
  /** Where it was written inline (`guild.server`), or null when it is a definition of its own. */
  readonly inline: string | null
  readonly summary: string | null
  /** Names of fields that are gone for good: none of them was renamed. */
  readonly gone: readonly string[]
  readonly fields: readonly Field[]
  readonly checks: readonly Check[]
  readonly origin: Origin
}

export interface EnumDefinition {
  readonly name: string
  readonly inline: string | null
  readonly summary: string | null
  /** All strings or all whole numbers: of 16 bits where Postgres keeps them, else of 53. */
  readonly values: readonly EnumValue[]
  /** `type` is a type of the store's own where it has them; `check` is a plain column with a check. */
  readonly as: EnumStorage
  /** Values, as text, that are gone for good: none of them was renamed. */
  readonly gone: readonly string[]
  /** The column's type under `check`, where the field named one (`string(20)` with `values`). */
  readonly base: Type | null
  readonly origin: Origin
}

export interface EnumValue {
  readonly value: string | number
  readonly summary: string | null
  readonly was: string | null
  readonly origin: Origin
}
