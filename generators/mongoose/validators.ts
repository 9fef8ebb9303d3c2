import { type Collection, type CollectionIndex, collectionOf, type ExtendedJsonObject } from '../document/index.js'
import type { Entity } from '../model/entity.js'
import type { SchemaSet } from '../model/schema-set.js'
import { header } from '../script/names.js'
import { jsonText } from './json-text.js'

const indexCommand = (index: CollectionIndex): ExtendedJsonObject => ({
  key: Object.fromEntries(index.key.map(({ path, direction }) => [path, direction])),
  name: index.name,
  ...(index.unique ? { unique: true } : {}),
  ...(index.filter === null ? {} : { partialFilterExpression: index.filter }),
  ...(index.expireAfterSeconds === null ? {} : { expireAfterSeconds: index.expireAfterSeconds }),
})

/** Where the level is `off` there is no validator; one that was there before does nothing. */
const rulesOf = ({ validator, validationLevel, validationAction }: Collection): ExtendedJsonObject =>
  validationLevel === 'off' ? { validationLevel } : { validator, validationLevel, validationAction }

/** What `create`, `collMod` and `createIndexes` take for a collection, as Extended JSON. */
export const collectionCommands = (collection: Collection): ExtendedJsonObject => ({
  ...rulesOf(collection),
  indexes: collection.indexes.map(indexCommand),
})

const counterCommands: ExtendedJsonObject = {
  validator: {
    $jsonSchema: {
      bsonType: 'object',
      required: ['_id', 'value'],
      properties: { _id: { bsonType: 'string' }, value: { bsonType: ['int', 'long', 'double'] } },
      additionalProperties: false,
      description: 'The last number of each parent, for what is numbered.',
    },
  },
  validationLevel: 'strict',
  validationAction: 'error',
  indexes: [],
}

const journalCommands: ExtendedJsonObject = {
  validator: {
    $jsonSchema: {
      bsonType: 'object',
      required: ['_id', 'worker', 'until'],
      properties: {
        _id: { bsonType: 'string' },
        worker: { bsonType: 'string' },
        until: { bsonType: 'date' },
        event: { bsonType: 'date' },
        batch: { bsonType: ['object', 'null'] },
      },
      additionalProperties: false,
      description:
        'Who works on the documents of a collection, until when, and on which of them; and until when an event goes first.',
    },
  },
  validationLevel: 'strict',
  validationAction: 'error',
  indexes: [],
}

const entry = (name: string, commands: ExtendedJsonObject): string =>
  `,\n  ${JSON.stringify(name)}: ${jsonText(commands, '  ')}`

export const collectionEntry = (set: SchemaSet, entity: Entity): string =>
  entry(entity.collection, collectionCommands(collectionOf(set, entity)))

/** The first and the last part of `validators.json`; each collection adds its entry between them. */
export const validatorsHead = (
  set: SchemaSet,
  { counters, journal }: { readonly counters: string | null; readonly journal: string | null },
): string => {
  const own = [
    ...(journal === null ? [] : [entry(journal, journalCommands)]),
    ...(counters === null ? [] : [entry(counters, counterCommands)]),
  ]
  return `{\n  "$comment": ${JSON.stringify(header(set.name))}${own.join('')}`
}

export const validatorsTail = '\n}\n'
