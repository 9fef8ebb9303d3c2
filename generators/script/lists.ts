import { camelCase } from '../kernel/identifiers.js'
import type { Entity, NamedList } from '../model/entity.js'
import { fieldOf } from '../model/lookup.js'

/** A list by the names that code has. */
export interface ListNames {
  readonly name: string
  readonly by: readonly string[]
  readonly order: { readonly [field: string]: 'asc' | 'desc' }
}

export const listNames = (entity: Entity, { name, by, order }: NamedList): ListNames => ({
  name: camelCase(name),
  by: by.map((field) => fieldOf(entity, field).property),
  order: Object.fromEntries(order.map(({ field, direction }) => [fieldOf(entity, field).property, direction])),
})
