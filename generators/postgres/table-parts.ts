import { joinSql, type Sql } from '../kernel/safe/sql.js'
import type { OutputPart } from '../model/target.js'
import type { CheckFunction, SchemaFunction, Table } from '../relational/index.js'
import { lateKeys } from './constraints.js'
import { advanceSequences, holdDefaultPartition, holdTable } from './differences.js'
import { functionSql, seedCounter } from './functions.js'
import { indexStatements } from './index-statements.js'
import { part, sectionOrder } from './sections.js'
import type { Style } from './style.js'
import { createTable, defaultPartition, tableComments } from './table.js'
import { triggerStatements } from './triggers.js'

/** A table with all that is its own: what the parts of one entity are made from. */
export interface TableSource {
  readonly table: Table
  readonly functions: readonly SchemaFunction[]
}

/** Groups of statements with a blank line between them. */
const grouped = (groups: readonly (readonly Sql[])[]): readonly Sql[] =>
  groups
    .filter((group) => group.length > 0)
    .map((group, index) => joinSql([...(index === 0 ? [] : ['' as Sql]), ...group], '\n'))

const tableStatements = async (style: Style, { table, functions }: TableSource): Promise<readonly Sql[]> => {
  const printed = async (kind: SchemaFunction['kind']): Promise<readonly Sql[]> =>
    Promise.all(functions.filter((each) => each.kind === kind).map((each) => functionSql(style, each)))
  return grouped([
    [await createTable(style, table)],
    style.idempotent ? [await holdTable(style, table)] : [],
    tableComments(style, table),
    defaultPartition(style, table),
    style.idempotent ? holdDefaultPartition(style, table) : [],
    indexStatements(style, table),
    await printed('next-number'),
    triggerStatements(style, table),
    await printed('make-partitions'),
  ])
}

/** What follows the rows that a table had before: its sequences, and its counters. */
const afterRows = (style: Style, { table, functions }: TableSource): readonly Sql[] =>
  style.idempotent
    ? [
        ...advanceSequences(style, table),
        ...functions.flatMap((each) => (each.kind === 'next-number' ? [seedCounter(style, each)] : [])),
      ]
    : []

/** Functions stand by how deep they call, so that those they call are there (a body is read when it is created). */
export const checkFunctionPart = async (style: Style, made: CheckFunction): Promise<OutputPart> =>
  part(sectionOrder.checkFunctions + 1 + made.depth, [await functionSql(style, made)])

/** The parts of schema.sql that are one table's. */
export const tableParts = async (style: Style, source: TableSource): Promise<readonly OutputPart[]> => {
  const { table, functions } = source
  const late = lateKeys(style, table)
  const after = afterRows(style, source)
  return [
    ...(await Promise.all(
      functions.flatMap((each) => (each.kind === 'check' ? [checkFunctionPart(style, each)] : [])),
    )),
    part(sectionOrder.tables + 1 + table.depth, await tableStatements(style, source)),
    ...(late.length === 0 ? [] : [part(sectionOrder.lateKeys + 1, late)]),
    ...(after.length === 0 ? [] : [part(sectionOrder.afterRows + 1, after)]),
  ]
}
