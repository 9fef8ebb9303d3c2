import type { PostgresEngine } from '../../../engines/postgres/embedded.js'
import { loadEmitted } from '../../../engines/script/load.js'
import { identifier, literal, qualified, type Sql, sql } from '../../../kernel/safe/sql.js'
import { type RelationalSchema, relationalSchema, type Table } from '../../../relational/index.js'
import { accessOf, hasAccess } from '../../../script/access.js'
import { entityNames } from '../../../script/names.js'
import type { Evidence } from '../../verify/proof.js'
import { givenOf, insertOf, tableOf } from '../judges/postgres.js'
import { codeOf } from '../rows/sample.js'
import { type EarlierReader, keyArguments, lostPath, type Reading, type ReadRow, refusal } from './reader.js'
import type { EarlierRow } from './rows.js'

type Call = (db: object, ...given: readonly unknown[]) => Promise<unknown>

/** A client as the emitted functions take it. */
const clientOf = (engine: PostgresEngine) => ({
  query: async (text: string, values: readonly unknown[]) => ({ rows: await engine.query(text, values) }),
})

/** Checks are newer than the rows that they would refuse. */
const dropChecks = async (engine: PostgresEngine, { schema }: RelationalSchema, table: Table): Promise<void> => {
  const name = qualified(schema, table.name)
  const checks = await engine.query<{ readonly conname: string }>(
    sql`SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = ${literal(name)}::regclass AND conislocal`,
  )
  for (const { conname } of checks) await engine.exec(sql`ALTER TABLE ${name} DROP CONSTRAINT ${identifier(conname)}`)
}

const storedRow = async (engine: PostgresEngine, name: Sql): Promise<ReadRow> => {
  const [row] = await engine.query<{ readonly stored: string }>(
    sql`SELECT to_jsonb(it)::text AS stored FROM ${name} AS it`,
  )
  return JSON.parse(row?.stored ?? '{}') as ReadRow
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** The emitted functions on the emitted tables, without their checks. */
export const postgresReader = async (
  { set, files }: Evidence,
  engine: PostgresEngine,
): Promise<EarlierReader | null> => {
  const options = set.targets.postgres
  if (options === null || !hasAccess(set, 'postgres')) return null
  const schema = relationalSchema(set, options).value
  const load = await loadEmitted(files.filter(({ path }) => path.endsWith('.ts')))
  const client = clientOf(engine)

  const read = async (
    table: Table,
    functions: Readonly<Record<string, unknown>>,
    row: EarlierRow,
    insert: Sql,
    get: string,
    change: string | null,
    key: readonly unknown[],
  ): Promise<Reading> => {
    const name = qualified(schema.schema, table.name)
    await dropChecks(engine, schema, table)
    await engine.exec(insert)
    const found = (await (functions[get] as Call)(client, ...key)) as ReadRow
    if (change === null || row.update === null) return { kind: 'read', row: found, lost: null }
    const { field, value } = row.update
    const { [columnOf(table, field.name)]: _changed, ...before } = await storedRow(engine, name)
    await (functions[change] as Call)(client, ...key, { [field.property]: codeOf(value) })
    const path = lostPath(before, await storedRow(engine, name), isSame)
    return { kind: 'read', row: found, lost: path === null ? null : `an update of ${field.name} changes ${path}` }
  }

  return {
    id: 'Postgres functions',
    read: async (entity, row) => {
      const table = tableOf(schema, entity.name)
      const { lookups, update } = accessOf(entity, 'postgres')
      const lookup = lookups.find(({ unique }) => unique === null)
      if (table === undefined || lookup === undefined) return null
      const given = givenOf(
        table.columns.filter(({ generated }) => generated === null),
        row.stored,
      )
      const key = keyArguments(lookup.fields, row.stored, codeOf)
      if (given === null || key === null) return null
      const functions = load(`postgres/${entityNames(entity).module}.ts`)
      await engine.exec('BEGIN')
      try {
        return await read(table, functions, row, insertOf(schema, table, given), lookup.get, update, key)
      } catch (failure) {
        return refusal(failure)
      } finally {
        await engine.exec('ROLLBACK')
      }
    },
  }
}

const columnOf = ({ columns }: Table, field: string): string =>
  columns.find((column) => column.field === field)?.name ?? field
