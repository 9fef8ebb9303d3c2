import type { Entity, Unique } from '../model/entity.js'
import type { Expression } from '../model/expression.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { ExtendedJsonObject } from './collections.js'
import { conditionOf } from './expression/aggregation.js'
import { everyFilter, partialFilter } from './filter.js'
import { distinctNulls } from './indexes.js'
import { entityScope, filterScope } from './scopes.js'

/** A `where` as the filter of an index; null where no index can say it. */
export const partialFilterOf = (set: SchemaSet, entity: Entity, where: Expression): ExtendedJsonObject | null =>
  partialFilter(where, filterScope(set, entity))

/** The documents that meet a `where`, as its index says it; what no index can say is a condition of the filter's own. */
export const whereFilter = (set: SchemaSet, entity: Entity, where: Expression): ExtendedJsonObject =>
  partialFilterOf(set, entity, where) ?? { $expr: conditionOf(where, entityScope(set, entity), 'holds') }

/** The documents that a unique is about, as its index says it; null where that is all of them. */
export const uniqueFilter = (set: SchemaSet, entity: Entity, unique: Unique): ExtendedJsonObject | null =>
  everyFilter([
    ...(unique.where === null ? [] : [whereFilter(set, entity, unique.where)]),
    ...(unique.nulls === 'distinct'
      ? distinctNulls(
          set,
          entity,
          unique.fields.map((field) => [field]),
        )
      : []),
  ])
