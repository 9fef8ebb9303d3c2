import { identifier, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Unique } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import { expressionScope, expressionSql } from '../../relational/index.js'
import type { Lookup } from '../../script/access.js'
import { called, calling } from '../../script/call.js'
import { type Code, code, joined, property, text, trusted } from '../../script/code.js'
import { keyArgument, keyCondition, keyParameters } from './key.js'
import { statement } from './statement.js'
import {
  client,
  conjunction,
  db,
  declared,
  keyCode,
  memberCode,
  parameterName,
  propertyType,
  rowType,
  type Subject,
  tableSql,
} from './subject.js'

const columns = trusted('columns')
const table = trusted('table')

const selected = (subject: Subject, where: Sql): Code =>
  statement`SELECT ${columns} FROM ${tableSql(subject)} WHERE ${where}`

const getFunction = (
  subject: Subject,
  name: string,
  doc: string,
  where: Sql,
  parameters: readonly Code[],
  values: Code,
) =>
  declared(
    [doc],
    name,
    calling(
      [db, ...parameters],
      code`${rowType(subject)} | null`,
      called(code`${client('one')}`, [trusted('db'), table, selected(subject, where), values, text('read')]),
    ),
  )

/** Whether a null in the unique is a value like others, so that a row is found by it. */
const isFoundByNull = (unique: Unique, field: Field): boolean => field.nullable && unique.nulls === 'not distinct'

/** Nulls that are alike; once its parameter is known, the server reads one of the two by the index. */
const condition = (unique: Unique, field: Field, at: number): Sql => {
  const column = identifier(field.name)
  const equal = sql`${column} = $${at + 1}`
  return isFoundByNull(unique, field) ? sql`(${equal} OR ${column} IS NULL AND $${at + 1} IS NULL)` : equal
}

export const uniqueCondition = (subject: Subject, unique: Unique, fields: readonly Field[]): Sql => {
  const conditions = fields.map((field, at) => condition(unique, field, at))
  if (unique.where === null) return conjunction(conditions)
  const where = expressionSql(expressionScope(subject, subject.entity), unique.where)
  return conjunction([...conditions, sql`(${where})`])
}

const valueType = (subject: Subject, unique: Unique, field: Field): Code =>
  field.nullable && !isFoundByNull(unique, field)
    ? code`NonNullable<${propertyType(subject, field)}>`
    : propertyType(subject, field)

/** The parameter of a unique's values, and those as parameters of the statement. */
const uniqueParameter = (subject: Subject, { get, fields }: Lookup, unique: Unique): readonly [Code, Code] => {
  const [field, ...others] = fields
  if (field !== undefined && others.length === 0) {
    const name = parameterName(subject, field, 'value')
    return [code`${trusted(name)}: ${valueType(subject, unique, field)}`, keyCode(get, fields, memberCode(field, name))]
  }
  const members = fields.map((each) => code`readonly ${property(each.property)}: ${valueType(subject, unique, each)}`)
  return [code`value: { ${joined(members, '; ')} }`, keyCode(get, fields, trusted('value'))]
}

const getByUnique = (subject: Subject, lookup: Lookup, unique: Unique): Code => {
  const { get, fields } = lookup
  const named = fields.map(({ property: name }) => `\`${name}\``).join(' and ')
  const [parameter, values] = uniqueParameter(subject, lookup, unique)
  const where = uniqueCondition(subject, unique, fields)
  return getFunction(
    subject,
    get,
    `The row of ${subject.entity.name} with this ${named}, or null.`,
    where,
    [parameter],
    values,
  )
}

const getByKey = (subject: Subject, name: string): Code => {
  const { entity } = subject
  const doc =
    entity.key.kind === 'singleton'
      ? `The row of ${entity.name}, or null.`
      : `The row of ${entity.name} with this key, or null.`
  return getFunction(subject, name, doc, keyCondition(entity), keyParameters(subject), keyArgument(subject, name))
}

/** The functions that find one row. */
export const getCode = (subject: Subject): readonly Code[] =>
  subject.access.lookups.map((lookup) =>
    lookup.unique === null ? getByKey(subject, lookup.get) : getByUnique(subject, lookup, lookup.unique),
  )
