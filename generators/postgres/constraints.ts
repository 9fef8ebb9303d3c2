import { unreachable } from '../kernel/bug.js'
import { identifier, identifiers, joinSql, literal, type Sql, sql } from '../kernel/safe/sql.js'
import type { ReferenceAction } from '../model/words.js'
import type { CheckConstraint, Constraint, ForeignKey, Table, UniqueConstraint } from '../relational/index.js'
import { indented } from './indented.js'
import { formatRaw } from './raw.js'
import { lineWidth, named, onlyIf, type Style } from './style.js'

const onLines = (conditions: readonly Sql[]): Sql => sql`(\n    ${indented(joinSql(conditions, '\nAND '), '    ')}\n  )`

const checkText = async ({ source, conditions }: CheckConstraint, room: number): Promise<Sql> => {
  const texts = source === 'raw' ? await Promise.all(conditions.map(formatRaw)) : conditions
  const line = joinSql(texts, ' AND ')
  return line.includes('\n') || line.length > room ? onLines(texts) : sql`(${line})`
}

const unique = ({ columns, nullsNotDistinct, deferrable }: UniqueConstraint): Sql => {
  const nulls = nullsNotDistinct ? sql` NULLS NOT DISTINCT` : sql``
  return sql`UNIQUE${nulls} (${identifiers(columns)})${deferrable ? sql` DEFERRABLE INITIALLY DEFERRED` : sql``}`
}

const actionSql = (action: ReferenceAction): Sql => action.toUpperCase() as Sql

const onEvent = (event: Sql, action: Sql): Sql =>
  action === actionSql('no action') ? sql`` : sql` ON ${event} ${action}`

/** What a reference does when its target's row is deleted. */
export const deleteAction = ({ onDelete, setNull }: ForeignKey): Sql =>
  setNull.length === 0 ? actionSql(onDelete) : sql`${actionSql(onDelete)} (${identifiers(setNull)})`

/** A foreign key, its target's table by the name given for it; what it points at on a line of its own where it is wider than `room`. */
export const foreignKeySql = (key: ForeignKey, table: Sql, room = Number.POSITIVE_INFINITY): Sql => {
  const { columns, to, onUpdate } = key
  const start = sql`FOREIGN KEY (${identifiers(columns)})`
  const actions = sql`${onEvent(sql`DELETE`, deleteAction(key))}${onEvent(sql`UPDATE`, actionSql(onUpdate))}`
  const target = sql`REFERENCES ${table} (${identifiers(to.columns)})${actions}`
  return start.length + 1 + target.length > room ? sql`${start}\n    ${target}` : sql`${start} ${target}`
}

const body = async (style: Style, constraint: Constraint, room: number): Promise<Sql> => {
  switch (constraint.kind) {
    case 'primary-key':
      return sql`PRIMARY KEY (${identifiers(constraint.columns)})`
    case 'unique':
      return unique(constraint)
    case 'foreign-key':
      return foreignKeySql(constraint, named(style, constraint.to.table), room)
    case 'check':
      return sql`CHECK ${await checkText(constraint, room)}`
    default:
      return unreachable(constraint)
  }
}

/** A constraint as a line of CREATE TABLE. */
export const constraintSql = async (style: Style, constraint: Constraint): Promise<Sql> => {
  const start = sql`CONSTRAINT ${identifier(constraint.name)} `
  return sql`${start}${await body(style, constraint, lineWidth - start.length)}`
}

/** The references of a table that close a circle, as statements of their own. */
export const lateKeys = (style: Style, table: Table): readonly Sql[] =>
  table.constraints.flatMap((key) => (key.kind === 'foreign-key' && key.late ? [lateKey(style, table, key)] : []))

const lateKey = (style: Style, table: Table, key: ForeignKey): Sql => {
  const name = named(style, table.name)
  const statement = sql`ALTER TABLE ${name}\n  ADD CONSTRAINT ${identifier(key.name)} ${foreignKeySql(key, named(style, key.to.table))};`
  return style.idempotent ? onlyIf(isMissing(name, key), statement) : statement
}

const isMissing = (table: Sql, { name }: ForeignKey): Sql =>
  sql`NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = ${literal(table)}::regclass AND conname = ${literal(name)})`
