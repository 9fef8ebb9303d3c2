import type { Diagnostic } from '../../kernel/diagnostic.js'
import type { EnumDefinition, Field, ObjectDefinition, Store, Type } from '../../model/index.js'
import type { Enforcer, ValidatorMode } from '../../model/words.js'
import type { Mapping, Node } from '../load/node.js'
import type { ResolvedField } from './field.js'
import type { Names } from './names.js'

/** What a set says for all of its entities. */
export interface SetDefaults {
  readonly stores: readonly Store[]
  readonly enforce: Enforcer
  readonly validators: ValidatorMode
}

/** How many fields may wait for the type of the next: each takes a piece of the stack. */
export const deepestKeys = 100

/**
 * What resolving one set shares. Every definition is resolved once, on first need, so their order plays no part; one
 * that is asked for while it is being resolved answers `circle`.
 */
export interface Scope extends SetDefaults {
  readonly names: Names
  readonly found: (diagnostic: Diagnostic) => void
  /** A field of an entity; null when there is none that can be resolved, `deep` when too many wait for each other. */
  readonly entityField: (entity: string, field: string) => ResolvedField | null | 'circle' | 'deep'
  /** The names of the fields of an entity, and of those that are its key. */
  readonly entityHead: (entity: string) => EntityHead | null
  readonly objectFields: (object: string) => readonly Field[] | null | 'circle'
  readonly enumNamed: (name: string) => EnumDefinition | null
  /** The type of an object whose fields are written in place. */
  readonly inlineObject: (place: Place, fields: Mapping, summary: Node | null, gone: readonly string[]) => Type
  /** Takes in a structure or an enum that was written inline; the same one may come again. */
  readonly addObject: (object: ObjectDefinition) => void
  readonly addEnum: (enumeration: EnumDefinition) => void
  /** Notes that a named type is the type of something. */
  readonly markUsed: (type: string) => void
  /** Notes that the type of a field is not known, so that rules stay silent about it. */
  readonly isBroken: (owner: string, field: string) => boolean
  readonly markBroken: (owner: string, field: string) => void
}

/** What is known of an entity before its fields are resolved. */
export interface EntityHead {
  readonly name: string
  readonly fields: readonly string[]
  /** The fields of the key: none for a singleton and for `key: none`. */
  readonly key: readonly string[]
}

/** Where a type or a value stands: what inline structures and enums take their names from. */
export interface Place {
  readonly scope: Scope
  /** `guild_server`: the name an inline structure here would have. */
  readonly name: string
  /** `guild.server`: the same as people read it. */
  readonly path: string
  readonly entity: string | null
  /** The entity, when the field is its key: its ids are branded by it. */
  readonly keyOf: string | null
  /** The named types that hold the place: one of them met again is made from itself. */
  readonly within: readonly string[]
}

/** The place of a definition by itself, or of a part of one. */
export const placeAt = (scope: Scope, name: string, path: string, within: readonly string[] = []): Place => ({
  scope,
  name,
  path,
  entity: null,
  keyOf: null,
  within,
})

/** What the model says of where a structure was written: nothing when its definition is its own. */
export const inlinePath = ({ name, path }: Place): string | null => (name === path ? null : path)
