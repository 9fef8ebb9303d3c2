import { known } from '../kernel/bug.js'
import { memoised } from '../kernel/memoised.js'
import type { Entity, Reference } from './entity.js'
import type { Field } from './field.js'
import type { EnumDefinition, ObjectDefinition, SchemaSet } from './schema-set.js'
import type { Store } from './store.js'

const byName = <T extends { readonly name: string }>() => {
  const tables = new WeakMap<readonly T[], ReadonlyMap<string, T>>()
  return (items: readonly T[], name: string): T | undefined => {
    const table = tables.get(items) ?? new Map(items.map((item) => [item.name, item]))
    tables.set(items, table)
    return table.get(name)
  }
}

const entityByName = byName<Entity>()
const objectByName = byName<ObjectDefinition>()
const enumByName = byName<EnumDefinition>()
const fieldByName = byName<Field>()

export const findEntity = (set: SchemaSet, name: string): Entity | undefined => entityByName(set.entities, name)

/** An entity that the rules have seen to exist. */
export const entityOf = (set: SchemaSet, name: string): Entity => known(findEntity(set, name), `entity ${name}`)

export const findObject = (set: SchemaSet, name: string): ObjectDefinition | undefined =>
  objectByName(set.objects, name)

export const objectOf = (set: SchemaSet, name: string): ObjectDefinition =>
  known(findObject(set, name), `object ${name}`)

export const findEnum = (set: SchemaSet, name: string): EnumDefinition | undefined => enumByName(set.enums, name)

export const enumOf = (set: SchemaSet, name: string): EnumDefinition => known(findEnum(set, name), `enum ${name}`)

export const findField = (owner: { readonly fields: readonly Field[] }, name: string): Field | undefined =>
  fieldByName(owner.fields, name)

export const fieldOf = (owner: { readonly fields: readonly Field[] }, name: string): Field =>
  known(findField(owner, name), `field ${name}`)

/** The names of the fields of an entity's key: none for a singleton or an entity without a key. */
export const keyFieldsOf = (entity: Entity): readonly string[] =>
  entity.key.kind === 'fields' ? entity.key.fields : []

export const isKeyField = (entity: Entity, field: Field): boolean => keyFieldsOf(entity).includes(field.name)

/** The entities kept in a store, in name order. */
export const entitiesIn = (set: SchemaSet, store: Store): readonly Entity[] =>
  set.entities.filter((entity) => entity.stores.includes(store))

export const fieldsIn = (owner: { readonly fields: readonly Field[] }, store: Store): readonly Field[] =>
  owner.fields.filter((field) => field.stores.includes(store))

/** The single-field reference that a field carries, if it does. */
export const referenceOf = (entity: Entity, field: Field): Reference | undefined =>
  entity.references.find((reference) => reference.fields.length === 1 && reference.fields[0] === field.name)

/** The fields of a reference that become null when its target goes, where others of it keep their values; else none. */
export const setNullAlone = ({ fields, setNull }: Reference): readonly string[] =>
  fields.every((name) => setNull.includes(name)) ? [] : setNull

interface Pointing {
  readonly from: Entity
  readonly reference: Reference
}

const pointingByTarget = memoised((set: SchemaSet): ReadonlyMap<string, readonly Pointing[]> => {
  const found = new Map<string, Pointing[]>()
  for (const from of set.entities) {
    for (const reference of from.references) {
      const others = found.get(reference.to.entity) ?? []
      others.push({ from, reference })
      found.set(reference.to.entity, others)
    }
  }
  return found
})

/** Who points at an entity: every reference to it, with the entity it stands in. */
export const referencesTo = (set: SchemaSet, name: string): readonly Pointing[] => pointingByTarget(set).get(name) ?? []
