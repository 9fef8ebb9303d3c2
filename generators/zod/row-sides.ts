import type { Entity } from '../model/entity.js'
import { keyFieldsOf } from '../model/lookup.js'
import type { Store } from '../model/store.js'
import { code } from '../script/code.js'
import { encryptedIn } from '../script/encryption.js'
import { entityNames } from '../script/names.js'
import { rowFields, type ShapeField } from '../script/shapes.js'
import type { Rename } from './record.js'
import type { Side } from './side.js'
import { zod } from './type-code.js'

/** The constant of an entity's module that holds the fields of its rows. */
export const shape = 'shape'

/** The fields of a row that a store keeps. */
export const inStore = (entity: Entity, store: Store): readonly ShapeField[] =>
  rowFields(entity).filter(({ field }) => field.stores.includes(store))

const ownNames = (fields: readonly ShapeField[]): readonly Rename[] =>
  fields
    .filter(({ field }) => field.name !== field.property)
    .map(({ field }) => ({ stored: field.name, property: field.property, written: null }))

const sideOf = (entity: Entity, parts: Omit<Side, 'shape' | 'schema' | 'fields'>): Side => ({
  shape,
  schema: entityNames(entity).rowSchema,
  fields: rowFields(entity),
  ...parts,
})

export const jsonSide = (entity: Entity): Side =>
  sideOf(entity, { form: 'json', coded: null, kept: rowFields(entity), renames: [], extra: [] })

/** What a store returns of encrypted fields is passed over, and never written by a row's codec. */
const unseenIn = (entity: Entity, store: Store): Pick<Side, 'renames' | 'extra'> => {
  const names = encryptedIn(entity, store).map(({ name }) => name)
  return {
    renames: names.map((stored) => ({ stored, property: null, written: null })),
    extra: names.map((key) => ({ key, value: code`${zod}.unknown().optional()` })),
  }
}

/** A singleton's table has a column of its own for the key, which a row does not show. */
export const postgresSide = (entity: Entity, coded: string | null): Side => {
  const kept = inStore(entity, 'postgres')
  const unseen = unseenIn(entity, 'postgres')
  const parts = { form: 'postgres', coded, kept } as const
  if (entity.key.kind !== 'singleton') {
    return sideOf(entity, { ...parts, renames: [...ownNames(kept), ...unseen.renames], extra: unseen.extra })
  }
  return sideOf(entity, {
    ...parts,
    renames: [...ownNames(kept), { stored: 'singleton', property: null, written: null }, ...unseen.renames],
    extra: [{ key: 'singleton', value: code`${zod}.literal(true).optional()` }, ...unseen.extra],
  })
}

const isSingleKey = (entity: Entity, name: string): boolean => {
  const keys = keyFieldsOf(entity)
  return keys.length === 1 && keys[0] === name
}

/** In a document a single key is `_id`; where there is none, `_id` is the store's own and no part of a row. */
export const mongoSide = (entity: Entity, coded: string | null): Side => {
  const kept = inStore(entity, 'mongo')
  const parts = { form: 'mongo', coded, kept } as const
  const key = kept.find(({ field }) => isSingleKey(entity, field.name))?.field
  const others = ownNames(kept.filter(({ field }) => field !== key))
  const unseen = unseenIn(entity, 'mongo')
  if (key !== undefined) {
    const renames = key.property === '_id' ? [] : [{ stored: '_id', property: key.property, written: null }]
    return sideOf(entity, { ...parts, renames: [...renames, ...others, ...unseen.renames], extra: unseen.extra })
  }
  const singleton = entity.key.kind === 'singleton'
  const value = singleton ? code`${zod}.literal('singleton')` : code`${zod}.unknown().optional()`
  return sideOf(entity, {
    ...parts,
    renames: [
      { stored: '_id', property: null, written: singleton ? "'singleton' as const" : null },
      ...others,
      ...unseen.renames,
    ],
    extra: [{ key: '_id', value }, ...unseen.extra],
  })
}
