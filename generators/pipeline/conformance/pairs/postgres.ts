import type { PostgresEngine } from '../../../engines/postgres/embedded.js'
import { identifier, joinSql, literal, qualified, type Sql, sql } from '../../../kernel/safe/sql.js'
import type { JsonValue } from '../../../model/origin.js'
import { type Column, parameterText, relationalSchema, withoutModifier } from '../../../relational/index.js'
import type { Evidence } from '../../verify/proof.js'
import { columnOf, type Sample, unsaid } from '../rows/sample.js'
import type { Compared, Comparer } from './comparer.js'

const valuesTable = identifier('botschema pairs')

const sqlOf = ({ type }: Column, sample: Sample): Sql => {
  const column = columnOf(sample)
  const text = column === unsaid ? null : parameterText(column as JsonValue, type)
  return sql`${text === null ? sql`NULL` : literal(text)}::text::${withoutModifier(type)}`
}

interface PairRow {
  readonly one: number
  readonly other: number
  readonly is_equal: boolean
  readonly is_before: boolean
}

/** The values in a table of one column, of the very type and collation that the emitted table has. */
const fill = async (engine: PostgresEngine, table: Sql, column: Column, values: readonly Sample[]): Promise<void> => {
  await engine.exec(sql`DROP TABLE IF EXISTS pg_temp.${valuesTable}`)
  await engine.exec(
    sql`CREATE TEMP TABLE ${valuesTable} AS SELECT 0 AS place, ${identifier(column.name)} AS value FROM ${table} WITH NO DATA`,
  )
  const rows = values.map((value, place) => sql`(${literal(String(place))}::integer, ${sqlOf(column, value)})`)
  await engine.exec(sql`INSERT INTO pg_temp.${valuesTable} (place, value) VALUES ${joinSql(rows, ', ')}`)
}

const ask = async (engine: PostgresEngine, count: number): Promise<Compared> => {
  const pairs = (await engine.query(
    sql`SELECT a.place AS one, b.place AS other, a.value = b.value AS is_equal, a.value < b.value AS is_before FROM pg_temp.${valuesTable} a, pg_temp.${valuesTable} b`,
    [],
  )) as unknown as readonly PairRow[]
  const texts = (await engine.query(
    sql`SELECT value::text AS text FROM pg_temp.${valuesTable} ORDER BY place`,
    [],
  )) as unknown as readonly { readonly text: string }[]
  const byPlace = new Map(pairs.map((pair) => [pair.one * count + pair.other, pair]))
  return {
    relation: (one, other) => {
      const pair = byPlace.get(one * count + other)
      return { isEqual: pair?.is_equal === true, isBefore: pair?.is_before === true }
    },
    readings: texts.map(({ text }) => text),
  }
}

/** Postgres, asked with the columns of the emitted tables, which are loaded. */
export const postgresComparer = ({ set }: Evidence, engine: PostgresEngine): Comparer | null => {
  const options = set.targets.postgres
  if (options === null || !set.stores.includes('postgres')) return null
  const schema = relationalSchema(set, options).value
  return {
    id: 'Postgres',
    compare: async (entity, field, values) => {
      const table = schema.tables.find((one) => one.role === 'entity' && one.entity === entity.name)
      const column = table?.columns.find((one) => one.field === field.name)
      if (table === undefined || column === undefined) return null
      try {
        await fill(engine, qualified(schema.schema, table.name), column, values)
      } catch {
        // A value that a column refuses is a finding about rows, and no part of a pair.
        return null
      }
      return ask(engine, values.length)
    },
  }
}
