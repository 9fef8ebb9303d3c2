import { identifier, type Sql, sql } from '../kernel/safe/sql.js'
import type { Entity } from '../model/entity.js'
import { fieldsRead } from '../model/expression.js'
import type { Field } from '../model/field.js'
import { entityOf, fieldOf, fieldsIn } from '../model/lookup.js'
import { columnChecks } from './column-checks.js'
import { checkedRawSql } from './columns.js'
import { expressionSql } from './expression.js'
import type { Context } from './forms.js'
import { FunctionBook } from './function-book.js'
import { objectName } from './object-name.js'
import { heldReferences } from './order.js'
import { Scope } from './scope.js'
import { type ConditionContext, expressionScope, isReadable, structureAt, type TableContext } from './table-context.js'
import type { CheckConstraint } from './tables.js'

/** A reference that the database holds needs no check of its own where what it points at was checked. */
const isHeld = ({ set, entity }: ConditionContext, { name }: Field): boolean =>
  heldReferences(set, entity).some(
    ({ fields, to }) =>
      fields.length === 1 &&
      fields[0] === name &&
      to.fields.every((field) => fieldOf(entityOf(set, to.entity), field).enforce === 'store'),
  )

/** What the database would hold a column to beside its type, whoever enforces it. */
const heldConditions = (context: ConditionContext, field: Field): readonly Sql[] => {
  if (field.encrypted !== null || field.maintained === 'store' || isHeld(context, field)) return []
  return columnChecks(structureAt(context, field.name), field, identifier(field.name))
}

/** The fields whose values the database takes as far as their column's type goes, since emitted code holds them. */
export const heldInCode = (context: Context, entity: Entity): readonly Field[] => {
  const own = { ...context, entity, book: new FunctionBook(context, new Scope()) }
  return fieldsIn(entity, 'postgres').filter(
    (field) => field.enforce === 'code' && heldConditions(own, field).length > 0,
  )
}

const typeConditions = (context: TableContext, field: Field): readonly Sql[] =>
  field.enforce === 'store' ? heldConditions(context, field) : []

const typeCheck = (context: TableContext, field: Field): readonly CheckConstraint[] => {
  const conditions = typeConditions(context, field)
  if (conditions.length === 0) return []
  const columns = [field.name]
  const name = context.names.constraint(null, columns, 'check', field.origin)
  return [{ kind: 'check', name, source: 'type', columns, conditions, predicate: null }]
}

const rawFieldCheck = (context: TableContext, field: Field): readonly CheckConstraint[] => {
  if (field.postgres.check === null) return []
  const condition = checkedRawSql(context, field.postgres.check, field.origin)
  if (condition === null) return []
  const columns = [field.name]
  const name = context.names.constraint(null, columns, 'check', field.origin)
  return [{ kind: 'check', name, source: 'raw', columns, conditions: [condition], predicate: null }]
}

const singletonCheck = (context: TableContext): readonly CheckConstraint[] => {
  if (context.entity.key.kind !== 'singleton') return []
  const columns = ['singleton']
  const name = context.names.constraint(null, columns, 'check', context.entity.key.origin)
  return [{ kind: 'check', name, source: 'type', columns, conditions: [sql`singleton`], predicate: null }]
}

/** A check of the YAML is called by its own name, behind that of its table where the set does not say otherwise. */
const named = ({ entity, options }: TableContext, name: string): string =>
  options.check_names === 'own' ? name : objectName(entity.table, null, name)

const predicateChecks = (context: TableContext): readonly CheckConstraint[] =>
  context.entity.checks
    .filter(({ expression }) => isReadable(context.entity, expression))
    .map(({ name, expression, text, origin }) => ({
      kind: 'check',
      name: context.names.constraint(named(context, name), null, 'check', origin),
      source: 'predicate',
      columns: [...new Set(fieldsRead(expression).map(([first = '']) => first))],
      conditions: [expressionSql(expressionScope(context, context.entity), expression)],
      predicate: { name, text, expression },
    }))

const rawChecks = (context: TableContext): readonly CheckConstraint[] =>
  context.entity.postgres.checks.flatMap(({ name, sql: text, origin }) => {
    const condition = checkedRawSql(context, text, origin)
    if (condition === null) return []
    const chosen = context.names.constraint(named(context, name), null, 'check', origin)
    return [{ kind: 'check', name: chosen, source: 'raw', columns: [], conditions: [condition], predicate: null }]
  })

export const checksOf = (context: TableContext): readonly CheckConstraint[] => [
  ...singletonCheck(context),
  ...fieldsIn(context.entity, 'postgres').flatMap((field) => [
    ...typeCheck(context, field),
    ...rawFieldCheck(context, field),
  ]),
  ...predicateChecks(context),
  ...rawChecks(context),
]
