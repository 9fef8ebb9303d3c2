import { documentSchema } from '../document/index.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Holding } from './holding.js'
import { mongoHolding } from './holding-mongo.js'

const inMongo = (set: SchemaSet): readonly (readonly [string, Holding])[] =>
  set.stores.includes('mongo')
    ? documentSchema(set).value.collections.map((collection) => [collection.entity, mongoHolding(collection)])
    : []

/** How the stores of a set hold each entity, by its name. What the views find is told by the stores' own targets. */
export const holdingsOf = (set: SchemaSet): ReadonlyMap<string, readonly Holding[]> => {
  const holdings = new Map<string, Holding[]>()
  for (const [entity, holding] of inMongo(set)) {
    holdings.set(entity, [...(holdings.get(entity) ?? []), holding])
  }
  return holdings
}
