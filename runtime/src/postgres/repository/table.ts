import type { Condition } from '../../conditions/condition.js'
import { readRow } from '../../rows/decoding.js'
import type { EntityFacts, Unique } from '../../storage/facts.js'
import type { ChangedTable } from '../changes.js'
import type { EncryptionKeys } from '../encryption.js'
import type { OrderColumns } from '../pages.js'
import type { Doing } from '../refusals.js'
import { run, type Source } from '../rows.js'
import type { Session } from '../session.js'
import { type Parameter, whereSql } from '../where.js'
import { undone } from '../wire.js'
import type { EncryptedColumns } from './encrypted.js'
import type { Lists } from './lists.js'
import type { InsertedColumns } from './new-rows.js'
import type { Queries } from './queries.js'

/** An index that holds a unique: of all its rows, or of those in which exactly the fields `nulls` are null. */
export interface UniqueIndex {
  readonly nulls: readonly string[]
  /** What `ON CONFLICT` names: the columns, quoted, and the condition of a partial index. */
  readonly target: string
}

/** A key or unique, as statements use it. */
export interface TableUnique extends Unique {
  /** The condition on its rows, as SQL over the columns; null where it is of all rows. */
  readonly where: string | null
  /** The fields that the condition reads. */
  readonly reads: readonly string[]
  /** Whether an upsert may go by it: it is held at once, and callers know its values before the row is there. */
  readonly isTarget: boolean
  readonly indexes: readonly [UniqueIndex, ...UniqueIndex[]]
}

/** A table of an entity, as the calls of a storage use it. */
export interface EntityTable extends EntityFacts, Source<unknown>, ChangedTable {
  readonly primary: TableUnique | null
  readonly uniques: readonly TableUnique[]
  /** Whether rows never change and are never deleted, but by retention. */
  readonly isAppendOnly: boolean
  readonly queries: Queries
  readonly lists: Lists
  /** Null where no value is encrypted. */
  readonly encrypted: EncryptedColumns | null
  readonly columns: InsertedColumns
  readonly orders: OrderColumns
  /** What a statement returns of a row, by the names of its fields in code. */
  readonly returned: string
}

/** Where the calls on an entity's rows run. */
export interface Calls {
  readonly db: Session
  readonly table: EntityTable
  /** The keys of encrypted values, by name. */
  readonly keys: EncryptionKeys
}

/** A row that a statement returned. */
export const readReturned = ({ table }: Calls, row: unknown, doing: Doing): unknown =>
  readRow(table, undone(table.forms ?? {}, row), doing !== 'read')

/** Runs a statement whose parameters are given their places while its text is made, and reads nothing of what it returns. */
export const ask = async (
  { db, table }: Calls,
  doing: Doing,
  textOf: (parameter: Parameter) => string,
): Promise<readonly unknown[]> => {
  const values: unknown[] = []
  const text = textOf((value) => `$${values.push(value)}`)
  return run(db, table, text, values, doing)
}

/** A condition on the rows of the table. That of a partial unique goes with its fields, so that its index is used. */
export const conditionSql = (
  { table }: Calls,
  condition: Condition,
  parameter: Parameter,
  unique: TableUnique | null = null,
): string => {
  const sql = whereSql(condition, table.conditions, parameter)
  return unique === null || unique.where === null ? sql : `${sql} AND (${unique.where})`
}
