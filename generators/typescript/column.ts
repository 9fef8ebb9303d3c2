import { unreachable } from '../kernel/bug.js'
import { durationWidth } from '../model/bounds.js'
import type { Field } from '../model/field.js'
import { objectOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type IdentityType, isScalar, type ListType, type Type, typesWithin } from '../model/type.js'
import { type Code, code, joined, trusted, typeImport } from '../script/code.js'
import { enumTypeName, idTypeName, objectTypeName } from '../script/names.js'
import { runtimeType } from '../script/runtime.js'

/** What a column reads as and what it takes, with `pg` and its default parsers; neither says anything of null. */
export interface ColumnTypes {
  readonly select: Code
  readonly insert: Code
}

const same = (type: Code): ColumnTypes => ({ select: type, insert: type })

const plain = (select: string, insert = select): ColumnTypes => ({ select: trusted(select), insert: trusted(insert) })

/** 64 bits do not fit a number: `pg` reads them as text. */
const wide = (insert: string): ColumnTypes => plain('string', insert)

const isInt4 = (set: SchemaSet, type: IdentityType): boolean => {
  const option = type.as ?? set.targets.postgres?.identity ?? 'identity'
  return option === 'serial' || option === 'int'
}

const isPlainField = (set: SchemaSet, field: Field): boolean =>
  field.property === field.name && isPlainJson(set, field.type)

/** Whether a value reads the same from jsonb as it stands in code: no date, bytes or wide number inside, no field renamed. */
const isPlainJson = (set: SchemaSet, type: Type): boolean =>
  typesWithin(type).every((inner) => {
    if (inner.kind === 'object') return objectOf(set, inner.object).fields.every((field) => isPlainField(set, field))
    return inner.kind !== 'timestamp' && inner.kind !== 'bytes' && inner.kind !== 'bigint'
  })

const jsonText = trusted('string')

/**
 * jsonb is read parsed and given as text, since `pg` sends an array as an array of Postgres. What its JSON says in another
 * way than the code (a date, a bigint) is for the row's codec to read.
 */
const structured = (set: SchemaSet, type: Type, select: Code): ColumnTypes => ({
  select: isPlainJson(set, type) ? select : trusted('unknown'),
  insert: jsonText,
})

const typeText = (set: SchemaSet, type: Type): Code => {
  switch (type.kind) {
    case 'object':
      return code`${typeImport('typescript/objects', objectTypeName(type.object))}`
    case 'list':
      return code`${bracketed(set, type.of)}[]`
    case 'map':
      return code`Record<string, ${typeText(set, type.of)}>`
    case 'union':
      return joined(
        type.of.map((member) => typeText(set, member)),
        ' | ',
      )
    default:
      return columnTypes(set, type).select
  }
}

const bracketed = (set: SchemaSet, type: Type): Code => {
  const text = typeText(set, type)
  return type.kind === 'union' ? code`(${text})` : text
}

/** Arrays of Postgres: `pg` reads those of enum types, which it does not know, as text. */
const arrayTypes = (set: SchemaSet, type: ListType): ColumnTypes => {
  if (type.as === 'jsonb' || !isScalar(type.of)) return structured(set, type, typeText(set, type))
  const { select, insert } = columnTypes(set, type.of)
  if (type.of.kind === 'enum') return { select: code`${select}[] | string`, insert: code`${insert}[]` }
  if (type.of.kind === 'decimal') return plain('number[]', 'string[]')
  return { select: code`${select}[]`, insert: insert.text.includes('|') ? code`(${insert})[]` : code`${insert}[]` }
}

export const columnTypes = (set: SchemaSet, type: Type): ColumnTypes => {
  switch (type.kind) {
    case 'snowflake':
    case 'uuid':
    case 'objectid':
      return same(code`${typeImport('typescript/ids', idTypeName(type))}`)
    case 'identity':
      return isInt4(set, type) ? plain('number') : same(code`${typeImport('typescript/ids', idTypeName(type))}`)
    case 'text':
    case 'format':
    case 'decimal':
    case 'time':
      return plain('string')
    case 'integer':
      return type.width === 'long' ? wide('number | string') : plain('number')
    case 'duration':
      if (type.as === 'interval') return plain('unknown', 'string')
      return durationWidth(type) === 'long' ? wide('number | string') : plain('number')
    case 'float':
      return plain('number')
    case 'bigint':
      return wide('bigint | string')
    case 'boolean':
      return plain('boolean')
    case 'timestamp':
      if (type.form === 'milliseconds') return wide('number | string')
      // Postgres drops the offset that `pg` sends with a Date, so a naive column takes text in UTC only.
      return isZoned(set, type.zoned) ? plain('Date', 'Date | string') : plain('Date', 'string')
    case 'date':
      return plain('Date', 'string')
    case 'enum':
      return same(code`${typeImport('typescript/enums', enumTypeName(type.enum))}`)
    case 'bytes':
      return plain('Uint8Array')
    case 'vector':
      return type.as === 'vector' ? plain('string') : plain('number[]')
    case 'list':
      return arrayTypes(set, type)
    case 'json':
      return { select: code`${runtimeType('v1', 'Json')}`, insert: jsonText }
    case 'object':
    case 'map':
    case 'union':
      return structured(set, type, typeText(set, type))
    default:
      return unreachable(type)
  }
}

const isZoned = (set: SchemaSet, zoned: boolean | null): boolean =>
  zoned ?? (set.targets.postgres?.timestamp ?? 'zoned') === 'zoned'
