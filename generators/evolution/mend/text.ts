import { identifier, literal, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import { isPrinted, type ObjectFacts, type Value } from '../facts.js'

/** What the engine that holds the wanted schema printed: SQL that is whole in itself. Never a text of the other database. */
export const engineText = (text: string): Sql => text as Sql

/** A property that is SQL; null where there is none. */
export const sqlOf = (value: Value | undefined): Sql | null =>
  value !== undefined && value !== null && isPrinted(value) ? engineText(value.sql) : null

export const textOf = (value: Value | undefined): Sql | null => (typeof value === 'string' ? engineText(value) : null)

/** Returns the name of the table that an index, trigger, constraint or column belongs to. */
export const tableOf = ({ parent }: ObjectFacts): string => (parent ?? '').replace(/^table /, '')

/** The start of a change to the table of an object. */
export const alterTable = (schema: string, object: ObjectFacts): Sql =>
  sql`ALTER TABLE ${qualified(schema, object.kind === 'table' ? object.name : tableOf(object))}`

/** A function's name with the types that it takes: its facts have both as the server prints them. */
const routineName = (schema: string, name: string): Sql => {
  const at = name.indexOf('(')
  return sql`${qualified(schema, name.slice(0, at))}${engineText(name.slice(at))}`
}

const isProcedure = ({ properties }: ObjectFacts): boolean => properties['kind'] === 'p'

/** How a statement about an object as a whole calls it: `INDEX app.warnings_user_id_idx`. */
export const named = (schema: string, object: ObjectFacts): Sql => {
  const { kind, name } = object
  switch (kind) {
    case 'schema':
    case 'extension':
      return sql`${engineText(kind.toUpperCase())} ${identifier(name)}`
    case 'function':
      return sql`${engineText(isProcedure(object) ? 'PROCEDURE' : 'FUNCTION')} ${routineName(schema, name)}`
    case 'column':
      return sql`COLUMN ${qualified(schema, tableOf(object))}.${identifier(name)}`
    case 'constraint':
    case 'trigger':
      return sql`${engineText(kind.toUpperCase())} ${identifier(name)} ON ${qualified(schema, tableOf(object))}`
    default:
      return sql`${engineText(kind.toUpperCase())} ${qualified(schema, name)}`
  }
}

/** The comment of an object; none where it has none and none is to be taken off. */
export const commentOn = (schema: string, object: ObjectFacts): Sql => {
  const { comment } = object.properties
  return sql`COMMENT ON ${named(schema, object)} IS ${typeof comment === 'string' ? literal(comment) : sql`NULL`};`
}
