import { storedName } from '../../document/index.js'
import { camelCase, pascalCase } from '../../kernel/identifiers.js'
import { called, calling, signature } from '../../script/call.js'
import { access, type Code, code, literal, text, trusted } from '../../script/code.js'
import { type EncryptedField, encryptedIn, encryptionNames, isReplaceable } from '../../script/encryption.js'
import { runtimeType } from '../../script/runtime.js'
import {
  checkedCode,
  db,
  declared,
  findingByKey,
  inputs,
  keyCode,
  newType,
  rowType,
  runtime,
  type Subject,
  target,
  validator,
} from './subject.js'
import { listCode } from './text.js'

const keys = code`keys: ${runtimeType('v1/mongoose', 'EncryptionKeys')}`

const keysOf = (call: string): Code => code`${inputs('checkedKeys')}(collection, ${text(call)}, keys)`

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
  const call = encryptionNames(subject.entity).insert
  const row = checkedCode(call, code`${validator(subject, subject.names.insertSchema)}`, trusted('row'))
  return declared(
    `Inserts a row of ${subject.entity.name}, its encrypted values with it, and returns it without those. Throws a \`ZodError\` for what is no new row, a \`ConstraintError\` for what Mongo refuses, and an \`EncryptedFieldError\`.`,
    call,
    calling(
      [db, keys, code`row: ${newType(subject)}`],
      code`${rowType(subject)}`,
      called(code`${runtime('insertedSealed')}`, [...target, keysOf(call), listCode(places), row]),
    ),
  )
}

const setFunction = (subject: Subject, field: EncryptedField): Code => {
  const finding = findingByKey(subject)
  const call = encryptionNames(subject.entity).set(field)
  const value = checkedCode(call, schemaOf(subject, field), trusted('value'))
  const place = placeName(subject, field)
  return declared(
    `Encrypts a value of \`${subjectOf(subject, field)}\` in place of the one before. Throws a \`ZodError\` for what is no value, and an \`EncryptedFieldError\`.`,
    call,
    calling(
      [db, keys, ...finding.parameters, code`value: ${valueType(subject, field)}`],
      trusted('void'),
      called(code`${runtime('replacedSealed')}`, [...target, keysOf(call), place, keyCode(call, finding), value]),
    ),
  )
}

const getFunction = (subject: Subject, field: EncryptedField): Code => {
  const finding = findingByKey(subject)
  const call = encryptionNames(subject.entity).get(field)
  const head = signature([db, keys, ...finding.parameters], valueType(subject, field))
  return declared(
    `Decrypts the value of \`${subjectOf(subject, field)}\`. Throws an \`EncryptedFieldError\`.`,
    call,
    code`${head} {
  return (await ${runtime('openedSealed')}(db, collection, ${keysOf(call)}, ${placeName(subject, field)}, ${keyCode(call, finding)})) as ${valueType(subject, field)}
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
