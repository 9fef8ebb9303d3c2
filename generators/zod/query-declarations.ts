import type { Entity, Query } from '../model/entity.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Store } from '../model/store.js'
import type { Code } from '../script/code.js'
import { classesOfRow } from '../script/driver-classes.js'
import { entityNames } from '../script/names.js'
import { classesOfQuery, emittedQueries, queryNames, storesOfQuery } from '../script/query.js'
import { declared } from './declared.js'
import { givenPaths, givenWithPaths, literalGiven } from './given-class.js'
import { queryCode } from './query-code.js'
import { shape } from './row-sides.js'
import { columnsOf, pathsOf } from './store-codecs.js'

const postgresCode = (set: SchemaSet, entity: Entity, query: Query): Code | null =>
  queryCode({ set, entity, store: 'postgres', shape, coded: columnsOf(set, entity) }, query)

/** Codecs are a function of the driver's classes only where the query's own values need them. */
const mongoCode = (set: SchemaSet, entity: Entity, query: Query): Code | null => {
  const source = { set, entity, store: 'mongo', shape } as const
  const classes = classesOfQuery(set, entity, query)
  const ofPaths = classesOfRow(set, entity)
  if (ofPaths.length === 0) {
    const codecs = queryCode({ ...source, coded: pathsOf(set, entity) }, query)
    return codecs && literalGiven(classes, codecs)
  }
  if (!ofPaths.every((one) => classes.includes(one))) {
    const codecs = queryCode({ ...source, coded: null }, query)
    return codecs && literalGiven(classes, codecs)
  }
  const codecs = queryCode({ ...source, coded: givenPaths }, query)
  if (codecs === null) return null
  const takesPaths = codecs.text.includes(`${givenPaths}.`) || codecs.text.includes(`${givenPaths}[`)
  const paths = { name: entityNames(entity).paths, classes: ofPaths }
  return takesPaths ? givenWithPaths(classes, paths, codecs) : literalGiven(classes, codecs)
}

const declaration = (set: SchemaSet, entity: Entity, query: Query, store: Store): readonly Code[] => {
  const names = queryNames(entity, query)
  const codecs = store === 'mongo' ? mongoCode(set, entity, query) : postgresCode(set, entity, query)
  const doc = `What \`${names.function}\` takes and gives in ${store === 'mongo' ? 'Mongo' : 'Postgres'}.`
  return codecs === null ? [] : [declared(doc, names.codecs(store), codecs)]
}

/** The codecs of an entity's queries, in each store that they are emitted for. */
export const queryDeclarations = (set: SchemaSet, entity: Entity): readonly Code[] =>
  emittedQueries(set, entity).flatMap((query) =>
    storesOfQuery(set, entity, query).flatMap((store) => declaration(set, entity, query, store)),
  )
