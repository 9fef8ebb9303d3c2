import { report } from '../kernel/diagnostic.js'
import { identifier, type Sql, sql } from '../kernel/safe/sql.js'
import type { Index, IndexOrder, IndexPart, Unique } from '../model/entity.js'
import { type Expression, fieldsRead } from '../model/expression.js'
import { fieldsIn } from '../model/lookup.js'
import { arbitersOf } from './arbiters.js'
import { expressionSql, indexExpressionSql } from './expression.js'
import { typeAt } from './forms.js'
import { indexWidth, uniqueWidth } from './index-widths.js'
import { isConstraint, nullableOf } from './keys.js'
import { jsonText } from './operand.js'
import { expressionScope, hasColumns, isReadable, type TableContext } from './table-context.js'
import type { TableIndex, TableIndexPart } from './tables.js'

const whereSql = (context: TableContext, where: Expression | null): Sql | null =>
  where === null ? null : expressionSql(expressionScope(context, context.entity), where)

const usualOrder: IndexOrder = { direction: 'asc', nulls: null, collation: null }

const columnPart = (name: string): TableIndexPart => ({
  column: name,
  text: identifier(name),
  operatorClass: null,
  ...usualOrder,
})

/** What all rows have alike: a unique index on it lets one row pass its `where`. */
const constantPart: TableIndexPart = { column: null, text: sql`(true)`, operatorClass: null, ...usualOrder }

const structured: readonly string[] = ['object', 'list', 'map', 'union', 'json']

const pathSql = (context: TableContext, path: readonly string[]): Sql => {
  const [first = '', ...rest] = path
  const text = jsonText(identifier(first), rest)
  const type = typeAt(context, context.entity.fields, path)
  return structured.includes(type.kind) ? sql`(${text.replace(/ ->> (?=[^>]*$)/, ' -> ') as Sql})` : sql`(${text})`
}

const indexPart = (context: TableContext, part: IndexPart): TableIndexPart => {
  const { direction, nulls, collation } = part
  const order = { direction, nulls, collation }
  if (part.kind === 'expression') {
    const text = indexExpressionSql(expressionScope(context, context.entity), part.expression)
    return { column: null, text, operatorClass: null, ...order }
  }
  const [first = '', ...rest] = part.path
  const { operatorClass } = part
  if (rest.length === 0) return { ...columnPart(first), operatorClass, ...order }
  return { column: null, text: pathSql(context, part.path), operatorClass, ...order }
}

const functionNames: Readonly<Record<string, string>> = { length: 'char_length' }

/** The column's name in an index, by which Postgres names the index (`FigureIndexColname` in its source). */
const nameInIndex = (part: IndexPart): string => {
  if (part.kind === 'field') return part.path.length === 1 ? (part.path[0] ?? '') : 'expr'
  const { expression } = part
  return expression.kind === 'call' ? (functionNames[expression.function] ?? expression.function) : 'expr'
}

/** Columns of one name get numbers (`ChooseIndexColumnNames`). */
const distinct = (names: readonly string[]): readonly string[] => {
  const taken = new Set<string>()
  return names.map((name) => {
    let free = name
    for (let pass = 1; taken.has(free); pass++) free = `${name}${pass}`
    taken.add(free)
    return free
  })
}

const fieldsOfPart = (part: IndexPart): readonly string[] =>
  part.kind === 'field' ? part.path.slice(0, 1) : fieldsRead(part.expression).flatMap((path) => path.slice(0, 1))

const isHeld = (context: TableContext, index: Index): boolean => {
  const held = new Set(fieldsIn(context.entity, 'postgres').map(({ name }) => name))
  const parts = index.parts.every((part) =>
    part.kind === 'field' ? held.has(part.path[0] ?? '') : isReadable(context.entity, part.expression),
  )
  return parts && index.include.every((name) => held.has(name)) && readable(context, index.where)
}

const isUniqueHeld = (context: TableContext, { fields, where }: Unique): boolean =>
  hasColumns(context.entity, fields) && readable(context, where)

const readable = (context: TableContext, where: Expression | null): boolean =>
  where === null || isReadable(context.entity, where)

const plainIndex = (context: TableContext, index: Index): TableIndex => {
  context.found.push(...indexWidth(context, index))
  const columns = distinct([...index.parts.map(nameInIndex), ...index.include])
  return {
    name: context.names.index(index.name, columns, 'idx', index.origin),
    unique: index.unique,
    method: index.using ?? 'btree',
    parts: index.parts.map((part) => indexPart(context, part)),
    fields: [...new Set(index.parts.flatMap(fieldsOfPart))],
    include: index.include,
    nullsNotDistinct: false,
    where: whereSql(context, index.where),
    note: index.note,
  }
}

const uniqueIndex = (
  context: TableContext,
  unique: Unique,
  columns: readonly string[],
  where: Sql | null,
  name: string | null,
): TableIndex => ({
  name: context.names.index(name, columns.length === 0 ? ['expr'] : columns, 'idx', unique.origin),
  unique: true,
  method: 'btree',
  parts: columns.length === 0 ? [constantPart] : columns.map(columnPart),
  fields: unique.fields,
  include: [],
  nullsNotDistinct: unique.nulls === 'not distinct' && context.options.version >= 15,
  where,
  note: null,
})

/** More nullable columns than this would need more indexes than they are worth. */
const mostEmulated = 3

/** Nulls that are alike, on servers before 15. */
const emulated = (context: TableContext, unique: Unique, nullable: readonly string[]): readonly TableIndex[] => {
  if (nullable.length > mostEmulated || unique.deferrable) {
    const parameters = { feature: '`nulls: not distinct`', needs: 15, version: context.options.version }
    context.found.push(report('postgres-too-old', unique.origin, parameters))
    return []
  }
  return arbitersOf(context, context.entity, unique).map(({ nulls, columns, where }) =>
    uniqueIndex(context, unique, columns, where, nulls.length === 0 ? unique.name : null),
  )
}

const uniqueIndexes = (context: TableContext, unique: Unique): readonly TableIndex[] => {
  context.found.push(...uniqueWidth(context, unique))
  const nullable = unique.nulls === 'not distinct' ? nullableOf(context, unique.fields) : []
  if (nullable.length > 0 && context.options.version < 15) return emulated(context, unique, nullable)
  return [uniqueIndex(context, unique, unique.fields, whereSql(context, unique.where), unique.name)]
}

export const indexesOf = (context: TableContext): readonly TableIndex[] => [
  ...context.entity.uniques
    .filter((unique) => !isConstraint(context, unique) && isUniqueHeld(context, unique))
    .flatMap((unique) => uniqueIndexes(context, unique)),
  ...context.entity.indexes.filter((index) => isHeld(context, index)).map((index) => plainIndex(context, index)),
]
