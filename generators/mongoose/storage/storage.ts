import { camelCase } from '../../kernel/identifiers.js'
import { docComment, proseOf } from '../../kernel/safe/typescript.js'
import type { Entity } from '../../model/entity.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { type Code, code, joined, property, trusted, typeImport, valueImport } from '../../script/code.js'
import { encryptedEntities } from '../../script/encryption.js'
import { entityNames } from '../../script/names.js'
import { type StorageCall, storageCalls } from '../../script/retention-calls.js'
import { runtimeType, runtimeValue } from '../../script/runtime.js'

const collectionMember = (entity: Entity): Code => {
  const { module, documents } = entityNames(entity)
  return code`    ${property(camelCase(entity.name))}: ${valueImport(`mongoose/access/${module}`, documents)},\n`
}

const callMember = ({ name, function: called }: StorageCall): Code =>
  code`${trusted(name)}: ${valueImport('mongoose/access/retention', called)}`

const callsMember = (name: string, calls: readonly StorageCall[]): readonly Code[] =>
  calls.length === 0 ? [] : [code`  ${trusted(name)}: { ${joined(calls.map(callMember), ', ')} },\n`]

/** What makes a storage of a set's collections: `mongoStorage(connection)`. */
export const mongoStorageCode = (set: SchemaSet, entities: readonly Entity[]): Code => {
  const storage = typeImport('typescript/storage', 'MongoStorage')
  const isEncrypted = encryptedEntities(set, 'mongo').length > 0
  const { calls, outerCalls } = storageCalls(set, 'mongo')
  const parameters = [
    code`connection: ${typeImport('package:mongoose', 'Connection')}`,
    ...(isEncrypted ? [code`options: { readonly keys: ${runtimeType('v1/mongoose', 'EncryptionKeys')} }`] : []),
  ]
  const doc = docComment(
    proseOf(
      'The storage on a connection of Mongoose.',
      isEncrypted ? '`keys` are those of encrypted values, by name: `process.env` will do.' : null,
    ),
  )
  const description = code`{
  collections: {
${joined(entities.map(collectionMember), '')}  },
${joined([...callsMember('calls', calls), ...callsMember('outerCalls', outerCalls)], '')}}`
  return code`const description: ${runtimeType('v1/mongo', 'StorageDescription')} = ${description}

${trusted(doc)}export const mongoStorage = (${joined(parameters, ', ')}): ${storage} =>
  ${runtimeValue('v1/mongo', 'createStorage')}(connection, description${trusted(isEncrypted ? ', options.keys' : '')})`
}
