import { identifierOf, storedName } from '../document/index.js'
import { camelCase, pascalCase } from '../kernel/identifiers.js'
import { docComment, proseOf } from '../kernel/safe/typescript.js'
import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { keyFieldsOf } from '../model/lookup.js'
import { type Code, code, joined, literal, property, text, trusted, typeImport, valueImport } from '../script/code.js'
import { type EncryptedField, encryptedIn, encryptionNames, isReplaceable } from '../script/encryption.js'
import { entityNames } from '../script/names.js'

const runtime = (name: string) => valueImport('mongoose/encryption', name)

const keys = typeImport('mongoose/encryption', 'EncryptionKeys')
const model = typeImport('package:mongoose', 'Model')
const hydrated = typeImport('package:mongoose', 'HydratedDocument')

const subjectOf = (entity: Entity, field: Field): string => `${entity.name}.${field.name}`

const declaration = (doc: string, name: string, value: Code): Code =>
  code`${trusted(docComment(proseOf(doc)))}export const ${trusted(name)} = ${value}`

const recordOf = (entity: Entity) => typeImport(`mongoose/${entity.name}`, entityNames(entity).record)

/** The constant that says where an encrypted value stands: `vaultSecret`. */
const placeName = (entity: Entity, field: Field): string => camelCase(entity.name) + pascalCase(field.property)

const placeCode = (entity: Entity, field: EncryptedField): Code =>
  code`const ${trusted(placeName(entity, field))} = {
  field: ${text(subjectOf(entity, field))},
  path: ${text(storedName(entity, field.name))},
  key: ${text(field.encrypted.key)},
}`

/** The parameter that takes a document's key, and the filter by it. A singleton has no parameter. */
const documentKey = (entity: Entity): { readonly parameter: Code; readonly filter: Code } => {
  const identifier = identifierOf(entity)
  if (identifier.kind === 'singleton') return { parameter: trusted(''), filter: trusted("{ _id: 'singleton' }") }
  const names = keyFieldsOf(entity).map((name) => literal(storedName(entity, name)))
  return {
    parameter: code`
  key: Pick<${recordOf(entity)}, ${joined(names, ' | ')}>,`,
    filter: trusted('key'),
  }
}

/** The type of a field's plain value, as an insert takes it. */
const valueType = (entity: Entity, field: EncryptedField): Code => {
  const names = entityNames(entity)
  const insert = typeImport(`typescript/${names.module}`, names.insert)
  const type = code`${insert}[${literal(field.property)}]`
  return field.nullable ? code`NonNullable<${type}> | null` : type
}

const insertCode = (entity: Entity): Code => {
  const fields = encryptedIn(entity, 'mongo')
  const record = recordOf(entity)
  const names = fields.map((field) => literal(storedName(entity, field.name)))
  const members = fields.map(
    (field) =>
      code`${property(storedName(entity, field.name))}${trusted(field.nullable ? '?' : '')}: ${valueType(entity, field)}`,
  )
  const places = fields.map((field) => trusted(placeName(entity, field)))
  return declaration(
    'Stores a document, its encrypted values given in plain. Throws an `EncryptedFieldError`.',
    encryptionNames(entity).insert,
    code`async (
  model: ${model}<${record}>,
  keys: ${keys},
  document: Partial<Omit<${record}, ${joined(names, ' | ')}>> & {
    ${joined(members, '\n    ')}
  },
): Promise<${hydrated}<${record}>> =>
  (await ${runtime('insertSealed')}(model, keys, [${joined(places, ', ')}], document)) as ${hydrated}<${record}>`,
  )
}

const setCode = (entity: Entity, field: EncryptedField): Code => {
  const { parameter, filter } = documentKey(entity)
  return declaration(
    `Encrypts a value of \`${subjectOf(entity, field)}\` in place of the one before. Throws an \`EncryptedFieldError\`.`,
    encryptionNames(entity).set(field),
    code`(
  model: ${model}<${recordOf(entity)}>,
  keys: ${keys},${parameter}
  value: ${valueType(entity, field)},
): Promise<void> =>
  ${runtime('replaceSealed')}(model, keys, ${trusted(placeName(entity, field))}, ${filter}, value)`,
  )
}

const getCode = (entity: Entity, field: EncryptedField): Code => {
  const { parameter, filter } = documentKey(entity)
  const type = valueType(entity, field)
  return declaration(
    `Decrypts the value of \`${subjectOf(entity, field)}\`. Throws an \`EncryptedFieldError\`.`,
    encryptionNames(entity).get(field),
    code`async (
  model: ${model}<${recordOf(entity)}>,
  keys: ${keys},${parameter}
): Promise<${type}> =>
  (await ${runtime('readSealed')}(model, keys, ${trusted(placeName(entity, field))}, ${filter})) as ${type}`,
  )
}

/** What stores a document of an entity with encrypted fields, and what replaces and reads each of their values. */
export const encryptedCode = (entity: Entity): readonly Code[] => {
  const fields = encryptedIn(entity, 'mongo')
  return [
    ...fields.map((field) => placeCode(entity, field)),
    insertCode(entity),
    ...fields.flatMap((field) => [
      ...(isReplaceable(entity, field) ? [setCode(entity, field)] : []),
      getCode(entity, field),
    ]),
  ]
}
