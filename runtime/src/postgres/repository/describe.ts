import { z } from 'zod'
import type { Counters } from '../../changes/increments.js'
import type { ConditionFields } from '../../conditions/fields.js'
import type { ColumnKind } from '../kinds/kind.js'
import type { OrderColumns } from '../pages.js'
import type { Constraints } from '../refusals.js'
import type { ConditionColumn, ConditionColumns } from '../where.js'
import type { Form } from '../wire.js'
import type { InsertedColumns } from './new-rows.js'
import type { EntityTable, TableUnique } from './table.js'

/** A field of an entity, and the column that it is kept in. */
export interface ColumnDescription {
  /** The name: quoted. */
  readonly column: string
  readonly kind: ColumnKind
  readonly isNullable?: boolean
  /** What the database makes where a row leaves the column out, as SQL: `nextval(…)`. */
  readonly initial?: string
  /** `computed`: no statement gives it. `fixed`: no upsert changes it. */
  readonly is?: 'computed' | 'fixed'
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
  /** The condition that its index has, as SQL. */
  readonly where?: string
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
  readonly uniques: readonly [key: UniqueDescription, ...others: UniqueDescription[]]
  /** The fields whose values no error shows. */
  readonly personal?: readonly string[]
}

type Entries<Of> = readonly (readonly [name: string, of: Of])[]

const mapped = <Of, To>(entries: Entries<Of>, to: (of: Of, name: string) => To): { readonly [name: string]: To } =>
  Object.fromEntries(entries.map(([name, of]) => [name, to(of, name)]))

/** Text is ordered and searched by code point, whatever the collation of its column. */
const comparable = (sql: string, { isText }: ColumnKind): string => (isText ? `${sql} COLLATE "C"` : sql)

const conditionColumn = (sql: string, kind: ColumnKind): ConditionColumn => {
  const { type, encode, next } = kind.item ?? kind
  return { sql: comparable(sql, kind), type, encode, next: kind.item === null ? next : null }
}

/** The name of a field as a quoted name of Postgres. */
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

const uniqueOf =
  ({ fields }: TableDescription) =>
  ({ fields: names, isNullEqual = false, where }: UniqueDescription): TableUnique => ({
    fields: names,
    isNullEqual,
    columns: names.map((name) => fields[name]?.column ?? quoted(name)).join(', '),
    where: where ?? null,
  })

/** The table of a description, with all that the calls on its rows ask of it. */
export const tableOf = (description: TableDescription): EntityTable => {
  const { entity, name, sql, constraints, codecs, newRow, patch, personal = [], inner = {} } = description
  const fields: Entries<ColumnDescription> = Object.entries(description.fields)
  const inside: Entries<InnerDescription> = Object.entries(inner)
  const [key, ...others] = description.uniques
  const forms = fields.flatMap(([field, { kind }]) => (kind.form === null ? [] : [[field, kind.form] as const]))
  const asked = (kind: ColumnKind, isNullable: boolean): ConditionFields[string] => {
    const { asks, isText } = kind
    return { asks, value: (kind.item ?? kind).carrier, isNullable, isText }
  }
  const written = fields.filter(([, { is }]) => is !== 'computed')
  const counted = written.flatMap(
    ([
      field,
      {
        kind: { sum },
        sums,
      },
    ]) => (sum === null || sums === undefined ? [] : [[field, { amount: sum.amount, ...sums }] as const]),
  )
  return {
    entity,
    name,
    table: sql,
    constraints,
    personal,
    row: z.object(codecs),
    forms: Object.fromEntries(forms) satisfies { readonly [column: string]: Form },
    computed: fields.flatMap(([field, { is }]) => (is === 'computed' ? [field] : [])),
    key: key.fields.map((field) => [field, field] as const),
    returned: fields
      .map(([field, { column, kind }]) => `${kind.returned(`own.${column}`)} AS ${quoted(field)}`)
      .join(', '),
    uniques: [uniqueOf(description)(key), ...others.map(uniqueOf(description))],
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
      ...mapped(fields, ({ column, kind, isNullable = false }) => ({
        ...conditionColumn(`own.${column}`, kind),
        text: kind.place(`own.${column}`),
        readText: kind.readPlace,
        isNullable,
      })),
      ...mapped(inside, ({ sql: value, kind, isNullable }) => ({
        ...conditionColumn(value, kind),
        text: kind.place(value),
        readText: kind.readPlace,
        isNullable,
      })),
    } satisfies OrderColumns,
    columns: mapped(written, ({ column, kind, initial }) => ({
      name: column,
      type: kind.type,
      encode: kind.encode,
      sumType: kind.sum?.type ?? null,
      initial: initial ?? null,
    })) satisfies InsertedColumns,
  }
}
