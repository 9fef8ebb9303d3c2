import type { Entity } from '../model/entity.js'
import type { Origin } from '../model/origin.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Store, stores } from '../model/store.js'
import { accessOf, type List, type Lookup } from './access.js'
import { encryptedIn, encryptionNames, isReplaceable } from './encryption.js'
import { hasAccess } from './has-access.js'

/** A function that reads or writes rows, by its name in every store that has it. */
export interface AccessName {
  readonly name: string
  /** What it is made of, as a person would say it: `the list of warning by guild_id`. */
  readonly thing: string
  readonly origin: Origin
}

const listed = (fields: readonly { readonly name: string }[]): string =>
  fields.length === 0 ? '' : ` by ${fields.map(({ name }) => name).join(', ')}`

const ofLookup = (entity: Entity, { get, upsert, fields, unique }: Lookup): readonly AccessName[] => {
  const by = unique === null ? ' by its key' : listed(fields)
  const origin = unique?.origin ?? entity.origin
  return [
    { name: get, thing: `the get of ${entity.name}${by}`, origin },
    ...(upsert === null ? [] : [{ name: upsert, thing: `the upsert of ${entity.name}${by}`, origin }]),
  ]
}

const ofList = (entity: Entity, { name, index, narrowing }: List): AccessName => ({
  name,
  thing: `the list of ${entity.name}${index === null ? ' by its key' : listed(narrowing)}`,
  origin: index?.origin ?? entity.origin,
})

const ofEncrypted = (entity: Entity, store: Store): readonly AccessName[] => {
  const names = encryptionNames(entity)
  return encryptedIn(entity, store).flatMap((field) => {
    const thing = `the encrypted field ${field.name} of ${entity.name}`
    const written = isReplaceable(entity, field) ? [names.set(field)] : []
    return [names.get(field), ...written].map((name) => ({ name, thing, origin: field.origin }))
  })
}

const inStore = (entity: Entity, store: Store): readonly AccessName[] => {
  const access = accessOf(entity, store)
  const own = (name: string | null, thing: string): readonly AccessName[] =>
    name === null ? [] : [{ name, thing: `the ${thing} of ${entity.name}`, origin: entity.origin }]
  return [
    ...own(access.insert, 'insert'),
    ...own(access.insertMany, 'insert of many rows'),
    ...own(access.update, 'update'),
    ...own(access.delete, 'delete'),
    ...access.lookups.flatMap((lookup) => ofLookup(entity, lookup)),
    ...access.lists.map((list) => ofList(entity, list)),
    ...access.queries.map(({ name, query }) => ({
      name,
      thing: `the query ${query.name} of ${entity.name}`,
      origin: query.origin,
    })),
    ...ofEncrypted(entity, store),
  ]
}

/** The names of all functions of an entity that are emitted; what both stores have is there for each of them. */
export const accessNames = (set: SchemaSet, entity: Entity): readonly AccessName[] =>
  stores.flatMap((store) => (hasAccess(set, store) && entity.stores.includes(store) ? inStore(entity, store) : []))
