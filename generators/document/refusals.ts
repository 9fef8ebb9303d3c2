import { type Diagnostic, report } from '../kernel/diagnostic.js'
import { archivesOf } from '../model/archive.js'
import type { Entity } from '../model/entity.js'
import { entitiesIn, fieldsIn } from '../model/lookup.js'
import type { Origin } from '../model/origin.js'
import type { SchemaSet } from '../model/schema-set.js'
import { summariesOf } from '../model/summary.js'
import { identifierOf } from './naming.js'

/** `_id` is Mongo's own: it is the single key, and nothing else can have the name. */
const identifierClash = (entity: Entity): readonly Diagnostic[] => {
  const identifier = identifierOf(entity)
  return fieldsIn(entity, 'mongo')
    .filter(({ name }) => name === '_id' && !(identifier.kind === 'field' && identifier.field === '_id'))
    .map(({ origin }) => report('mongo-id-taken', origin, { entity: entity.name }))
}

/** A collection's name (MongoDB manual, "Naming Restrictions"): no `$`, no NUL, not of the system. */
const isCollectionName = (name: string): boolean => name !== '' && !name.startsWith('system.') && !/[$\0]/.test(name)

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

/** What a set says that Mongo cannot name; `own` are collections that are no entity's. */
export const refusals = (set: SchemaSet, own: readonly string[]): readonly Diagnostic[] => [
  ...entitiesIn(set, 'mongo').flatMap(identifierClash),
  ...collectionNames(set, own),
]
