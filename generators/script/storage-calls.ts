import { floatBounds, wholeBounds } from '../model/bounds.js'
import type { Entity, Unique } from '../model/entity.js'
import { type Field, isComputed } from '../model/field.js'
import { isKeyField } from '../model/lookup.js'
import type { Store } from '../model/store.js'
import type { Type } from '../model/type.js'
import { accessOf, type Lookup } from './access.js'
import { type Code, code, text } from './code.js'
import { patchFields } from './shapes.js'

/** A key or unique that tells rows of an entity apart. */
export interface Telling {
  /** None for a singleton. */
  readonly fields: readonly Field[]
  /** Null for the key. */
  readonly unique: Unique | null
  /** Whether an upsert may go by it. */
  readonly isTarget: boolean
}

const telling = ({ fields, unique, upsert }: Lookup): Telling => ({ fields, unique, isTarget: upsert !== null })

/** The key where there is one, then each unique of other fields. */
export const tellingsOf = (entity: Entity, store: Store): readonly Telling[] => {
  const names = ({ fields }: Telling): string =>
    fields
      .map(({ name }) => name)
      .sort()
      .join()
  const all = accessOf(entity, store).lookups.map(telling)
  return [...new Map(all.toReversed().map((one) => [names(one), one])).values()].toReversed()
}

/** What a sum is held to, as text. */
export interface SumLimits {
  readonly min: string | null
  readonly max: string | null
}

const textOf = (limit: number | bigint | string | null): string | null => (limit === null ? null : String(limit))

/** The limits of a type whose values are added to; null of any other. */
const sumLimits = (type: Type): SumLimits | null => {
  switch (type.kind) {
    case 'integer':
    case 'duration': {
      if (type.kind === 'duration' && type.as === 'interval') return null
      const { min, max } = wholeBounds(type)
      return { min: textOf(min), max: textOf(max) }
    }
    case 'float': {
      const { min, max } = floatBounds(type)
      return { min: textOf(min), max: textOf(max) }
    }
    case 'bigint':
    case 'decimal':
      return { min: textOf(type.min), max: textOf(type.max) }
    case 'snowflake':
    case 'identity':
    case 'uuid':
    case 'objectid':
    case 'text':
    case 'boolean':
    case 'timestamp':
    case 'date':
    case 'time':
    case 'format':
    case 'json':
    case 'object':
    case 'list':
    case 'map':
    case 'enum':
    case 'bytes':
    case 'vector':
    case 'union':
      return null
  }
}

/** The limits of a field that `increment` may add to: a number that is never null, and that a patch may set. */
export const counterLimits = (entity: Entity, field: Field): SumLimits | null => {
  const isPatched = patchFields(entity).some((one) => one.field === field)
  return isPatched && !field.nullable ? sumLimits(field.type) : null
}

/** Whether an update may change a field: neither the key, nor what is immutable, computed or kept by the store. */
export const isFixed = (entity: Entity, field: Field): boolean =>
  isKeyField(entity, field) || !patchFields(entity).some((one) => one.field === field)

/** Whether the store makes a field and takes no value for it. */
export const isMade = (field: Field): boolean =>
  isComputed(field) || (field.maintained === 'store' && field.type.kind === 'identity')

export const isSingleton = (entity: Entity): boolean => entity.key.kind === 'singleton'

/**
 * A word as the value inside of a member of this name. TypeScript takes a member that `Object.prototype` has (`constructor`)
 * for that of Object, and would make a text of the word.
 */
export const wordIn = (name: string, word: string): Code =>
  name in Object.prototype ? code`${text(word)} as const` : text(word)
