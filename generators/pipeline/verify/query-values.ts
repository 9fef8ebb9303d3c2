import type { PostgresEngine } from '../../engines/postgres/embedded.js'
import { identifier, joinSql, qualified, sql } from '../../kernel/safe/sql.js'
import type { Query } from '../../model/entity.js'
import { findEntity, findField } from '../../model/lookup.js'
import { plainValue } from '../../model/plain-value.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { columnType, parameterText, type RelationalSchema } from '../../relational/index.js'
import { exampleKey, keyParameters } from './example-key.js'

type Context = Parameters<typeof columnType>[0]

/** Values for the parameters of one run, by name: the text that Postgres reads, or null. */
export type Binding = ReadonlyMap<string, string | null>

/** A stored row, each column as text. */
type StoredRow = Readonly<Record<string, string | null>>

/** How many rows of a table queries are asked about: examples are few, a seed may be long. */
const mostRows = 20

const storedRows = async (engine: PostgresEngine, schema: RelationalSchema, entity: string) => {
  const table = schema.tables.find((each) => each.role === 'entity' && each.entity === entity)
  if (table === undefined) return []
  const columns = table.columns.flatMap(({ field, name }) =>
    field === null ? [] : [sql`${identifier(name)}::text AS ${identifier(field)}`],
  )
  const from = qualified(schema.schema, table.name)
  return engine.query<StoredRow>(sql`SELECT ${joinSql(columns, ', ')} FROM ${from} LIMIT ${mostRows}`)
}

type Parameter = Query['parameters'][number]

/** Whether what is stored for a parameter's field is what a caller would give. */
const isStored = (set: SchemaSet, { field }: Parameter): boolean => {
  const entity = field === null ? undefined : findEntity(set, field.entity)
  const found = entity && field && findField(entity, field.name)
  return found?.encrypted === null && found.stores.includes('postgres')
}

/**
 * What gives the values that a query is run with: for each stored row one binding, whose parameters have the values of
 * that row of their entity; where nothing is stored, a plain value of the type. What pgcrypto takes as a key is the key
 * of the examples. Tables are read once.
 */
export const queryValues = (engine: PostgresEngine, context: Context, schema: RelationalSchema) => {
  const tables = new Map<string, Promise<readonly StoredRow[]>>()
  const rowsOf = (entity: string): Promise<readonly StoredRow[]> => {
    const rows = tables.get(entity) ?? storedRows(engine, schema, entity)
    tables.set(entity, rows)
    return rows
  }

  const valuesOf = async (parameter: Parameter): Promise<readonly (string | null)[]> => {
    const { field, type } = parameter
    const rows = field !== null && isStored(context.set, parameter) ? await rowsOf(field.entity) : []
    if (field !== null && rows.length > 0) return rows.map((row) => row[field.name] ?? null)
    return [parameterText(plainValue(context.set, type), columnType(context, type))]
  }

  return async (query: Query): Promise<readonly Binding[]> => {
    const keys = keyParameters(query)
    const values: { readonly name: string; readonly values: readonly (string | null)[] }[] = []
    for (const parameter of query.parameters) {
      const { name } = parameter
      values.push({ name, values: keys.has(name) ? [exampleKey] : await valuesOf(parameter) })
    }
    const runs = Math.max(1, ...values.map((each) => each.values.length))
    return Array.from(
      { length: runs },
      (_, run) => new Map(values.map((each) => [each.name, each.values[run % each.values.length] ?? null])),
    )
  }
}
