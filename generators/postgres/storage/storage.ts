import { camelCase } from '../../kernel/identifiers.js'
import { docComment, proseOf } from '../../kernel/safe/typescript.js'
import type { Entity } from '../../model/entity.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { type Code, code, joined, property, trusted, typeImport, valueImport } from '../../script/code.js'
import { encryptedEntities } from '../../script/encryption.js'
import { entityNames } from '../../script/names.js'
import { type StorageCall, storageCalls } from '../../script/retention-calls.js'
import { runtimeType, runtimeValue } from '../../script/runtime.js'

const tableMember = (entity: Entity): Code => {
  const { module, table } = entityNames(entity)
  return code`    ${property(camelCase(entity.name))}: ${valueImport(`postgres/${module}`, table)},\n`
}

const callMember = ({ name, function: called }: StorageCall): Code =>
  code`${trusted(name)}: ${valueImport('postgres/retention', called)}`

const callsMember = (name: string, calls: readonly StorageCall[]): readonly Code[] =>
  calls.length === 0 ? [] : [code`  ${trusted(name)}: { ${joined(calls.map(callMember), ', ')} },\n`]

/** What makes a storage of a set's tables: `postgresStorage(pool)`. */
export const postgresStorageCode = (set: SchemaSet, entities: readonly Entity[]): Code => {
  const storage = typeImport('typescript/storage', 'PostgresStorage')
  const isEncrypted = encryptedEntities(set, 'postgres').length > 0
  const { calls, outerCalls } = storageCalls(set, 'postgres')
  const parameters = [
    code`db: ${runtimeType('v1/postgres', 'SqlClient')}`,
    ...(isEncrypted ? [code`options: { readonly keys: ${runtimeType('v1/postgres', 'EncryptionKeys')} }`] : []),
  ]
  const doc = docComment(
    proseOf(
      'The storage on a pool of `pg`, on one client, or on the embedded engine.',
      isEncrypted ? '`keys` are those of encrypted values, by name: `process.env` will do.' : null,
    ),
  )
  const description = code`{
  tables: {
${joined(entities.map(tableMember), '')}  },
${joined([...callsMember('calls', calls), ...callsMember('outerCalls', outerCalls)], '')}}`
  return code`const description: ${runtimeType('v1/postgres', 'StorageDescription')} = ${description}

${trusted(doc)}export const postgresStorage = (${joined(parameters, ', ')}): ${storage} =>
  ${runtimeValue('v1/postgres', 'createStorage')}(db, description${trusted(isEncrypted ? ', options.keys' : '')})`
}
