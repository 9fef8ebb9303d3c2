import { identifier, literal, qualified, type Sql, sql, wrapped } from '../../kernel/safe/sql.js'
import { type Field, mayBeLeftOut } from '../../model/field.js'
import type { TimestampType, Type } from '../../model/type.js'
import { type Column, columnType, withoutModifier } from '../../relational/index.js'
import { list } from '../../script/call.js'
import { access, type Code, code, joined, text, trusted } from '../../script/code.js'
import { newFields } from '../../script/shapes.js'
import { columnList } from './columns.js'
import { client, columnCodec, type Subject, tableSql, validator, zod } from './subject.js'

/** Whether a value of a type is a parameter as it is: what a codec does to it has no part in what a driver sends. */
const isSentAsItIs = (type: Type): boolean => {
  switch (type.kind) {
    case 'bigint':
    case 'timestamp':
    case 'json':
    case 'object':
    case 'list':
    case 'map':
    case 'bytes':
    case 'vector':
    case 'union':
      return false
    case 'duration':
      return type.as === 'integer'
    default:
      return true
  }
}

/** Whether a new row may have nothing for a field once its schema has filled it in: then the database does. */
const isMadeThere = (field: Field): boolean =>
  field.maintained !== null || field.default?.kind === 'next' || field.postgres.default !== null

/** An instant as the text or the number of its column, without its codec: it is one of the row's already. */
const instantCode = (given: Code, form: TimestampType['form']): Code =>
  form === 'instant' ? code`${given}.toISOString()` : code`String(${given}.getTime())`

/** The value that a column takes of `given`, which its schema has held to its type. */
export const parameterOf = (subject: Subject, field: Field, mayBeMissing: boolean): Code => {
  const { type, nullable } = field
  const given = code`given${access(field.property)}`
  if (isSentAsItIs(type)) return given
  if (type.kind === 'timestamp') {
    const instant = instantCode(given, type.form)
    return nullable || mayBeMissing ? code`${given} && ${instant}` : instant
  }
  return mayBeMissing
    ? code`${client('encoded')}(${columnCodec(subject, field)}, ${given})`
    : code`${zod}.encode(${columnCodec(subject, field)}, ${given})`
}

/** A column of an insert: what is sent for it, and what stands for it in a statement that has this as a parameter. */
interface Given {
  readonly field: Field
  readonly column: Column
  readonly isMissable: boolean
}

/** The plain columns that an insert gives. */
const givenIn = ({ entity, table }: Subject): readonly Given[] =>
  newFields(entity).flatMap(({ field, optional }) => {
    const column = table.columns.find((each) => each.field === field.name)
    if (column === undefined || field.encrypted !== null) return []
    return [{ field, column, isMissable: isMadeThere(field) || (optional && !mayBeLeftOut(field)) }]
  })

/** Null is a value of the column, which its default must not replace: whether one was given goes along. */
const isToldApart = ({ field, column, isMissable }: Given): boolean =>
  isMissable && field.nullable && column.default !== null

/** The names in JSON of what an insert gives; the last ones say which of the columns were given. */
const flagOf = ({ field }: Given): string => `${field.name} given`

const values = (subject: Subject): readonly Code[] => {
  const given = givenIn(subject)
  return [
    ...given.map(({ field, isMissable }) => parameterOf(subject, field, isMissable)),
    ...given.filter(isToldApart).map(({ field }) => code`given${access(field.property)} !== undefined`),
  ]
}

/** `valuesOf`: what the statements that insert are given, in their order. */
export const valuesFunction = (subject: Subject): Code => {
  const schema = validator(subject, subject.names.insertSchema)
  const listed = joined(
    values(subject).map((value) => code`  ${value},`),
    '\n',
  )
  const parameter = values(subject).length === 0 ? '_given' : 'given'
  return code`/** What a new row gives its columns. */
const valuesOf = (${trusted(parameter)}: ${zod}.output<typeof ${schema}>): unknown[] => [
${listed}
]`
}

/** What stands for a column: what was given, or else what its default makes. */
const orDefault = (given: Given, value: Sql, wasGiven: Sql): Sql => {
  const { column, isMissable } = given
  if (!isMissable || column.default === null) return value
  if (isToldApart(given)) return sql`CASE WHEN ${wasGiven} THEN ${value} ELSE ${column.default} END`
  return sql`coalesce(${value}, ${column.default})`
}

const typeOf = ({ set, options }: Subject, { type }: Field): Sql => withoutModifier(columnType({ set, options }, type))

const names = (given: readonly Given[]): Sql => columnList(given.map(({ field }) => field.name))

/** An insert of one row: what stands before `ON CONFLICT` or `RETURNING`. */
export const insertOne = (subject: Subject): Sql => {
  const given = givenIn(subject)
  if (given.length === 0) return sql`INSERT INTO ${tableSql(subject)} DEFAULT VALUES`
  const flags = given.filter(isToldApart)
  const parameters = given.map((each, at) => {
    const cast = each.isMissable ? sql`::${typeOf(subject, each.field)}` : sql``
    const flag = sql`$${given.length + flags.indexOf(each) + 1}::boolean`
    return orDefault(each, sql`$${at + 1}${cast}`, flag)
  })
  return sql`INSERT INTO ${tableSql(subject)} (${names(given)})
VALUES (${wrapped(parameters, '  ', 96)})`
}

const isJson = (subject: Subject, { type }: Field): boolean => columnType(subject, type).encoding.kind === 'json'

/** What an item of the JSON array has for a column: the text of a JSON value, or what the column's type reads. */
const fromItem = (subject: Subject, given: Given): Sql => {
  const { field } = given
  const value = isJson(subject, field)
    ? sql`(given.item ->> ${literal(field.name)})::${typeOf(subject, field)}`
    : sql`new.${identifier(field.name)}`
  return orDefault(given, value, sql`(given.item ->> ${literal(flagOf(given))})::boolean`)
}

/** A clause that is followed by another: what it lists stands below its keyword where one line does not hold it. */
const clause = (keyword: Sql, items: readonly Sql[]): Sql => {
  const listed = wrapped(items, '  ', 96)
  return listed.startsWith('\n') ? sql`${keyword}${listed}` : sql`${keyword} ${listed}\n`
}

/** An insert of all items of a JSON array, which is `$1`, in their order. */
export const insertMany = (subject: Subject): Sql => {
  const { options, entity } = subject
  const given = givenIn(subject)
  if (given.length === 0) return sql`INSERT INTO ${tableSql(subject)} SELECT FROM json_array_elements($1::json)`
  const selected = given.map((each) => fromItem(subject, each))
  return sql`INSERT INTO ${tableSql(subject)} (${names(given)})
${clause(sql`SELECT`, selected)}FROM json_array_elements($1::json) WITH ORDINALITY AS given (item, place),
  json_populate_record(NULL::${qualified(options.schema, entity.table)}, given.item) AS new
ORDER BY given.place`
}

/** The names in JSON of what `valuesOf` gives. */
export const valueNames = (subject: Subject): Code => {
  const given = givenIn(subject)
  const all = [...given.map(({ field }) => field.name), ...given.filter(isToldApart).map(flagOf)]
  return list(all.map(text))
}
