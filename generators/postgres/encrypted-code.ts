import { camelCase, pascalCase } from '../kernel/identifiers.js'
import { identifier, identifiers, joinSql, qualified, type Sql, sql } from '../kernel/safe/sql.js'
import { docComment, proseOf } from '../kernel/safe/typescript.js'
import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { fieldOf, fieldsIn, keyFieldsOf } from '../model/lookup.js'
import { access, type Code, code, joined, literal, text, trusted, typeImport, valueImport } from '../script/code.js'
import { type EncryptedField, encryptedIn, encryptionNames, isReplaceable } from '../script/encryption.js'
import { entityNames } from '../script/names.js'
import { newFields } from '../script/shapes.js'

const runtime = (name: string) => valueImport('postgres/encryption', name)

const client = typeImport('postgres/encryption', 'SqlClient')
const keys = typeImport('postgres/encryption', 'EncryptionKeys')
const zod = valueImport('package:zod', 'z')

/** What the functions of an entity take from the emitted types and validators. */
const importsFor = (entity: Entity) => {
  const names = entityNames(entity)
  const type = (name: string) => typeImport(`typescript/${names.module}`, name)
  const value = (name: string) => valueImport(`zod/${names.module}`, name)
  return {
    row: type(names.row),
    insert: type(names.insert),
    insertSchema: value(names.insertSchema),
    codec: value(names.postgresCodec),
    columns: value(names.columns),
    encrypted: value(names.encrypted),
  }
}

const subjectOf = (entity: Entity, field: Field): string => `${entity.name}.${field.name}`

const isJson = ({ type }: Field): boolean => type.kind === 'json'

const declaration = (doc: string, name: string, value: Code): Code =>
  code`${trusted(docComment(proseOf(doc)))}export const ${trusted(name)} = ${value}`

/** The columns that an insert returns: all but the encrypted ones. */
const shownColumns = (entity: Entity): Sql =>
  identifiers(
    fieldsIn(entity, 'postgres')
      .filter(({ encrypted }) => encrypted === null)
      .map(({ name }) => name),
  )

const encryptedParameter = (entity: Entity, field: EncryptedField): Code => {
  const given = code`given${access(field.property)}`
  const value = field.nullable ? code`${given} ?? null` : given
  const sent = isJson(field) ? code`${runtime('asJson')}(${value})` : value
  return code`    ...${runtime('encryptedColumn')}(${trusted(placeName(entity, field))}, ${sent}, keys),`
}

const plainParameter = (entity: Entity, { name, property }: Field): Code =>
  code`    ...${runtime('plainColumn')}(${text(identifier(name))}, ${importsFor(entity).columns}${access(property)}, given${access(property)}),`

const insertCode = (entity: Entity): Code => {
  const { row, insert, insertSchema, codec } = importsFor(entity)
  const encrypted = new Map(encryptedIn(entity, 'postgres').map((field) => [field.name, field]))
  const parameters = newFields(entity)
    .filter(({ field }) => field.stores.includes('postgres'))
    .map(({ field }) => {
      const secret = encrypted.get(field.name)
      return secret === undefined ? plainParameter(entity, field) : encryptedParameter(entity, secret)
    })
  return declaration(
    `Inserts a row, its encrypted values with it, and returns it without those. Throws an \`EncryptedFieldError\`.`,
    encryptionNames(entity).insert,
    code`async (
  client: ${client},
  keys: ${keys},
  row: ${insert},
): Promise<${row}> => {
  const given = ${insertSchema}.parse(row)
  const stored = await ${runtime('insertRow')}(client, ${trusted(tableName(entity))}, [
${joined(parameters, '\n')}
  ])
  return ${codec}.parse(stored)
}`,
  )
}

/** A singleton whose every field is encrypted has no column to show but its key. */
const returning = (entity: Entity): Sql => {
  const shown = shownColumns(entity)
  return shown === '' ? sql`singleton` : shown
}

const tableName = (entity: Entity): string => `${camelCase(entity.name)}Table`

const tableCode = (entity: Entity, schema: string): Code =>
  code`const ${trusted(tableName(entity))} = {
  entity: ${text(entity.name)},
  table: ${text(qualified(schema, entity.table))},
  returning: ${text(returning(entity))},
}`

