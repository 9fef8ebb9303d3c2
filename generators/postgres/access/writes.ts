import { identifier, joinSql, type Sql, sql } from '../../kernel/safe/sql.js'
import { fieldsRead } from '../../model/expression.js'
import type { Field } from '../../model/field.js'
import { fieldOf, fieldsIn, isKeyField } from '../../model/lookup.js'
import {
  arbitersOf,
  columnType,
  conflictTarget,
  expressionScope,
  expressionSql,
  withoutModifier,
} from '../../relational/index.js'
import type { Lookup } from '../../script/access.js'
import { called, calling, list, parsing } from '../../script/call.js'
import { access, type Code, code, joined, text, trusted } from '../../script/code.js'
import { newFields, patchFields } from '../../script/shapes.js'
import { keyArgument, keyCondition, keyParameters } from './key.js'
import { insertMany, insertOne, parameterOf, valueNames } from './new-row.js'
import { uniqueCondition } from './reads.js'
import { statement } from './statement.js'
import {
  checkedCode,
  client,
  db,
  declared,
  inputs,
  newType,
  patchType,
  rowType,
  type Subject,
  tableSql,
  validator,
} from './subject.js'

const columns = trusted('columns')
const table = trusted('table')
const refused = 'Throws a `ZodError` for what is no new row, and a `ConstraintError` for what the database refuses.'

const insertSchema = (subject: Subject) => validator(subject, subject.names.insertSchema)

/** `const insert`, which an insert and the upserts begin with. */
const insertConstant = (subject: Subject): Code => code`const insert = ${statement`${insertOne(subject)}`}`

const insertFunction = (subject: Subject): Code => {
  const { entity, access: names } = subject
  const returning = statement`${trusted('insert')} RETURNING ${columns}`
  const values = code`valuesOf(${checkedCode(names.insert, code`${insertSchema(subject)}`, trusted('row'))})`
  return declared(
    [`Inserts a row of ${entity.name} and returns it as it is stored. ${refused}`],
    names.insert,
    calling(
      [db, code`row: ${newType(subject)}`],
      code`${rowType(subject)}`,
      called(code`${client('only')}`, [trusted('db'), table, returning, values]),
    ),
  )
}

const insertManyFunction = (subject: Subject, name: string): Code => {
  const many = statement`${insertMany(subject)}
RETURNING ${columns}`
  const values = code`${inputs('checkedAll')}(table, ${text(name)}, ${insertSchema(subject)}, rows).map(valuesOf)`
  return declared(
    [`Inserts rows of ${subject.entity.name}, all or none, and returns them in their order. ${refused}`],
    name,
    calling(
      [db, code`rows: readonly ${newType(subject)}[]`],
      code`${rowType(subject)}[]`,
      called(code`${client('insertedAll')}`, [trusted('db'), table, many, valueNames(subject), values]),
    ),
  )
}

/** The fields that an upsert changes where the row says them. */
const changedByUpsert = ({ entity }: Subject, lookup: Lookup): readonly Field[] => {
  const own = new Set([...lookup.fields, ...fieldsIn(entity, 'postgres').filter((field) => isKeyField(entity, field))])
  return newFields(entity)
    .map(({ field }) => field)
    .filter((field) => field.stores.includes('postgres') && !own.has(field) && !field.immutable)
    .filter(({ maintained }) => maintained === null)
}

const targetsOf = (subject: Subject, { unique }: Lookup): readonly { nulls: readonly string[]; on: Sql }[] => {
  const { entity } = subject
  if (unique !== null) {
    return arbitersOf(subject, entity, unique).map((arbiter) => ({ nulls: arbiter.nulls, on: conflictTarget(arbiter) }))
  }
  const fields = entity.key.kind === 'fields' ? entity.key.fields : ['singleton']
  return [{ nulls: [], on: conflictTarget({ nulls: [], columns: fields, where: null }) }]
}

/** What an upsert goes by: chosen by which values are null where the database has several for one unique. */
const targetCode = (subject: Subject, lookup: Lookup): Code => {
  const targets = targetsOf(subject, lookup)
  const choose = (nullable: readonly Field[], nulls: readonly string[]): Code => {
    const [field, ...rest] = nullable
    if (field === undefined) {
      const found = targets.find((target) => target.nulls.join() === nulls.join())
      return text(found?.on ?? '')
    }
    const isNull = code`given${access(field.property)} === null`
    return code`${isNull} ? ${choose(rest, [...nulls, field.name])} : ${choose(rest, nulls)}`
  }
  const told = lookup.fields.filter(({ name }) => targets.some(({ nulls }) => nulls.includes(name)))
  const [where, key] = meantRow(subject, lookup)
  return code`{
  on: ${choose(told, [])},
  where: ${text(where)},
  key: [${joined(key, ', ')}],
}`
}

const orNull = (value: Code): Code => (value.text.includes(' ') ? code`(${value}) ?? null` : code`${value} ?? null`)

