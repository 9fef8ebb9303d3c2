import { uniqueFilter } from '../../document/index.js'
import type { Unique } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import type { Lookup } from '../../script/access.js'
import { called, calling } from '../../script/call.js'
import { type Code, code, joined, property } from '../../script/code.js'
import { extendedJsonCode } from '../filters.js'
import {
  db,
  declared,
  type Finding,
  findingBy,
  findingByKey,
  keyCode,
  propertyType,
  rowType,
  runtime,
  type Subject,
  target,
} from './subject.js'

/** A unique whose nulls are different values finds nothing by null. */
const valueType = (subject: Subject, unique: Unique, field: Field): Code =>
  field.nullable && unique.nulls === 'distinct'
    ? code`NonNullable<${propertyType(subject, field)}>`
    : propertyType(subject, field)

const findingByUnique = (subject: Subject, { fields }: Lookup, unique: Unique): Finding => {
  const typeOf = (field: Field): Code => valueType(subject, unique, field)
  const members = fields.map((field) => code`readonly ${property(field.property)}: ${typeOf(field)}`)
  const names = { bare: 'value', several: 'value' }
  return findingBy(fields, names, typeOf, code`{ ${joined(members, '; ')} }`)
}

/** What the index of a unique says of its documents, as code; null where it is about all of them. */
export const uniqueWhere = ({ set, entity }: Subject, unique: Unique): Code | null => {
  const filter = uniqueFilter(set, entity, unique)
  return filter === null ? null : extendedJsonCode(filter)
}

const docOf = ({ entity }: Subject, { fields, unique }: Lookup): string => {
  if (fields.length === 0) return `The row of ${entity.name}, or null.`
  if (unique === null) return `The row of ${entity.name} with this key, or null.`
  return `The row of ${entity.name} with this ${fields.map(({ property }) => `\`${property}\``).join(' and ')}, or null.`
}

const getFunction = (subject: Subject, lookup: Lookup): Code => {
  const { get, unique } = lookup
  const finding = unique === null ? findingByKey(subject) : findingByUnique(subject, lookup, unique)
  const where = unique === null ? null : uniqueWhere(subject, unique)
  const found = called(code`${runtime('found')}`, [
    ...target,
    keyCode(get, finding),
    ...(where === null ? [] : [where]),
  ])
  return declared(
    docOf(subject, lookup),
    get,
    calling([db, ...finding.parameters], code`${rowType(subject)} | null`, found),
  )
}

/** The functions that find one row. */
export const getCode = (subject: Subject): readonly Code[] =>
  subject.access.lookups.map((lookup) => getFunction(subject, lookup))
