import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity, Query } from '../../model/entity.js'
import { findField } from '../../model/lookup.js'
import { entityRule } from './rule.js'

/** A listed field is read as it is stored: once, in each store that the query asks, and not encrypted. */
function* ofListed(entity: Entity, query: Query): Generator<Diagnostic> {
  if (query.columns?.kind !== 'fields') return
  const asked = entity.stores.filter((store) => query[store] !== null)
  const seen = new Set<string>()
  for (const { name, origin } of query.columns.columns) {
    const field = findField(entity, name)
    if (seen.has(name)) yield report('field-repeated', origin, { name })
    if (field !== undefined && field.encrypted !== null)
      yield report('encrypted-misuse', origin, { field: name, problem: 'column' })
    if (field !== undefined && asked.some((store) => !field.stores.includes(store)))
      yield report('store-contradiction', origin, { field: name, problem: 'column' })
    seen.add(name)
  }
}

/** What a query says of its rows can be so. */
export const queryColumns = entityRule('query-columns', function* (entity) {
  for (const query of entity.queries) {
    yield* ofListed(entity, query)
    if (query.columns === null || query.returns !== 'none') continue
    yield report('columns-without-rows', query.columns.origin, { query: query.name })
  }
})
