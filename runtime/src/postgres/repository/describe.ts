import { z } from 'zod'
import type { Counters } from '../../changes/increments.js'
import type { ConditionFields } from '../../conditions/fields.js'
import type { ColumnKind } from '../kinds/kind.js'
import type { OrderColumns } from '../pages.js'
import type { Constraints } from '../refusals.js'
import type { ConditionColumn, ConditionColumns, ValueColumn } from '../where.js'
import type { Form } from '../wire.js'
import type { EncryptedColumns } from './encrypted.js'
import type { Lists } from './lists.js'
import type { InsertedColumns } from './new-rows.js'
import type { Queries } from './queries.js'
import type { EntityTable, TableUnique, UniqueIndex } from './table.js'

/** A field of an entity, and the column that it is kept in. */
export interface ColumnDescription {
  /** The name: quoted. */
  readonly column: string
  readonly kind: ColumnKind
  readonly isNullable?: boolean
  /** What the database makes where a row leaves the column out, as SQL: `nextval(…)`. */
  readonly initial?: string
  /** `computed`, `made`: the database makes it, of other columns or anew, and no statement gives it. `fixed`: no upsert changes it. */
  readonly is?: 'computed' | 'made' | 'fixed'
  /** The least and the greatest value that `increment` may lead to, as text. Without it nothing can be added. */
  readonly sums?: { readonly min: string | null; readonly max: string | null }
}

/** A value inside of a column of JSON, which conditions may ask. */
export interface InnerDescription {
  /** The expression over the table as `own`, of the kind's type. */
  readonly sql: string
  readonly kind: ColumnKind
  readonly isNullable: boolean
}

/** A key or a unique, by the fields in code. */
export interface UniqueDescription {
  readonly fields: readonly string[]
  readonly isNullEqual?: boolean
  /** The condition on its rows, as SQL, and the fields that it reads. */
  readonly where?: string
  readonly reads?: readonly string[]
  /** The indexes that hold it, where one alone does not: each is of the rows in which these fields are null. */
  readonly indexes?: readonly [UniqueIndex, ...UniqueIndex[]]
  /** `deferred`: it is held at the end of a transaction. `made`: the database makes its values. No upsert goes by it. */
  readonly is?: 'deferred' | 'made'
}

/** What is said of an entity: emitted code has one for each. */
export interface TableDescription {
  readonly entity: string
  /** The name of the table, as errors have it; and quoted, with its schema. */
  readonly name: string
  readonly sql: string
  readonly constraints: Constraints
  /** Between what a statement returns and a row, by field. */
  readonly codecs: { readonly [field: string]: z.ZodType }
  readonly newRow: z.ZodType
  readonly patch: z.ZodType
  readonly fields: { readonly [field: string]: ColumnDescription }
  readonly inner?: { readonly [path: string]: InnerDescription }
  /** Without fields it is that of a singleton. */
  readonly key: UniqueDescription | null
  readonly uniques?: readonly UniqueDescription[]
  readonly isAppendOnly?: boolean
  readonly queries?: Queries
  readonly lists?: Lists
  readonly encrypted?: EncryptedColumns
  /** The fields whose values no error shows. */
  readonly personal?: readonly string[]
}

type Entries<Of> = readonly (readonly [name: string, of: Of])[]

const mapped = <Of, To>(entries: Entries<Of>, to: (of: Of, name: string) => To): { readonly [name: string]: To } =>
  Object.fromEntries(entries.map(([name, of]) => [name, to(of, name)]))

const valueColumn = (sql: string, { type, encode, next }: ColumnKind): ValueColumn => ({ sql, type, encode, next })

/** What a value is ordered and searched by: text by code point, whatever the collation of its column. */
const orderedColumn = (sql: string, { ordering, isText, ...kind }: ColumnKind): ValueColumn | null => {
  if (ordering !== null) return valueColumn(ordering.sql(sql), ordering.kind)
  return isText ? { sql: `${sql} COLLATE "C"`, type: kind.type, encode: kind.encode, next: null } : null
}

/** Equality is asked of the column itself, in the collation that its index has. */
const conditionColumn = (sql: string, kind: ColumnKind): ConditionColumn =>
  kind.item === null
    ? { ...valueColumn(sql, kind), ordered: orderedColumn(sql, kind) }
    : { ...valueColumn(sql, kind.item), next: null, ordered: null }