/**
 * The condition on the row that an upsert means, with its parameters: it is the one that `get` finds, and is still of
 * the unique's rows with what the caller says. What the caller leaves out is as it is in the row that is there.
 */
const meantRow = (subject: Subject, { fields, unique }: Lookup): readonly [where: Sql, key: readonly Code[]] => {
  const { entity } = subject
  const by = fields.map((field) => orNull(parameterOf(subject, field, true)))
  if (unique === null) return [keyCondition(entity), by]
  const found = uniqueCondition(subject, unique, fields)
  if (unique.where === null) return [found, by]
  const read = [...new Set(fieldsRead(unique.where).map(([name = '']) => name))].map((name) => fieldOf(entity, name))
  const said = read.map((field, at) => {
    const [value, flag] = [fields.length + 2 * at + 1, fields.length + 2 * at + 2]
    const column = identifier(field.name)
    const type = withoutModifier(columnType(subject, field.type))
    return sql`CASE WHEN $${flag}::boolean THEN $${value}::${type} ELSE ${column} END AS ${column}`
  })
  const condition = expressionSql(expressionScope(subject, entity), unique.where)
  const values = read.flatMap((field) => [
    orNull(parameterOf(subject, field, true)),
    code`row${access(field.property)} !== undefined`,
  ])
  return [sql`${found} AND (SELECT ${condition} FROM (SELECT ${joinSql(said, ', ')}) AS said)`, [...by, ...values]]
}

const upsertFunction = (subject: Subject, lookup: Lookup, name: string): Code => {
  const named = lookup.fields.map(({ property }) => `\`${property}\``).join(' and ')
  const found = lookup.fields.length === 0 ? 'it' : `the row of this ${named}`
  const said = changedByUpsert(subject, lookup).map(
    (field) =>
      code`[${text(identifier(field.name))}, row${access(field.property)} === undefined ? undefined : ${parameterOf(subject, field, false)}]`,
  )
  const schema = code`${insertSchema(subject)}`
  const values = code`() => valuesOf(${checkedCode(name, schema, trusted('row'))})`
  return declared(
    [
      `Inserts a row of ${subject.entity.name}; where ${found} is there, changes what \`row\` says and leaves the rest as it is. ${refused}`,
    ],
    name,
    parsing(
      [db, code`row: ${newType(subject)}`],
      code`${rowType(subject)}`,
      code`${inputs('checkedFields')}(table, ${text(name)}, ${schema}, row)`,
      called(code`${client('upserted')}`, [
        ...[trusted('db'), table, trusted('insert'), values],
        ...[targetCode(subject, lookup), list(said)],
      ]),
    ),
  )
}

const updateFunction = (subject: Subject, name: string): Code => {
  const { entity } = subject
  const changes = patchFields(entity)
    .filter(({ field }) => field.stores.includes('postgres'))
    .map(({ field }) => code`[${text(identifier(field.name))}, ${parameterOf(subject, field, true)}]`)
  return declared(
    [
      `Changes a row of ${entity.name} and returns it, or null where there is none. Throws a \`ZodError\` for what is no change, and a \`ConstraintError\` for what the database refuses.`,
    ],
    name,
    parsing(
      [db, ...keyParameters(subject), code`patch: ${patchType(subject)}`],
      code`${rowType(subject)} | null`,
      checkedCode(name, code`${validator(subject, subject.names.patchSchema)}`, trusted('patch')),
      called(code`${client('updated')}`, [
        ...[trusted('db'), table, text(keyCondition(entity)), keyArgument(subject, name), list(changes)],
      ]),
    ),
  )
}

const deleteFunction = (subject: Subject, name: string): Code => {
  const { entity } = subject
  const remove = statement`DELETE FROM ${tableSql(subject)} WHERE ${keyCondition(entity)} RETURNING ${columns}`
  return declared(
    [
      `Deletes a row of ${entity.name} and returns it, or null where there is none. Throws a \`ConstraintError\` where rows point at it.`,
    ],
    name,
    calling(
      [db, ...keyParameters(subject)],
      code`${rowType(subject)} | null`,
      called(code`${client('one')}`, [trusted('db'), table, remove, keyArgument(subject, name), text('delete')]),
    ),
  )
}

/** The functions that write rows without encrypted fields. */
export const insertCode = (subject: Subject): readonly Code[] => {
  const { insertMany: many, lookups } = subject.access
  return [
    insertConstant(subject),
    insertFunction(subject),
    ...(many === null ? [] : [insertManyFunction(subject, many)]),
    ...lookups.flatMap((lookup) => (lookup.upsert === null ? [] : [upsertFunction(subject, lookup, lookup.upsert)])),
  ]
}

/** The functions that change and delete rows. */
export const changeCode = (subject: Subject): readonly Code[] => {
  const { update, delete: remove } = subject.access
  return [
    ...(update === null ? [] : [updateFunction(subject, update)]),
    ...(remove === null ? [] : [deleteFunction(subject, remove)]),
  ]
}
