import { identifier, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Entity } from '../../model/entity.js'
import type { PostgresOptions } from '../../model/options.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { relationalSchema, type Table } from '../../relational/index.js'
import { fieldNames } from '../changes/entities.js'

/** A change of a name, and how it is taken back. */
export interface Rename {
  readonly id: string
  readonly forward: Sql
  readonly back: Sql
}

/** A table or a column of before that has another name now. */
export interface NamedChange extends Rename {
  /** The column or table as it was called; of a column, its table as it is called now. */
  readonly was: { readonly table: string; readonly column: string | null }
  readonly is: string
}

/** Which entity of before is which of now: by name, or by `was`. */
const pairsOf = (before: SchemaSet, after: SchemaSet): readonly (readonly [Entity, Entity])[] => {
  const earlier = new Map(before.entities.map((entity) => [entity.name, entity]))
  const names = new Set(after.entities.map(({ name }) => name))
  return after.entities.flatMap((entity) => {
    const former = entity.was === null || names.has(entity.was) ? undefined : earlier.get(entity.was)
    const was = earlier.get(entity.name) ?? former
    return was === undefined ? [] : [[was, entity] as const]
  })
}

const tablesOf = (tables: readonly Table[], { name }: Entity): readonly Table[] =>
  tables.filter(({ entity }) => entity === name)

/** Tables of one entity stand in one order: its own, then archives, summaries and counters as they are described. */
const tablePairs = (was: readonly Table[], is: readonly Table[]): readonly (readonly [Table, Table])[] =>
  was.flatMap((table) => {
    const same = is.find(({ name }) => name === table.name)
    const alike = was.filter(({ role }) => role === table.role)
    const others = is.filter(({ role }) => role === table.role)
    const partner = same ?? (alike.length === others.length ? others[alike.indexOf(table)] : undefined)
    return partner === undefined ? [] : [[table, partner] as const]
  })

const renamedColumns = (
  schema: string,
  was: Table,
  is: Table,
  names: ReadonlyMap<string, string>,
): readonly NamedChange[] =>
  was.columns.flatMap(({ field, name }) => {
    if (field === null) return []
    const now = is.columns.find((column) => column.field === (names.get(field) ?? field))
    if (now === undefined || now.name === name || was.columns.some((column) => column.name === now.name)) return []
    const [table, from, to] = [qualified(schema, is.name), identifier(name), identifier(now.name)]
    return [
      {
        id: `column ${is.name}.${now.name}`,
        was: { table: is.name, column: name },
        is: now.name,
        forward: sql`ALTER TABLE ${table} RENAME COLUMN ${from} TO ${to};`,
        back: sql`ALTER TABLE ${table} RENAME COLUMN ${to} TO ${from};`,
      },
    ]
  })

const renamedTable = (schema: string, was: string, is: string): readonly NamedChange[] =>
  was === is
    ? []
    : [
        {
          id: `table ${is}`,
          was: { table: was, column: null },
          is,
          forward: sql`ALTER TABLE ${qualified(schema, was)} RENAME TO ${identifier(is)};`,
          back: sql`ALTER TABLE ${qualified(schema, is)} RENAME TO ${identifier(was)};`,
        },
      ]

/** The tables and columns that have other names now, tables first. */
export const renamesOf = (before: SchemaSet, after: SchemaSet, options: PostgresOptions): readonly NamedChange[] => {
  const [was, is] = [relationalSchema(before, options).value, relationalSchema(after, options).value]
  const all = pairsOf(before, after).flatMap(([earlier, later]) =>
    tablePairs(tablesOf(was.tables, earlier), tablesOf(is.tables, later)).map((pair) => ({
      pair,
      names: fieldNames(earlier, later),
    })),
  )
  return [
    ...all.flatMap(({ pair: [one, other] }) => renamedTable(options.schema, one.name, other.name)),
    ...all.flatMap(({ names, pair: [one, other] }) => renamedColumns(options.schema, one, other, names)),
  ]
}
