import { known } from '../../kernel/bug.js'
import { camelCase } from '../../kernel/identifiers.js'
import { joinSql, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import { docComment, isBindingName, proseOf } from '../../kernel/safe/typescript.js'
import type { Entity } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import type { PostgresOptions } from '../../model/options.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { relationalSchema, type Table } from '../../relational/index.js'
import { accessOf, type DataAccess } from '../../script/access.js'
import {
  access,
  type Code,
  code,
  type Import,
  literal,
  property,
  text,
  trusted,
  typeImport,
  valueImport,
} from '../../script/code.js'
import { givenCode } from '../../script/given.js'
import { type EntityNames, entityNames } from '../../script/names.js'
import { runtimeType, runtimeValue } from '../../script/runtime.js'

/** What the data access of one entity is printed from. */
export interface Subject {
  readonly set: SchemaSet
  readonly options: PostgresOptions
  readonly entity: Entity
  readonly table: Table
  readonly access: DataAccess
  readonly names: EntityNames
}

export const subjectOf = (set: SchemaSet, options: PostgresOptions, entity: Entity): Subject => {
  const { tables } = relationalSchema(set, options).value
  const table = tables.find((each) => each.role === 'entity' && each.entity === entity.name)
  return {
    set,
    options,
    entity,
    table: known(table, `table of ${entity.name}`),
    access: accessOf(entity, 'postgres'),
    names: entityNames(entity),
  }
}

export const zod = valueImport('package:zod', 'z')

/** A function of the runtime for Postgres. */
export const client = (name: string): Import => runtimeValue('v1/postgres', name)
export const clientType = (name: string): Import => runtimeType('v1/postgres', name)
export const storage = (name: string): Import => runtimeType('v1', name)

/** The constraints of all tables. */
export const constraints = valueImport('postgres/constraints', 'constraints')

export const db = code`db: ${clientType('SqlClient')}`

export const rowType = ({ names }: Subject): Import => typeImport(`typescript/${names.module}`, names.row)
export const newType = ({ names }: Subject): Import => typeImport(`typescript/${names.module}`, names.insert)
export const patchType = ({ names }: Subject): Import => typeImport(`typescript/${names.module}`, names.patch)
export const validator = ({ names }: Subject, name: string): Import => valueImport(`zod/${names.module}`, name)

/** What holds the input of a function to its schema. */
export const inputs = (name: string): Import => runtimeValue('v1', name)

/** What a function was given, held to the schema of it. */
export const checkedCode = (call: string, schema: Code, given: Code): Code =>
  code`${inputs('checked')}(table, ${text(call)}, ${schema}, ${given})`

/** Values that a row is found by, as parameters of a statement. */
export const keyCode = (call: string, fields: readonly Field[], given: Code): Code =>
  code`${inputs('encodedKey')}(table, ${text(call)}, ${literal(fields.map(({ property }) => property))}, ${given})`

/** An object of one value by its property. */
export const memberCode = (field: Field, name: string): Code =>
  name === field.property ? trusted(`{ ${name} }`) : code`{ ${property(field.property)}: ${trusted(name)} }`

/** The codec of a field's column. */
export const columnCodec = (subject: Subject, { property }: Field): Code =>
  code`${validator(subject, subject.names.columns)}${access(property)}`

/** A row's property, as the type of a parameter. */
export const propertyType = (subject: Subject, field: Field): Code =>
  givenCode(subject.set, [field], code`${rowType(subject)}[${literal(field.property)}]`)

export const tableSql = ({ options, entity }: Subject): Sql => qualified(options.schema, entity.table)

/** An exported function with what is said of it. */
export const declared = (doc: readonly string[], name: string, value: Code): Code =>
  code`${trusted(docComment(proseOf(...doc)))}export const ${trusted(name)} = ${value}`

/** What an emitted function has in reach, which a parameter of its own must not hide. */
const taken = (subject: Subject): ReadonlySet<string> =>
  new Set([
    ...['all', 'columns', 'db', 'encoded', 'insert', 'one', 'only', 'options', 'ordered', 'page', 'patch', 'checked'],
    ...['row', 'rows', 'table', 'updated', 'upserted', 'valuesOf', 'z', 'keys', 'value', 'given', 'parameters'],
    ...['checkedAll', 'checkedFields', 'checkedKeys', 'encodedInput', 'encodedKey', 'insertedAll'],
    subject.names.columns,
  ])

/** What a parameter that takes a field's value is called: as the field is, where that is a name. */
export const parameterName = (subject: Subject, { property }: Field, otherwise: string): string => {
  const name = camelCase(property)
  return isBindingName(name) && !taken(subject).has(name) ? name : otherwise
}

/** A function of pgcrypto, with its schema. */
export const ofPgcrypto = ({ options }: Subject, name: string): Sql => qualified(options.extension_schema, name)

export const conjunction = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0 ? sql`TRUE` : joinSql(conditions, ' AND ')
