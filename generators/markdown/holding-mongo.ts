import type {
  BsonType,
  Collection,
  CollectionIndex,
  DocumentPath,
  ExtendedJsonObject,
  Identifier,
} from '../document/collections.js'
import { unreachable } from '../kernel/bug.js'
import type { HeldField, HeldIndex, Holding } from './holding.js'

const anything: readonly BsonType[] = ['object', 'array', 'string', 'bool']

const isNumber = (types: readonly BsonType[]): boolean => types.includes('int') && types.includes('double')

/** BSON types in a few words: the three types that a JavaScript number is stored as are one. */
const bsonText = (types: readonly BsonType[]): string => {
  const given = types.filter((type) => type !== 'null')
  if (anything.every((type) => types.includes(type))) return 'any'
  const others = isNumber(given) ? given.filter((type) => !['int', 'long', 'double'].includes(type)) : given
  return [...others, ...(isNumber(given) ? ['number'] : [])].join(' or ')
}

const keyText = (identifier: Identifier): string | null => {
  switch (identifier.kind) {
    case 'field':
      return null
    case 'singleton':
      return `_id: '${identifier.value}'`
    case 'hidden':
      return '_id: objectId'
    default:
      return unreachable(identifier)
  }
}

const heldField = (path: DocumentPath): HeldField => ({
  field: path.field.name,
  name: path.name === path.field.name ? null : path.name,
  type: bsonText(path.bsonTypes),
})

const filterText = (filter: ExtendedJsonObject | null): string =>
  filter === null ? '' : ` where ${JSON.stringify(filter)}`

const kindOf = (index: CollectionIndex): string =>
  [
    ...(index.unique ? ['unique'] : []),
    ...(index.expireAfterSeconds === null ? [] : [expiryText(index.expireAfterSeconds)]),
  ].join(', ')

const expiryText = (seconds: number): string => {
  if (seconds === 0) return 'removes documents at that time'
  const age = seconds % 86_400 === 0 ? `${seconds / 86_400} days` : `${seconds} seconds`
  return `removes documents ${age} after that time`
}

const heldIndex = (index: CollectionIndex): HeldIndex => ({
  name: index.name,
  on: `{ ${index.key.map(({ path, direction }) => `${path}: ${direction}`).join(', ')} }${filterText(index.filter)}`,
  kind: kindOf(index),
})

export const mongoHolding = (collection: Collection): Holding => ({
  store: 'mongo',
  name: collection.name,
  key: keyText(collection.identifier),
  fields: collection.paths.map(heldField),
  indexes: collection.indexes.map(heldIndex),
})
