import type { Diagnostic } from '../kernel/diagnostic.js'
import { identifier, type Sql, sql } from '../kernel/safe/sql.js'
import type { Entity } from '../model/entity.js'
import { type Expression, fieldsRead } from '../model/expression.js'
import { fieldsIn, findField } from '../model/lookup.js'
import { columnType } from './column-type.js'
import type { ExpressionScope } from './expression.js'
import { type Context, typeAt } from './forms.js'
import type { FunctionBook } from './function-book.js'
import type { Structure } from './json-checks.js'
import { binding, jsonOperand, operand } from './operand.js'
import type { TableOrder } from './order.js'
import type { Scope } from './scope.js'
import { nestedFunction } from './structure.js'
import type { TableNames } from './table-names.js'

/** What the parts of one table are made from. `found` collects what is wrong with them. */
export interface TableContext extends Context {
  readonly entity: Entity
  readonly names: TableNames
  readonly book: FunctionBook
  readonly functionNames: Scope
  readonly relationNames: Scope
  readonly order: TableOrder
  readonly found: Diagnostic[]
}

/** What the conditions on columns are made with. */
export type ConditionContext = Pick<TableContext, 'set' | 'options' | 'entity' | 'book'>

export const structureAt = (context: ConditionContext, column: string): Structure => ({
  set: context.set,
  options: context.options,
  book: context.book,
  owner: { kind: 'table', name: context.entity.table },
  place: `${context.entity.table}_${column}`,
  nested: nestedFunction,
})

/** How expressions over the entity's fields reach its columns; those of the table of this name where one is given. */
export const expressionScope = (context: Context, entity: Entity, table: Sql | null = null): ExpressionScope => ({
  set: context.set,
  options: context.options,
  field: (path) => {
    const [first = '', ...rest] = path
    const column = table === null ? identifier(first) : sql`${table}.${identifier(first)}`
    const type = typeAt(context, entity.fields, path)
    if (rest.length > 0) return jsonOperand(context, column, rest, type)
    const stored = columnType(context, type).encoding.kind === 'json' && type.kind !== 'json' ? 'json' : 'column'
    return operand(column, binding.primary, type, stored)
  },
})

/** Whether all that an expression reads is in the table, and not encrypted. */
export const isReadable = (entity: Entity, expression: Expression): boolean => {
  const readable = fieldsIn(entity, 'postgres').filter(({ encrypted }) => encrypted === null)
  const held = new Set(readable.map(({ name }) => name))
  return fieldsRead(expression).every(([first]) => first !== undefined && held.has(first))
}

/** Whether the table has all of these fields as columns. */
export const hasColumns = (entity: Entity, names: readonly string[]): boolean =>
  names.every((name) => findField(entity, name)?.stores.includes('postgres') === true)
