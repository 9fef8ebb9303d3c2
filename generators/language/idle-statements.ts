import type { Entity, Query } from '../model/entity.js'
import type { SchemaSet } from '../model/schema-set.js'

const keptIn = ({ stores }: Entity, query: Query): Query => ({
  ...query,
  postgres: stores.includes('postgres') ? query.postgres : null,
  mongo: stores.includes('mongo') ? query.mongo : null,
})

const saysAnything = ({ postgres, mongo }: Query): boolean => postgres !== null || mongo !== null

/** A set without the statements of queries for stores that their entity is not kept in: modules speak of both. */
export const withoutIdleStatements = (set: SchemaSet): SchemaSet => ({
  ...set,
  entities: set.entities.map((entity) => ({
    ...entity,
    queries: entity.queries.map((query) => keptIn(entity, query)).filter(saysAnything),
  })),
})
