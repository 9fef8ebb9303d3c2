import { ConstraintError, storedConstraint } from '../../errors.js'
import { checked, checkedAll, checkedFields, refusal } from '../../rows/inputs.js'
import { type KeyGiven, readKey } from '../../storage/keys.js'
import { limitConstraint } from '../../storage/limits.js'
import { readAmounts, readMany, readUpsert } from '../../storage/options.js'
import { deleteRows, incrementRow, updateRows } from '../changes.js'
import { type Doing, refusedBy } from '../refusals.js'
import type { Parameter } from '../where.js'
import { type NewRow, newRowSql, newRowsSql, valueSql } from './new-rows.js'
import { rowWhere } from './reads.js'
import { ask, type Calls, conditionSql, readReturned, type TableUnique } from './table.js'

/** Runs what returns no rows; what breaks a constraint is a `ConstraintError`. */
const held = async <Result>({ table }: Calls, doing: Doing, run: () => Promise<Result>): Promise<Result> => {
  try {
    return await run()
  } catch (failure) {
    const constraint = refusedBy(failure, table, doing)
    throw constraint === null ? failure : new ConstraintError(constraint, failure)
  }
}

const insertMany = async (calls: Calls, rows: readonly unknown[]): Promise<unknown[]> => {
  const { table } = calls
  const given = checkedAll(table, 'insertMany', table.newRow, rows) as NewRow[]
  if (given.length === 0) return []
  const stored = await ask(
    calls,
    'write',
    (parameter) =>
      `INSERT INTO ${table.table} AS own ${newRowsSql(table.columns, given, parameter)} RETURNING ${table.returned}`,
  )
  if (stored.length < given.length) throw new ConstraintError(storedConstraint(table.entity))
  return stored.map((row) => readReturned(calls, row, 'write'))
}

/** Inserts a row; null where `conflict` lets another row stand that has its key. */
const insertRow = async (calls: Calls, row: NewRow, conflict = ''): Promise<unknown> => {
  const { table } = calls
  const [stored] = await ask(
    calls,
    'write',
    (parameter) =>
      `INSERT INTO ${table.table} AS own ${newRowSql(table.columns, row, parameter)}${conflict} RETURNING ${table.returned}`,
  )
  return stored === undefined ? null : readReturned(calls, stored, 'write')
}

/**
 * Changes the row of a key and returns it, or null where there is none; with nothing to change it is read. `heldOf` says
 * more of the row that is meant.
 */
const changeRow = async (
  calls: Calls,
  key: KeyGiven<TableUnique>,
  changes: NewRow,
  heldOf: (parameter: Parameter) => string | null = () => null,
): Promise<unknown> => {
  const { table } = calls
  const given = Object.entries(table.columns).filter(([field]) => changes[field] !== undefined)
  const whereOf = (parameter: Parameter): string => {
    const where = conditionSql(calls, key.condition, parameter, key.unique)
    const held = heldOf(parameter)
    return held === null ? where : `${where} AND ${held}`
  }
  if (given.length === 0) return rowWhere(calls, whereOf)
  const [stored] = await ask(calls, 'write', (parameter) => {
    const set = given.map(([field, column]) => `${column.name} = ${valueSql(column, changes[field], parameter)}`)
    return `UPDATE ${table.table} AS own SET ${set.join(', ')} WHERE ${whereOf(parameter)} RETURNING ${table.returned}`
  })
  return stored === undefined ? null : readReturned(calls, stored, 'write')
}

/** The unique that an upsert goes by: the key, or the one with exactly these fields. */
const uniqueBy = ({ table }: Calls, by: readonly string[] | undefined): TableUnique => {
  const unique =
    by === undefined
      ? table.primary
      : table.uniques.find(({ fields }) => fields.length === by.length && fields.every((field) => by.includes(field)))
  if (unique?.isTarget === true) return unique
  throw refusal(table, 'upsert', [
    {
      code: 'custom',
      path: ['by'],
      message: 'not the fields of a key or unique that rows are given',
      input: undefined,
    },
  ])
}

/** What an upsert changes of the row that is there: what was said, but for what tells the row and what is fixed. */
const saidOf = ({ table }: Calls, unique: TableUnique, row: unknown, given: NewRow): NewRow =>
  Object.fromEntries(
    Object.entries(given).filter(([field]) => {
      const isSaid = Reflect.get(Object(row), field) !== undefined
      return isSaid && !unique.fields.includes(field) && !table.fixed.includes(field)
    }),
  )

/**
 * That a row is of the rows of a partial unique with what is said, and not only before: one that is said to leave them is
 * not the row that is meant. What is not said is as it is in the row that is there.
 */
