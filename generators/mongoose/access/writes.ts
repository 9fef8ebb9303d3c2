import { storedPath } from '../../document/index.js'
import type { Entity } from '../../model/entity.js'
import { fieldsRead } from '../../model/expression.js'
import type { Field } from '../../model/field.js'
import { fieldsIn, referencesTo } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Lookup } from '../../script/access.js'
import { called, calling } from '../../script/call.js'
import { type Code, code, literal, text, trusted } from '../../script/code.js'
import { whereFunction } from '../../script/expression.js'
import { returned } from '../../script/layout.js'
import { runtimeValue } from '../../script/runtime.js'
import { isChangedWhole } from './collection.js'
import { uniqueWhere } from './finds.js'
import {
  checkedCode,
  db,
  declared,
  findingByKey,
  inputs,
  keyCode,
  newType,
  patchType,
  rowType,
  runtime,
  type Subject,
  target,
  validator,
} from './subject.js'
import { member, objectCode } from './text.js'

const refused = 'Throws a `ZodError` for what is no new row, and a `ConstraintError` for what Mongo refuses.'

const parsed = (subject: Subject, call: string): Code =>
  checkedCode(call, code`${validator(subject, subject.names.insertSchema)}`, trusted('row'))

const insertFunction = (subject: Subject): Code => {
  const { entity, access } = subject
  return declared(
    `Inserts a row of ${entity.name} and returns it as it is stored. ${refused}`,
    access.insert,
    calling(
      [db, code`row: ${newType(subject)}`],
      code`${rowType(subject)}`,
      called(code`${runtime('inserted')}`, [...target, parsed(subject, access.insert)]),
    ),
  )
}

const manyRefused =
  'Without transactions (a server of its own has none), what was inserted before a row was refused is removed again; where the process or the connection ends in between, it stays.'

const insertManyFunction = (subject: Subject, name: string): Code => {
  const given = code`${inputs('checkedAll')}(collection, ${text(name)}, ${validator(subject, subject.names.insertSchema)}, rows)`
  return declared(
    `Inserts rows of ${subject.entity.name}, all or none, and returns them in their order. ${refused} ${manyRefused}`,
    name,
    calling(
      [db, code`rows: readonly ${newType(subject)}[]`],
      code`${rowType(subject)}[]`,
      called(code`${runtime('insertedAll')}`, [...target, given]),
    ),
  )
}

/**
 * Whether an upsert takes the row as a whole document: where something reads all of it, or where Mongoose makes a part of
 * it that a command for Mongo could not say only for a new one.
 */
const isMergedWhole = (subject: Subject): boolean =>
  isChangedWhole(subject) || fieldsIn(subject.entity, 'mongo').some(isMadeByMongoose)

/** How an upsert is done. What a partial index says of its rows is asked of the one that is there, so it is read first. */
export const upsertOf = (subject: Subject, { unique }: Lookup): 'merged' | 'upserted' =>
  isMergedWhole(subject) || (unique !== null && unique.where !== null) ? 'merged' : 'upserted'

const isMadeByMongoose = (field: Field): boolean =>
  (field.maintained !== null && field.type.kind !== 'identity') ||
  field.default?.kind === 'next' ||
  (field.postgres.default !== null && field.default === null)

const holdsCode = ({ set, entity }: Subject, { unique }: Lookup): Code | null => {
  if (unique === null || unique.where === null) return null
  const { parameter, body, uses } = whereFunction(set, entity, unique.where)
  const functions = uses.map((name) => runtimeValue('v1', name))
  return code`(row: ${trusted(parameter)}) =>${returned(trusted(body, functions))}`
}

/** The paths that the condition of a unique reads. */
const readsCode = ({ entity }: Subject, { unique }: Lookup): Code | null =>
  unique === null || unique.where === null
    ? null
    : literal([...new Set(fieldsRead(unique.where).map((path) => storedPath(entity, path)))])

const targetCode = (subject: Subject, lookup: Lookup): Code => {
  const { fields, unique } = lookup
  const isDistinct = unique?.nulls === 'distinct' && fields.some(({ nullable }) => nullable)
  return objectCode([
    code`by: ${literal(fields.map(({ property }) => property))}`,
    ...member('where', unique === null ? null : uniqueWhere(subject, unique)),
    ...member('holds', holdsCode(subject, lookup)),
    ...member('reads', readsCode(subject, lookup)),
    ...member('distinct', isDistinct ? trusted('true') : null),
  ])
}

const upsertFunction = (subject: Subject, lookup: Lookup, name: string): Code => {
  const named = lookup.fields.map(({ property }) => `\`${property}\``).join(' and ')
  const found = lookup.fields.length === 0 ? 'it' : `the row of this ${named}`
  const run = runtime(upsertOf(subject, lookup))
  const fields = code`${inputs('checkedFields')}(collection, ${text(name)}, ${validator(subject, subject.names.insertSchema)}, row)`
  return declared(
    `Inserts a row of ${subject.entity.name}; where ${found} is there, changes what \`row\` says and leaves the rest as it is. ${refused}`,
    name,
    calling(
      [db, code`row: ${newType(subject)}`],
      code`${rowType(subject)}`,
      called(code`${run}`, [
        ...target,
        targetCode(subject, lookup),
        trusted('row'),
        fields,
        code`() => ${parsed(subject, name)}`,
      ]),
    ),
  )
}

const updateFunction = (subject: Subject, name: string): Code => {
  const finding = findingByKey(subject)
  const run = isChangedWhole(subject) ? runtime('changed') : runtime('updated')
  const patch = checkedCode(name, code`${validator(subject, subject.names.patchSchema)}`, trusted('patch'))
  return declared(
    `Changes a row of ${subject.entity.name} and returns it, or null where there is none. Throws a \`ZodError\` for what is no change, and a \`ConstraintError\` for what Mongo refuses.`,
    name,
    calling(
      [db, ...finding.parameters, code`patch: ${patchType(subject)}`],
      code`${rowType(subject)} | null`,
      called(code`${run}`, [...target, keyCode(name, finding), patch]),
    ),
  )
}

/** Whether another store would hold rows of an entity for those that point at them. */
export const isPointedAt = (set: SchemaSet, entity: Entity): boolean =>
  referencesTo(set, entity.name).some(({ reference }) => reference.enforced)

const unheld = ' Rows that point at it stay as they are: Mongo holds no references.'

const deleteFunction = (subject: Subject, name: string): Code => {
  const finding = findingByKey(subject)
  return declared(
    `Deletes a row of ${subject.entity.name} and returns it, or null where there is none.${isPointedAt(subject.set, subject.entity) ? unheld : ''}`,
    name,
    calling(
      [db, ...finding.parameters],
      code`${rowType(subject)} | null`,
      called(code`${runtime('deleted')}`, [...target, keyCode(name, finding)]),
    ),
  )
}

/** The functions that insert rows without encrypted fields. */
export const insertCode = (subject: Subject): readonly Code[] => {
  const { insertMany, lookups } = subject.access
  return [
    insertFunction(subject),
    ...(insertMany === null ? [] : [insertManyFunction(subject, insertMany)]),
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
