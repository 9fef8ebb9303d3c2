import { type Diagnostic, report } from '../kernel/diagnostic.js'
import { archivesOf } from '../model/archive.js'
import type { Entity } from '../model/entity.js'
import { entitiesIn, fieldsIn } from '../model/lookup.js'
import type { Origin } from '../model/origin.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { summariesOf } from '../model/summary.js'
import { indexRefusals } from './index-limits.js'
import { indexesOf } from './indexes.js'
import { identifierOf } from './naming.js'
import { keywordProblems } from './schema-keywords.js'

/** `_id` is Mongo's own: it is the single key, and nothing else can have the name. */
const identifierClash = (entity: Entity): readonly Diagnostic[] => {
  const identifier = identifierOf(entity)
  return fieldsIn(entity, 'mongo')
    .filter(({ name }) => name === '_id' && !(identifier.kind === 'field' && identifier.field === '_id'))
    .map(({ origin }) => report('mongo-id-taken', origin, { entity: entity.name }))
}

/** A namespace has 255 bytes, of which the database's name and a dot may take 64 (MongoDB manual, "Naming Restrictions"). */
const longestName = 255 - 64

/** A collection's name (MongoDB manual, "Naming Restrictions"): no `$`, no NUL, not of the system. */
const isCollectionName = (name: string): boolean =>
  name !== '' &&
  !name.startsWith('system.') &&
  !name.startsWith('.') &&
  !/[$\0]/.test(name) &&
  new TextEncoder().encode(name).length <= longestName

const collectionNames = (set: SchemaSet, own: readonly string[]): readonly Diagnostic[] => {
  const first = new Map<string, Origin | null>(own.map((name) => [name, null]))
  const entities = entitiesIn(set, 'mongo')
  const kept = entities.flatMap((entity) => [...archivesOf(entity, 'mongo'), ...summariesOf(entity)])
  return [...entities, ...kept].flatMap((entity) => {
    const { collection, origin } = entity
    if (!isCollectionName(collection)) return [report('collection-name', origin, { collection })]
    const before = first.get(collection)
    if (before === undefined) {
      first.set(collection, origin)
      return []
    }
    const related = before === null ? [] : [{ message: 'the first entity of that collection', at: before }]
    return [report('collection-clash', origin, { collection, entity: entity.name }, related)]
  })
}

/** Raw keywords of fields, in entities and in objects. */
const rawKeywords = (owner: Entity | ObjectDefinition): readonly Diagnostic[] =>
  fieldsIn(owner, 'mongo').flatMap(({ name, mongo: { schema, origin: at }, origin }) =>
    schema === null
      ? []
      : keywordProblems(schema).map(({ said, instead }) =>
          report('mongo-schema', at ?? origin, { field: name, said, instead }),
        ),
  )

const refusedIndexes = (set: SchemaSet): readonly Diagnostic[] =>
  entitiesIn(set, 'mongo')
    .flatMap((entity) => [entity, ...archivesOf(entity, 'mongo'), ...summariesOf(entity)])
    .flatMap((entity) => indexRefusals(entity, indexesOf(set, entity)))

/** What a set says that Mongo refuses; `own` are collections that are no entity's. */
export const refusals = (set: SchemaSet, own: readonly string[]): readonly Diagnostic[] => [
  ...entitiesIn(set, 'mongo').flatMap(identifierClash),
  ...collectionNames(set, own),
  ...refusedIndexes(set),
  ...entitiesIn(set, 'mongo').flatMap(rawKeywords),
  ...(set.stores.includes('mongo') ? set.objects.flatMap(rawKeywords) : []),
]
