import type { Diagnostic } from '../kernel/diagnostic.js'
import { memoised } from '../kernel/memoised.js'
import { type Result, withDiagnostics } from '../kernel/result.js'
import type { Entity } from '../model/entity.js'
import { entitiesIn, fieldsIn } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Collection, DocumentSchema } from './collections.js'
import { indexesOf } from './indexes.js'
import { identifierOf } from './naming.js'
import { documentPaths } from './paths.js'
import { refusals } from './refusals.js'
import { journalOf } from './retention.js'
import { validatorOf } from './validator.js'

const makeCollection = (set: SchemaSet, entity: Entity): Collection => {
  const paths = documentPaths(set, entity)
  return {
    entity: entity.name,
    name: entity.collection,
    summary: entity.summary,
    identifier: identifierOf(entity),
    paths,
    validator: validatorOf(set, entity, paths),
    validationLevel: entity.mongo.validationLevel,
    validationAction: entity.mongo.validationAction,
    indexes: indexesOf(set, entity),
    origin: entity.origin,
  }
}

const collections = memoised((set: SchemaSet) => memoised((entity: Entity) => makeCollection(set, entity)))

/** The collection of an entity, whole: it depends on the entity and on the objects and enums that it uses. */
export const collectionOf = (set: SchemaSet, entity: Entity): Collection => collections(set)(entity)

/** Where the numbers of `next(…)` are kept: a document for each parent. */
const countersName = 'counters'

const isNumbered = (entity: Entity): boolean =>
  fieldsIn(entity, 'mongo').some((field) => field.default?.kind === 'next')

export const countersOf = (set: SchemaSet): string | null =>
  entitiesIn(set, 'mongo').some(isNumbered) ? countersName : null

/** The collections that are no entity's. */
const ownCollections = (set: SchemaSet): readonly string[] =>
  [countersOf(set), journalOf(set)].filter((name) => name !== null)

/** What a set says that Mongo cannot name. */
export const documentRefusals = (set: SchemaSet): readonly Diagnostic[] => refusals(set, ownCollections(set))

/** A set as Mongo keeps it: its collections, and the names that Mongo cannot hold as diagnostics. */
export const documentSchema = (set: SchemaSet): Result<DocumentSchema> => {
  const counters = countersOf(set)
  const found = refusals(set, ownCollections(set))
  if (found.length > 0) return withDiagnostics({ collections: [], counters }, found)
  return withDiagnostics(
    { collections: entitiesIn(set, 'mongo').map((entity) => collectionOf(set, entity)), counters },
    [],
  )
}
