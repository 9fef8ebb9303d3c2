import { unreachable } from '../kernel/bug.js'
import { identifier, identifiers, literal, qualified, type Sql, sql } from '../kernel/safe/sql.js'
import type { InstantForm, MakePartitionsFunction } from '../relational/index.js'
import { periodSuffix } from '../relational/partitions.js'
import { refuseAppendOnly, truncateTrigger } from '../relational/triggers.js'
import { foreignKeySql } from './constraints.js'
import { render } from './layouts.js'
import { createOrReplace, type Style } from './style.js'

/** SQL as a piece of a string that `format` reads. */
const inFormat = (text: Sql): Sql => text.replaceAll('%', '%%').replaceAll("'", "''") as Sql

/** A bound of a partition, a naive `timestamp` in UTC, as the text that the column's type reads. */
const boundText = (bound: Sql, form: InstantForm): Sql => {
  switch (form) {
    case 'zoned':
      return sql`to_char(${bound}, 'YYYY-MM-DD HH24:MI:SS"+00"')`
    case 'naive':
      return sql`to_char(${bound}, 'YYYY-MM-DD HH24:MI:SS')`
    case 'date':
      return sql`to_char(${bound}, 'YYYY-MM-DD')`
    case 'milliseconds':
      return sql`(extract(epoch FROM ${bound})::bigint * 1000)::text`
    default:
      return unreachable(form)
  }
}

const putAside = ({ schema }: Style, { incoming }: MakePartitionsFunction) =>
  incoming.map(({ table, key }) => {
    const alter = sql`ALTER TABLE ${qualified(schema, table)}`
    const name = identifier(key.name)
    // Names are in full: the function runs with a search path of its own.
    const add = foreignKeySql(key, qualified(schema, key.to.table))
    return { drop: sql`${alter} DROP CONSTRAINT ${name};`, add: sql`${alter} ADD CONSTRAINT ${name} ${add};` }
  })

/** The function that makes a table's partitions from a moment on, and moves rows of theirs out of the default one. */
export const makePartitions = (style: Style, made: MakePartitionsFunction): Promise<Sql> => {
  const { partitioning } = made
  const table = qualified(style.schema, made.table)
  return render('make-partitions', {
    create: createOrReplace(style),
    name: qualified(style.schema, made.name),
    table,
    ahead: partitioning.ahead,
    period: partitioning.by as Sql,
    prefix: literal(partitioning.prefix),
    suffix: periodSuffix[partitioning.by] as Sql,
    low: boundText(sql`lower_bound`, partitioning.form),
    high: boundText(sql`upper_bound`, partitioning.form),
    schemaText: literal(style.schema),
    tableText: inFormat(table),
    defaultText: inFormat(qualified(style.schema, partitioning.default)),
    columnText: inFormat(identifier(partitioning.column)),
    columnsText: inFormat(identifiers(made.columns)),
    appendOnly: made.appendOnly,
    truncateText: inFormat(identifier(truncateTrigger(made.table))),
    refuseText: inFormat(qualified(style.schema, refuseAppendOnly)),
    incoming: putAside(style, made),
  })
}
