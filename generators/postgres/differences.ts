import { dollarQuoted, identifier, identifiers, joinSql, literal, type Sql, sql } from '../kernel/safe/sql.js'
import type { ForeignKey, Table } from '../relational/index.js'
import { deleteAction } from './constraints.js'
import { indented } from './indented.js'
import { indexStatements } from './index-statements.js'
import { render } from './layouts.js'
import { named, type Style } from './style.js'
import { createTable } from './table.js'

/** What compares a table that was there with its description; in the temporary schema, so that a database keeps nothing of it. */
export const refuseDifference = (): Promise<Sql> => render('refuse-difference', {})

export const dropRefuseDifference = sql`DROP FUNCTION pg_temp.refuse_difference;`

const keyFacts = (style: Style, key: ForeignKey) => ({
  name: key.name,
  columns: identifiers(key.columns),
  target: named(style, key.to.table),
  to_columns: identifiers(key.to.columns),
  on_update: key.onUpdate.toUpperCase(),
  on_delete: deleteAction(key),
  late: key.late,
})

/**
 * Refuses a table that was there and is another one than the set describes. The table is created once more as a temporary
 * one, so that the server itself says how it reads what is wanted. References are compared as data, since no temporary
 * table may have one to a table that stays.
 */
export const holdTable = async (style: Style, table: Table): Promise<Sql> => {
  const aside: Style = { ...style, schema: 'pg_temp', idempotent: false }
  const keys = table.constraints.filter((constraint) => constraint.kind === 'foreign-key')
  const wanted: Table = {
    ...table,
    // A temporary table has no log anyway.
    unlogged: false,
    constraints: table.constraints.filter(({ kind }) => kind !== 'foreign-key'),
    indexes: table.indexes.map((index) => ({ ...index, note: null })),
  }
  const [name, twin] = [named(style, table.name), named(aside, table.name)]
  const triggers = joinSql(
    table.triggers.map((trigger) => literal(trigger.name)),
    ', ',
  )
  const facts = literal(JSON.stringify(keys.map((key) => keyFacts(style, key))))
  const statements = [
    await createTable(aside, wanted),
    ...indexStatements(aside, wanted),
    sql`PERFORM pg_temp.refuse_difference(${literal(name)}, ${literal(twin)}, ${facts}, ARRAY[${triggers}]::text[]);`,
    sql`DROP TABLE ${twin};`,
  ]
  return sql`DO ${dollarQuoted(`\nBEGIN\n  ${indented(joinSql(statements, '\n'), '  ')}\nEND\n`)};`
}

/** Refuses a default partition's name that something else has. */
export const holdDefaultPartition = (style: Style, table: Table): readonly Sql[] => {
  if (table.partition === null) return []
  const [name, parent] = [named(style, table.partition.default), named(style, table.name)]
  const isOther = sql`NOT EXISTS (
    SELECT FROM pg_catalog.pg_partitioned_table
    WHERE partrelid = ${literal(parent)}::regclass AND partdefid = ${literal(name)}::regclass
  )`
  const body = sql`
BEGIN
  IF ${isOther} THEN
    RAISE EXCEPTION '% is not the default partition of %', ${literal(name)}, ${literal(parent)}
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
END
`
  return [sql`DO ${dollarQuoted(body)};`]
}

/** The columns whose sequence may be behind the rows: numbers that were copied in leave it as it was. */
const madeColumns = ({ columns }: Table) => columns.filter(({ made }) => made !== null)

const advanceSequence = (style: Style, table: Table, column: string): Sql => {
  const [name, own] = [named(style, table.name), identifier(column)]
  const sequence = sql`pg_catalog.pg_get_serial_sequence(${literal(name)}, ${literal(column)})::regclass`
  const body = sql`
DECLARE
  last bigint;
BEGIN
  IF (SELECT max(${own}) FROM ${name}) > coalesce(pg_catalog.pg_sequence_last_value(${sequence}), 0) THEN
    -- No row may come while the sequence is put forward.
    LOCK TABLE ${name} IN SHARE ROW EXCLUSIVE MODE;
    SELECT max(${own}) INTO last FROM ${name};
    IF last > coalesce(pg_catalog.pg_sequence_last_value(${sequence}), 0) THEN
      PERFORM pg_catalog.setval(${sequence}, last);
    END IF;
  END IF;
END
`
  return sql`DO ${dollarQuoted(body)};`
}

/** What makes the sequences of a table go on after the rows that are there. */
export const advanceSequences = (style: Style, table: Table): readonly Sql[] =>
  madeColumns(table).map(({ name }) => advanceSequence(style, table, name))
