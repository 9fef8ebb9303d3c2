import { storedName } from '../../document/index.js'
import { camelCase, pascalCase } from '../../kernel/identifiers.js'
import { called, calling, signature } from '../../script/call.js'
import { access, type Code, code, literal, text, trusted, typeImport } from '../../script/code.js'
import { type EncryptedField, encryptedIn, encryptionNames, isReplaceable } from '../../script/encryption.js'
import { db, declared, findingByKey, newType, rowType, runtime, type Subject, target, validator } from './subject.js'
import { listCode } from './text.js'

const keys = code`keys: ${typeImport('mongoose/encryption', 'EncryptionKeys')}`

const subjectOf = ({ entity }: Subject, field: EncryptedField): string => `${entity.name}.${field.name}`

/** The constant that says where an encrypted value stands: `vaultSecret`. */
const placeName = ({ entity }: Subject, field: EncryptedField): Code =>
  trusted(camelCase(entity.name) + pascalCase(field.property))

const placeCode = (subject: Subject, field: EncryptedField): Code =>
  code`const ${placeName(subject, field)} = {
  field: ${text(subjectOf(subject, field))},
  path: ${text(storedName(subject.entity, field.name))},
  key: ${text(field.encrypted.key)},
}`

/** The type of a field's plain value. */
const valueType = (subject: Subject, field: EncryptedField): Code => {
  const type = code`${newType(subject)}[${literal(field.property)}]`
  return field.nullable ? code`NonNullable<${type}> | null` : type
}

const schemaOf = (subject: Subject, field: EncryptedField): Code =>
  code`${validator(subject, subject.names.encrypted)}${access(field.property)}`

const insertFunction = (subject: Subject, fields: readonly EncryptedField[]): Code => {
  const places = fields.map((field) => code`[${literal(field.property)}, ${placeName(subject, field)}]`)
  const row = code`${validator(subject, subject.names.insertSchema)}.parse(row)`
  return declared(
    `Inserts a row of ${subject.entity.name}, its encrypted values with it, and returns it without those. Throws a \`ZodError\` for what is no new row, a \`ConstraintError\` for what Mongo refuses, and an \`EncryptedFieldError\`.`,
    encryptionNames(subject.entity).insert,
    calling(
      [db, keys, code`row: ${newType(subject)}`],
      code`${rowType(subject)}`,
      called(code`${runtime('sealing', 'insertedSealed')}`, [...target, trusted('keys'), listCode(places), row]),
    ),
  )
}

const setFunction = (subject: Subject, field: EncryptedField): Code => {
  const { parameters, given } = findingByKey(subject)
  const value = code`${schemaOf(subject, field)}.parse(value)`
  const place = placeName(subject, field)
  return declared(
    `Encrypts a value of \`${subjectOf(subject, field)}\` in place of the one before. Throws a \`ZodError\` for what is no value, and an \`EncryptedFieldError\`.`,
    encryptionNames(subject.entity).set(field),
    calling(
      [db, keys, ...parameters, code`value: ${valueType(subject, field)}`],
      trusted('void'),
      called(code`${runtime('sealing', 'replacedSealed')}`, [...target, trusted('keys'), place, given, value]),
    ),
  )
}

const getFunction = (subject: Subject, field: EncryptedField): Code => {
  const { parameters, given } = findingByKey(subject)
  const head = signature([db, keys, ...parameters], valueType(subject, field))
  return declared(
    `Decrypts the value of \`${subjectOf(subject, field)}\`. Throws an \`EncryptedFieldError\`.`,
    encryptionNames(subject.entity).get(field),
    code`${head} {
  const plain = await ${runtime('sealing', 'openedSealed')}(db, collection, keys, ${placeName(subject, field)}, ${given})
  return ${schemaOf(subject, field)}.parse(plain)
}`,
  )
}

/** What inserts a row of an entity with encrypted fields, and what replaces and reads each of their values. */
export const sealedCode = (subject: Subject): readonly Code[] => {
  const fields = encryptedIn(subject.entity, 'mongo')
  if (fields.length === 0) return []
  return [
    ...fields.map((field) => placeCode(subject, field)),
    insertFunction(subject, fields),
    ...fields.flatMap((field) => [
      ...(isReplaceable(subject.entity, field) ? [setFunction(subject, field)] : []),
      getFunction(subject, field),
    ]),
  ]
}
