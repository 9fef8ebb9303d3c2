import { camelCase } from '../../kernel/identifiers.js'
import { identifier } from '../../kernel/safe/sql.js'
import type { Field } from '../../model/field.js'
import { called, calling, signature } from '../../script/call.js'
import { access, type Code, code, text, trusted } from '../../script/code.js'
import { type EncryptedField, encryptedIn, encryptionNames, isReplaceable } from '../../script/encryption.js'
import { runtimeType, runtimeValue } from '../../script/runtime.js'
import { newFields } from '../../script/shapes.js'
import { keyArgument, keyCondition, keyParameters } from './key.js'
import {
  checkedCode,
  columnCodec,
  db,
  declared,
  inputs,
  newType,
  ofPgcrypto,
  rowType,
  type Subject,
  validator,
} from './subject.js'

const runtime = (name: string) => runtimeValue('v1/postgres', name)

const keys = code`keys: ${runtimeType('v1/postgres', 'EncryptionKeys')}`

const dbName = trusted('db')

const keysOf = (call: string): Code => code`${inputs('checkedKeys')}(table, ${text(call)}, keys)`

const nameOf = ({ entity }: Subject, field: Field): string => `${entity.name}.${field.name}`

/** The constant that says where an encrypted value stands: `secretPlace`. */
const placeName = (field: Field): Code => trusted(`${camelCase(`the ${field.property}`)}Place`)

const placeCode = (subject: Subject, field: EncryptedField): Code =>
  code`const ${placeName(field)} = {
  field: ${text(nameOf(subject, field))},
  table,
  column: ${text(identifier(field.name))},
  key: ${text(field.encrypted.key)},
  encrypt: ${text(ofPgcrypto(subject, 'pgp_sym_encrypt'))},
  decrypt: ${text(ofPgcrypto(subject, 'pgp_sym_decrypt'))},
  where: ${text(keyCondition(subject.entity))},
}`

const isJson = ({ type }: Field): boolean => type.kind === 'json'

const encryptedParameter = (field: EncryptedField): Code => {
  const given = code`given${access(field.property)}`
  const value = field.nullable ? code`${given} ?? null` : given
  const sent = isJson(field) ? code`${runtime('asJson')}(${value})` : value
  return code`    ...${runtime('encryptedColumn')}(${placeName(field)}, ${sent}, keys),`
}

const plainParameter = (subject: Subject, field: Field): Code =>
  code`    ...${runtime('plainColumn')}(${text(identifier(field.name))}, ${columnCodec(subject, field)}, given${access(field.property)}),`

const insertFunction = (subject: Subject): Code => {
  const { entity } = subject
  const call = encryptionNames(entity).insert
  const encrypted = new Map(encryptedIn(entity, 'postgres').map((field) => [field.name, field]))
  const parameters = newFields(entity)
    .filter(({ field }) => field.stores.includes('postgres'))
    .map(({ field }) => {
      const secret = encrypted.get(field.name)
      return secret === undefined ? plainParameter(subject, field) : encryptedParameter(secret)
    })
  const lines = parameters.flatMap((parameter, at) => (at === 0 ? [parameter] : [trusted('\n'), parameter]))
  return declared(
    [
      `Inserts a row of ${entity.name}, its encrypted values with it, and returns it without those. Throws a \`ZodError\`, a \`ConstraintError\` or an \`EncryptedFieldError\`.`,
    ],
    call,
    code`${signature([db, keys, code`row: ${newType(subject)}`], code`${rowType(subject)}`)} {
  const given = ${checkedCode(call, code`${validator(subject, subject.names.insertSchema)}`, trusted('row'))}
  ${keysOf(call)}
  return ${runtime('insertRow')}(db, ${text(entity.name)}, table, [
${lines}
  ])
}`,
  )
}

/** The type of a field's plain value. */
const valueType = (subject: Subject, field: EncryptedField): Code => {
  const type = code`${newType(subject)}[${text(field.property)}]`
  return field.nullable ? code`NonNullable<${type}> | null` : type
}

const schemaOf = (subject: Subject, field: Field): Code =>
  code`${validator(subject, subject.names.encrypted)}${access(field.property)}`

const setFunction = (subject: Subject, field: EncryptedField): Code => {
  const call = encryptionNames(subject.entity).set(field)
  const parsed = checkedCode(call, schemaOf(subject, field), trusted('value'))
  const sent = isJson(field) ? code`${runtime('asJson')}(${parsed})` : parsed
  return declared(
    [
      `Encrypts a value of \`${nameOf(subject, field)}\` in place of the one before. Throws a \`ZodError\` or an \`EncryptedFieldError\`.`,
    ],
    call,
    calling(
      [db, keys, ...keyParameters(subject), code`value: ${valueType(subject, field)}`],
      trusted('void'),
      called(code`${runtime('replaceValue')}`, [
        dbName,
        keysOf(call),
        placeName(field),
        keyArgument(subject, call),
        sent,
      ]),
    ),
  )
}

const getFunction = (subject: Subject, field: EncryptedField): Code => {
  const call = encryptionNames(subject.entity).get(field)
  const read = code`await ${runtime('readValue')}(db, ${keysOf(call)}, ${placeName(field)}, ${keyArgument(subject, call)})`
  const plain = isJson(field) ? code`${runtime('ofJson')}(${read})` : read
  return declared(
    [`Decrypts the value of \`${nameOf(subject, field)}\`. Throws an \`EncryptedFieldError\`.`],
    call,
    code`${signature([db, keys, ...keyParameters(subject)], valueType(subject, field))}
  (${plain}) as ${valueType(subject, field)}`,
  )
}

/** What inserts a row of an entity with encrypted fields, and what replaces and reads each of their values. */
export const encryptedCode = (subject: Subject): readonly Code[] => {
  const fields = encryptedIn(subject.entity, 'postgres')
  return [
    ...fields.map((field) => placeCode(subject, field)),
    insertFunction(subject),
    ...fields.flatMap((field) => [
      ...(isReplaceable(subject.entity, field) ? [setFunction(subject, field)] : []),
      getFunction(subject, field),
    ]),
  ]
}
