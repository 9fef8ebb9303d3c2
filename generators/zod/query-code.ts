import type { Entity, Query, QueryColumn, QueryValue } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { findField } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Store } from '../model/store.js'
import { type Code, code, trusted } from '../script/code.js'
import { classesOfRow, passedClasses } from '../script/driver-classes.js'
import { chained } from '../script/layout.js'
import { entityNames } from '../script/names.js'
import { queryCodecs, returnedName } from '../script/query.js'
import { codedMembers, decodingCode, type Member, membersOf, nested, objectOfMembers, type Rename } from './record.js'
import { typeCode, zod } from './type-code.js'

/** Where the codecs of a query in a store take those of the entity's own fields from. */
export interface QuerySource {
  readonly set: SchemaSet
  readonly entity: Entity
  readonly store: Store
  /** The constant of the row's schemas, and that of the codecs of single values; null where that is not at hand. */
  readonly shape: string
  readonly coded: string | null
}

/** The entity's own field, where its codec is that of a value of it: kept everywhere, and not encrypted. */
const ownField = ({ entity }: QuerySource, { field }: QueryValue): Field | null => {
  const own = field?.entity === entity.name ? findField(entity, field.name) : undefined
  if (own === undefined || own.encrypted !== null) return null
  return entity.stores.every((store) => own.stores.includes(store)) ? own : null
}

const ownCodec = ({ set, store, shape, coded }: QuerySource, field: Field): Code => {
  const fields = [{ field, optional: false }]
  const [member] = coded === null ? codedMembers(set, shape, fields, store) : membersOf(coded, fields)
  return member?.value ?? typeCode(set, field.type, store)
}

const valueCode = (source: QuerySource, value: QueryValue): Code => {
  const own = ownField(source, value)
  const codec = own === null ? typeCode(source.set, value.type, source.store) : ownCodec(source, own)
  return value.nullable && own?.nullable !== true ? code`${codec}.nullable()` : codec
}

const parametersCode = (source: QuerySource, { parameters }: Query): Code =>
  code`${zod}.strictObject(${objectOfMembers(
    parameters.map((parameter) => ({ key: parameter.name, value: valueCode(source, parameter) })),
  )})`

/** A column as it is read; in a document what is missing is null. */
const columnCode = (source: QuerySource, column: QueryColumn): Code => {
  const value = valueCode(source, column)
  return source.store === 'mongo' && column.nullable ? code`${value}.default(null)` : value
}

/** What a row of the result is read by; whole rows of a table are read as those are. */
const rowCode = (source: QuerySource, query: Query): Code | null => {
  const { columns } = query
  switch (columns?.kind) {
    case undefined:
      return null
    case 'row':
      return source.store === 'postgres' ? null : mongoRow(source)
    case 'fields':
    case 'named': {
      const named = columns.columns.map((column) => ({
        column,
        stored: returnedName(source.entity, source.store, query, column),
      }))
      const read = named.map(({ column, stored }) => ({ key: stored, value: columnCode(source, column) }))
      const renames: readonly Rename[] = named
        .filter(({ column, stored }) => column.property !== stored)
        .map(({ column, stored }) => ({ stored, property: column.property, written: null }))
      const object = (members: Code): Code => code`.object(${members})`
      if (renames.length === 0) return code`${zod}${object(objectOfMembers(read))}`
      return chained(code`${zod}`, [object(nested(objectOfMembers(read))), code`.transform(${decodingCode(renames)})`])
    }
  }
}

const mongoRow = ({ set, entity }: QuerySource): Code =>
  code`${trusted(entityNames(entity).mongoCodec)}${passedClasses(classesOfRow(set, entity))}`

/** The codecs of what a query takes and of a row that it gives, in a store; null where it has neither. */
export const queryCode = (source: QuerySource, query: Query): Code | null => {
  const has = queryCodecs(query)
  const row = has.row ? rowCode(source, query) : null
  const members: readonly Member[] = [
    ...(has.parameters ? [{ key: 'parameters', value: parametersCode(source, query) }] : []),
    ...(row === null ? [] : [{ key: 'row', value: row }]),
  ]
  return members.length === 0 ? null : objectOfMembers(members)
}