const orderColumn = (
  sql: string,
  kind: ColumnKind,
  isNullable: boolean,
  field: string | null,
): OrderColumns[string] => {
  const { ordering } = kind
  if (ordering !== null) return orderColumn(ordering.sql(sql), ordering.kind, isNullable, null)
  const ordered = orderedColumn(sql, kind) ?? valueColumn(sql, kind)
  const returnedAs = kind.place(sql) === kind.returned(sql) ? field : null
  return { ...ordered, text: kind.place(sql), readText: kind.readPlace, returnedAs, isNullable }
}

/** The name of a field as a quoted name of Postgres. */
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** The column that tells the one row of a singleton. */
const singletonColumn = 'singleton'

const uniqueOf =
  ({ fields }: TableDescription) =>
  ({ fields: names, isNullEqual = false, where, reads = [], indexes, is }: UniqueDescription): TableUnique => {
    const columns = names.map((name) => fields[name]?.column ?? quoted(name)).join(', ') || singletonColumn
    const target = `(${columns})${where === undefined ? '' : ` WHERE ${where}`}`
    return {
      fields: names,
      isNullEqual,
      where: where ?? null,
      reads,
      isTarget: is === undefined,
      indexes: indexes ?? [{ nulls: [], target }],
    }
  }

/** The table of a description, with all that the calls on its rows ask of it. */
export const tableOf = (description: TableDescription): EntityTable => {
  const { entity, name, sql, constraints, codecs, newRow, patch, key, uniques = [] } = description
  const { personal = [], inner = {}, isAppendOnly = false, queries = {}, encrypted = null, lists = {} } = description
  const fields: Entries<ColumnDescription> = Object.entries(description.fields)
  const inside: Entries<InnerDescription> = Object.entries(inner)
  const asked = (kind: ColumnKind, isNullable: boolean): ConditionFields[string] => {
    const { asks, isText } = kind
    return { asks, value: (kind.item ?? kind).carrier, isNullable, isText }
  }
  const written = fields.filter(([, { is }]) => is !== 'computed' && is !== 'made')
  const forms = fields.flatMap(([field, { kind }]) => (kind.form === null ? [] : [[field, kind.form] as const]))
  const counted = written.flatMap(([field, { kind, sums }]) =>
    kind.sum === null || sums === undefined ? [] : [[field, { amount: kind.sum.amount, ...sums }] as const],
  )
  const returned = fields.map(([field, { column, kind }]) => `${kind.returned(`own.${column}`)} AS ${quoted(field)}`)
  const primary = key === null ? null : uniqueOf(description)(key)
  return {
    entity,
    name,
    table: sql,
    constraints,
    personal,
    isAppendOnly,
    queries,
    lists,
    encrypted,
    computed: fields.flatMap(([field, { is }]) => (is === 'computed' ? [field] : [])),
    row: z.object(codecs),
    forms: Object.fromEntries(forms) satisfies { readonly [column: string]: Form },
    key: (key?.fields ?? []).map((field) => [field, field] as const),
    returned: returned.join(', ') || 'true AS "$row"',
    primary,
    uniques: [...(primary === null ? [] : [primary]), ...uniques.map(uniqueOf(description))],
    newRow,
    patch,
    fixed: fields.flatMap(([field, { is }]) => (is === 'fixed' ? [field] : [])),
    counters: Object.fromEntries(counted) satisfies Counters,
    asked: {
      ...mapped(fields, ({ kind, isNullable = false }) => asked(kind, isNullable)),
      ...mapped(inside, ({ kind, isNullable }) => asked(kind, isNullable)),
    },
    conditions: {
      ...mapped(fields, ({ column, kind }) => conditionColumn(`own.${column}`, kind)),
      ...mapped(inside, ({ sql: value, kind }) => conditionColumn(value, kind)),
    } satisfies ConditionColumns,
    orders: {
      ...mapped(fields, ({ column, kind, isNullable = false }, field) =>
        orderColumn(`own.${column}`, kind, isNullable, field),
      ),
      ...mapped(inside, ({ sql: value, kind, isNullable }) => orderColumn(value, kind, isNullable, null)),
    },
    columns: mapped(written, ({ column, kind, initial }) => ({
      name: column,
      type: kind.type,
      encode: kind.encode,
      sumType: kind.sum?.type ?? null,
      initial: initial ?? null,
    })) satisfies InsertedColumns,
  }
}
