import { identifierOf } from '../document/index.js'
import { durationWidth } from '../model/bounds.js'
import type { Entity } from '../model/entity.js'
import { entitiesIn, fieldsIn } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Type, typesWithin } from '../model/type.js'
import { encryptedIn } from '../script/encryption.js'
import { reachableFrom } from '../script/reachable.js'
import { accessNames } from './access/used-names.js'
import { functionsUsed } from './checks.js'
import { isPopulated, refusesInPlace } from './populated.js'
import type { RuntimeNames } from './runtime.js'
import { storedSet } from './stored-set.js'
import { isMade } from './values.js'

/** The path maker of each kind of type. */
export const makerOf = (type: Type): string => {
  switch (type.kind) {
    case 'identity':
    case 'objectid':
      return 'objectId'
    case 'text':
      return type.form === 'char' ? 'fixedText' : 'text'
    case 'format':
      return 'text'
    case 'integer':
      return type.width
    case 'duration':
      return durationWidth(type)
    case 'boolean':
      return 'bool'
    case 'decimal':
      return type.inMongo === 'text' ? 'decimalText' : 'decimal'
    case 'timestamp':
      return type.form === 'milliseconds' ? 'epoch' : 'date'
    case 'date':
      return 'day'
    case 'list':
    case 'vector':
      return 'listOf'
    case 'map':
      return 'mapOf'
    case 'enum':
      return 'oneOf'
    case 'union':
      return 'anyOf'
    default:
      return type.kind
  }
}

const makersOf = (type: Type): readonly string[] =>
  typesWithin(type).flatMap((inner) => (inner.kind === 'vector' ? ['listOf', 'float'] : [makerOf(inner)]))

const identifierMaker = (entity: Entity): readonly string[] => {
  const { kind } = identifierOf(entity)
  return kind === 'field' ? [] : [kind === 'singleton' ? 'oneOf' : 'objectId']
}

/** Whether Mongoose keeps timestamps of an entity's documents. */
export const hasTimestamps = (entity: Entity): boolean =>
  fieldsIn(entity, 'mongo').some(({ maintained }) => maintained === 'created' || maintained === 'updated')

const guardsOf = (entity: Entity): readonly string[] => [
  entity.appendOnly ? 'appendOnly' : 'guardUpdates',
  ...(hasTimestamps(entity) ? ['keepTimestamps'] : []),
  ...(entity.checks.length > 0 ? ['check'] : []),
  ...fieldsIn(entity, 'mongo').flatMap((field) => [
    ...(field.generated === null ? [] : ['computed']),
    ...(field.default?.kind === 'next' ? ['numbered'] : []),
  ]),
]

/** What the models of a set use of the shared files. */
export const usedNames = (set: SchemaSet): RuntimeNames => {
  const entities = entitiesIn(set, 'mongo')
  const roots = entities.flatMap((entity) => fieldsIn(entity, 'mongo'))
  const { objects } = reachableFrom(set, roots)
  const fields = [...roots, ...objects.flatMap((object) => fieldsIn(object, 'mongo'))]
  return {
    ...accessNames(set),
    functions: functionsUsed(storedSet(set)),
    paths: new Set([
      'paths',
      'strict',
      ...entities.flatMap(identifierMaker),
      ...([...entities, ...objects].some((owner) => refusesInPlace(set, owner)) ? ['notInPlace'] : []),
      ...(fields.some(isMade) ? ['made'] : []),
      ...fields.flatMap(({ encrypted, type }) => (encrypted === null ? makersOf(type) : ['sealed'])),
    ]),
    encryption: new Set(
      entities.flatMap((entity) => encryptedIn(entity, 'mongo')).length === 0 ? [] : ['EncryptionKeys', 'open', 'seal'],
    ),
    models: new Set(['modelMaker', 'modelOn']),
    populated: new Set(isPopulated(set, entities) ? ['Populated'] : []),
    guards: new Set([
      'unguarded',
      ...entities.flatMap(guardsOf),
      ...(objects.some(({ checks }) => checks.length > 0) ? ['check'] : []),
    ]),
  }
}