/** The condition on a row's own key, by parameters from `$1` on. */
const keyCondition = (entity: Entity): Sql => {
  const conditions = keyFieldsOf(entity).map((name, index) => sql`${identifier(name)} = $${index + 1}`)
  return conditions.length === 0 ? sql`TRUE` : joinSql(conditions, ' AND ')
}

/** The constant that says where an encrypted value stands: `vaultSecret`. */
const placeName = (entity: Entity, field: Field): string => camelCase(entity.name) + pascalCase(field.property)

const placeCode = (entity: Entity, field: EncryptedField, schema: string): Code =>
  code`const ${trusted(placeName(entity, field))} = {
  field: ${text(subjectOf(entity, field))},
  table: ${text(qualified(schema, entity.table))},
  column: ${text(identifier(field.name))},
  key: ${text(field.encrypted.key)},
  where: ${text(keyCondition(entity))},
}`

/** The parameter that takes a row's key, and the key's columns as parameters of a statement. A singleton has neither. */
const rowKey = (entity: Entity): { readonly parameter: Code; readonly values: Code } => {
  const fields = keyFieldsOf(entity).map((name) => fieldOf(entity, name))
  if (fields.length === 0) return { parameter: trusted(''), values: trusted('[]') }
  const { row, columns } = importsFor(entity)
  const names = joined(
    fields.map(({ property }) => literal(property)),
    ' | ',
  )
  const values = fields.map(
    ({ property }) => code`${zod}.encode(${columns}${access(property)}, key${access(property)})`,
  )
  return {
    parameter: code`
  key: Pick<${row}, ${names}>,`,
    values: code`[${joined(values, ', ')}]`,
  }
}

/** The type of a field's plain value. */
const valueType = (entity: Entity, field: EncryptedField): Code => {
  const type = code`${importsFor(entity).insert}[${literal(field.property)}]`
  return field.nullable ? code`NonNullable<${type}> | null` : type
}

const schemaOf = (entity: Entity, field: Field): Code => code`${importsFor(entity).encrypted}${access(field.property)}`

const setCode = (entity: Entity, field: EncryptedField): Code => {
  const { parameter, values } = rowKey(entity)
  const parsed = code`${schemaOf(entity, field)}.parse(value)`
  const sent = isJson(field) ? code`${runtime('asJson')}(${parsed})` : parsed
  return declaration(
    `Encrypts a value of \`${subjectOf(entity, field)}\` in place of the one before. Throws an \`EncryptedFieldError\`.`,
    encryptionNames(entity).set(field),
    code`async (
  client: ${client},
  keys: ${keys},${parameter}
  value: ${valueType(entity, field)},
): Promise<void> => {
  const plain = ${sent}
  await ${runtime('replaceValue')}(client, keys, ${trusted(placeName(entity, field))}, ${values}, plain)
}`,
  )
}

const getCode = (entity: Entity, field: EncryptedField): Code => {
  const { parameter, values } = rowKey(entity)
  const read = code`await ${runtime('readValue')}(client, keys, ${trusted(placeName(entity, field))}, ${values})`
  const found = isJson(field) ? code`${runtime('ofJson')}(${read})` : read
  return declaration(
    `Decrypts the value of \`${subjectOf(entity, field)}\`. Throws an \`EncryptedFieldError\`.`,
    encryptionNames(entity).get(field),
    code`async (
  client: ${client},
  keys: ${keys},${parameter}
): Promise<${valueType(entity, field)}> => {
  const plain = ${found}
  return ${schemaOf(entity, field)}.parse(plain)
}`,
  )
}

/** What inserts a row of an entity with encrypted fields, and what replaces and reads each of their values. */
export const encryptedCode = (entity: Entity, schema: string): readonly Code[] => {
  const fields = encryptedIn(entity, 'postgres')
  return [
    tableCode(entity, schema),
    ...fields.map((field) => placeCode(entity, field, schema)),
    insertCode(entity),
    ...fields.flatMap((field) => [
      ...(isReplaceable(entity, field) ? [setCode(entity, field)] : []),
      getCode(entity, field),
    ]),
  ]
}
