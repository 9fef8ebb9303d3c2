import { unreachable } from '../kernel/bug.js'
import { dollarQuoted, identifier, identifiers, joinSql, qualified, type Sql, sql } from '../kernel/safe/sql.js'
import type { CheckFunction, NextNumberFunction, SchemaFunction } from '../relational/index.js'
import { nowAs } from '../relational/instants.js'
import { commentAfter } from './comments.js'
import { render } from './layouts.js'
import { makePartitions } from './make-partitions.js'
import { createOrReplace, type Style } from './style.js'

/** Since Postgres 14 a body is SQL that the server reads at once and keeps with its dependencies; before, it is text. */
const checkBody = ({ version }: Style, body: Sql): Sql =>
  version >= 14 ? sql`RETURN ${body};` : sql`AS ${dollarQuoted(`\nSELECT ${body}\n`)};`

const checkFunction = (style: Style, made: CheckFunction): Sql => {
  const name = qualified(style.schema, made.name)
  const parameters = made.parameters.map((parameter) => sql`${identifier(parameter.name)} ${parameter.type}`)
  const types = joinSql(
    made.parameters.map(({ type }) => type),
    ', ',
  )
  return sql`${createOrReplace(style)} FUNCTION ${name}(${joinSql(parameters, ', ')}) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
${checkBody(style, made.body)}
${commentAfter(style, 'store', sql`FUNCTION ${name}(${types})`, made.comment)}`.trimEnd() as Sql
}

const nextNumber = (style: Style, { name, table, column, per, counter }: NextNumberFunction): Promise<Sql> =>
  render('next-number', {
    create: createOrReplace(style),
    name: qualified(style.schema, name),
    table: qualified(style.schema, table),
    column: identifier(column),
    counter: qualified(style.schema, counter),
    parents: identifiers(per),
    newParents: joinSql(
      per.map((parent) => sql`NEW.${identifier(parent)}`),
      ', ',
    ),
    alike: joinSql(
      per.map((parent) => sql`numbered.${identifier(parent)} = NEW.${identifier(parent)}`),
      ' AND ',
    ),
  })

/** Has a counter go on after the rows that are there: they may be older than the counter, or have come without its trigger. */
export const seedCounter = (style: Style, { table, column, per, counter }: NextNumberFunction): Sql => {
  const [parents, own] = [identifiers(per), identifier(column)]
  return sql`INSERT INTO ${qualified(style.schema, counter)} AS counter (${parents}, last_number)
SELECT ${parents}, max(${own}) FROM ${qualified(style.schema, table)} WHERE ${own} IS NOT NULL GROUP BY ${parents}
ON CONFLICT (${parents}) DO UPDATE SET last_number = EXCLUDED.last_number
WHERE counter.last_number < EXCLUDED.last_number;`
}

/** A function as the statements that create it. */
export const functionSql = async (style: Style, made: SchemaFunction): Promise<Sql> => {
  const create = createOrReplace(style)
  const name = qualified(style.schema, made.name)
  switch (made.kind) {
    case 'check':
      return checkFunction(style, made)
    case 'set-updated':
      return render('set-updated', { create, name, column: identifier(made.column), now: nowAs(made.form) })
    case 'refuse-change':
      return render('refuse-change', { create, name })
    case 'refuse-append-only':
      return render('refuse-append-only', { create, name })
    case 'next-number':
      return nextNumber(style, made)
    case 'make-partitions':
      return makePartitions(style, made)
    default:
      return unreachable(made)
  }
}
