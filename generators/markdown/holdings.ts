import { documentSchema } from '../document/index.js'
import type { SchemaSet } from '../model/schema-set.js'
import { relationalSchema } from '../relational/index.js'
import type { Holding } from './holding.js'
import { mongoHolding } from './holding-mongo.js'
import { postgresHolding } from './holding-postgres.js'

type Held = readonly (readonly [entity: string, holding: Holding])[]

const inPostgres = (set: SchemaSet): Held => {
  const options = set.targets.postgres
  if (options === null || !set.stores.includes('postgres')) return []
  const { tables } = relationalSchema(set, options).value
  return tables.filter(({ role }) => role === 'entity').map((table) => [table.entity, postgresHolding(table)])
}

const inMongo = (set: SchemaSet): Held => {
  if (set.targets.mongoose === null || !set.stores.includes('mongo')) return []
  return documentSchema(set).value.collections.map((collection) => [collection.entity, mongoHolding(collection)])
}

/**
 * How the stores that the set is emitted for hold each entity, by its name. What the views find on the way is told by
 * the stores' own targets.
 */
export const holdingsOf = (set: SchemaSet): ReadonlyMap<string, readonly Holding[]> => {
  const holdings = new Map<string, readonly Holding[]>()
  for (const [entity, holding] of [...inPostgres(set), ...inMongo(set)]) {
    holdings.set(entity, [...(holdings.get(entity) ?? []), holding])
  }
  return holdings
}
