import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity, Index } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import type { Origin } from '../../model/origin.js'
import type { Store } from '../../model/store.js'
import { entityRule, placeOf } from './rule.js'

const titles: Readonly<Record<Store, string>> = { postgres: 'Postgres', mongo: 'Mongo' }

/** Methods that MongoDB has nothing like; `gin` is a wildcard or multikey index there, `hash` a hashed one. */
const methodsOfPostgres: readonly Index['using'][] = ['gist', 'brin', 'spgist', 'hnsw', 'ivfflat']

const useless = (option: string, name: string, store: Store, at: Origin): Diagnostic =>
  report('store-option', at, { option, name, store: titles[store] })

function* ofField({ name, stores, postgres, mongo, origin }: Field): Generator<Diagnostic> {
  const saysPostgres = postgres.check !== null || postgres.default !== null || postgres.collation !== null
  if (saysPostgres && !stores.includes('postgres')) yield useless('postgres', name, 'postgres', origin)
  if (mongo.schema !== null && !stores.includes('mongo')) yield useless('mongo', name, 'mongo', origin)
}

function* withoutPostgres({ name, indexes, postgres, queries, origin }: Entity): Generator<Diagnostic> {
  for (const { using, origin } of indexes) {
    if (using !== null && methodsOfPostgres.includes(using))
      yield useless('using', name, 'postgres', placeOf(origin, 'using'))
  }
  if (postgres.partition !== null) yield useless('partition', name, 'postgres', postgres.partition.origin)
  if (postgres.key !== null || postgres.unlogged) yield useless('postgres', name, 'postgres', origin)
  for (const { origin } of postgres.checks) yield useless('postgres', name, 'postgres', origin)
  for (const query of queries) {
    if (query.postgres !== null) yield useless('postgres', name, 'postgres', query.postgres.origin)
  }
}

function* withoutMongo({ name, table, collection, mongo, queries, origin }: Entity): Generator<Diagnostic> {
  if (collection !== table) yield useless('collection', name, 'mongo', origin)
  if (mongo.validationLevel !== 'strict' || mongo.validationAction !== 'error')
    yield useless('mongo', name, 'mongo', origin)
  for (const query of queries) {
    if (query.mongo !== null) yield useless('mongo', name, 'mongo', query.mongo.origin)
  }
}

/** What is said for one store only is said of what is kept there. */
export const storeOptions = entityRule('store-options', function* (entity) {
  for (const field of entity.fields) yield* ofField(field)
  if (!entity.stores.includes('postgres')) yield* withoutPostgres(entity)
  if (!entity.stores.includes('mongo')) yield* withoutMongo(entity)
})