const staysHeld =
  ({ table }: Calls, { where, reads }: TableUnique, row: unknown, given: NewRow) =>
  (parameter: Parameter): string | null => {
    if (where === null) return null
    const said = reads.flatMap((field) => {
      const column = table.columns[field]
      if (column === undefined) return []
      const isSaid = Reflect.get(Object(row), field) !== undefined
      return [`${isSaid ? valueSql(column, given[field], parameter) : `own.${column.name}`} AS ${column.name}`]
    })
    return `(SELECT ${where} FROM (SELECT ${said.join(', ')}) AS said)`
  }

/** The index in which a new row would meet the row that is there. */
const indexOf = ({ indexes, fields }: TableUnique, values: NewRow): string => {
  const nulls = fields.filter((field) => values[field] === null)
  const [first] = indexes
  return (indexes.find((index) => index.nulls.join() === nulls.join()) ?? first).target
}

/** How often an upsert looks again, where others insert and delete the same row meanwhile. */
const attempts = 10

/** An insert as `ON CONFLICT` judges a row that may never be, so an update comes first. */
const upsert = async (
  calls: Calls,
  row: unknown,
  by: readonly string[] | undefined,
): Promise<{ readonly row: unknown; readonly inserted: boolean }> => {
  const { table } = calls
  const unique = uniqueBy(calls, by)
  const given = checkedFields(table, 'upsert', table.newRow, row) as NewRow
  const values = Object.fromEntries(unique.fields.map((field) => [field, given[field]]))
  const tells = unique.isNullEqual || !Object.values(values).includes(null)
  const key = tells ? readKey(table, 'upsert', values) : null
  const changes = saidOf(calls, unique, row, given)
  for (let attempt = 1; ; attempt += 1) {
    const changed =
      key === null ? null : await changeRow(calls, { ...key, unique }, changes, staysHeld(calls, unique, row, given))
    if (changed !== null) return { row: changed, inserted: false }
    const fresh = checked(table, 'upsert', table.newRow, row) as NewRow
    const conflict = key === null || attempt === attempts ? '' : ` ON CONFLICT ${indexOf(unique, values)} DO NOTHING`
    const inserted = await insertRow(calls, fresh, conflict)
    if (inserted !== null) return { row: inserted, inserted: true }
    if (attempt === attempts) throw new ConstraintError(storedConstraint(table.entity))
  }
}

const increment = async (calls: Calls, key: unknown, amounts: unknown): Promise<unknown> => {
  const { db, table } = calls
  const increments = readAmounts(table, amounts)
  const { condition } = readKey(table, 'increment', key)
  const result = await held(calls, 'write', () => incrementRow(db, table, condition, increments, table.returned))
  if (result === 'missing') return null
  if (result === 'refused') throw new ConstraintError(limitConstraint(table, increments))
  return readReturned(calls, result.row, 'write')
}

const remove = async (calls: Calls, key: unknown): Promise<unknown> => {
  const { table } = calls
  const { condition, unique } = readKey(table, 'delete', key)
  const [stored] = await ask(
    calls,
    'delete',
    (parameter) =>
      `DELETE FROM ${table.table} AS own WHERE ${conditionSql(calls, condition, parameter, unique)} RETURNING ${table.returned}`,
  )
  return stored === undefined ? null : readReturned(calls, stored, 'delete')
}

/** The calls that store new rows. */
export const insertsOf = (calls: Calls) => ({
  insert: async (row: unknown): Promise<unknown> => {
    const stored = await insertRow(calls, checked(calls.table, 'insert', calls.table.newRow, row) as NewRow)
    if (stored === null) throw new ConstraintError(storedConstraint(calls.table.entity))
    return stored
  },
  insertMany: async (rows: readonly unknown[]): Promise<unknown[]> => insertMany(calls, rows),
})

/** The calls that change one row. */
export const changesOf = (calls: Calls) => ({
  upsert: async (row: unknown, options?: unknown) => upsert(calls, row, readUpsert(calls.table, options)),
  update: async (key: unknown, patch: unknown): Promise<unknown> => {
    const given = checked(calls.table, 'update', calls.table.patch, patch) as NewRow
    return changeRow(calls, readKey(calls.table, 'update', key), given)
  },
  increment: async (key: unknown, amounts: unknown): Promise<unknown> => increment(calls, key, amounts),
  delete: async (key: unknown): Promise<unknown> => remove(calls, key),
})

/** The calls that change or delete all rows of a condition. */
export const changesOfMany = (calls: Calls) => {
  const { db, table } = calls
  return {
    updateMany: async (where: unknown, patch: unknown, options?: unknown): Promise<number> => {
      const condition = readMany(table, 'updateMany', where, options)
      const given = checked(table, 'updateMany', table.patch, patch) as NewRow
      return held(calls, 'write', () => updateRows(db, table, condition, given))
    },
    deleteMany: async (where: unknown, options?: unknown): Promise<number> => {
      const condition = readMany(table, 'deleteMany', where, options)
      return held(calls, 'delete', () => deleteRows(db, table, condition))
    },
  }
}
