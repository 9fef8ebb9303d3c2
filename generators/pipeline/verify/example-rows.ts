import { canonical } from '../../kernel/hash.js'
import type { Entity, Reference, Row } from '../../model/entity.js'
import { entityOf } from '../../model/lookup.js'
import type { JsonValue } from '../../model/origin.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Step } from './watch.js'

/** A row of `examples` or `seed`, with its values by field, in JSON form. */
export interface GivenRow {
  readonly entity: Entity
  readonly row: Row
  readonly values: Readonly<Record<string, JsonValue>>
}

/** A reference that a row makes: to another given row, or to none. */
export interface Link {
  readonly reference: Reference
  readonly to: GivenRow | null
}

const givenRow = (entity: Entity, row: Row): GivenRow => ({
  entity,
  row,
  values: Object.fromEntries(row.values.map(({ field, value }) => [field, value])),
})

export const examplesOf = (set: SchemaSet): readonly GivenRow[] =>
  set.entities.flatMap((entity) => entity.examples.map((row) => givenRow(entity, row)))

export const seedsOf = (set: SchemaSet): readonly GivenRow[] =>
  set.entities.flatMap((entity) => entity.seed.map((row) => givenRow(entity, row)))

const tupleOf = (values: GivenRow['values'], fields: readonly string[]): readonly JsonValue[] | null => {
  const tuple = fields.map((field) => values[field] ?? null)
  return tuple.includes(null) ? null : tuple
}

/** Finds the row of an entity that has some values in some fields; built once for many questions. */
export const rowFinder = (rows: readonly GivenRow[]) => {
  const tables = new Map<string, ReadonlyMap<string, GivenRow>>()
  const tableOf = (entity: string, fields: readonly string[]): ReadonlyMap<string, GivenRow> => {
    const name = canonical([entity, fields])
    const table =
      tables.get(name) ??
      new Map(
        rows
          .filter((row) => row.entity.name === entity)
          .map((row) => [canonical(tupleOf(row.values, fields)), row] as const),
      )
    tables.set(name, table)
    return table
  }
  return (entity: string, fields: readonly string[], values: readonly JsonValue[]): GivenRow | null =>
    tableOf(entity, fields).get(canonical(values)) ?? null
}

/** The enforced references of a row whose fields all hold something, as SQL's MATCH SIMPLE has it. */
export const linksOf = (
  set: SchemaSet,
  { entity, values }: GivenRow,
  find: ReturnType<typeof rowFinder>,
): readonly Link[] =>
  entity.references
    .filter(({ enforced, to }) => enforced && entityOf(set, to.entity).stores.includes('postgres'))
    .flatMap((reference) => {
      const tuple = tupleOf(values, reference.fields)
      return tuple === null ? [] : [{ reference, to: find(reference.to.entity, reference.to.fields, tuple) }]
    })

/** The rows in an order in which each follows those it refers to; rows in a circle stand where the circle is met. */
export const inReferenceOrder = (
  rows: readonly GivenRow[],
  linked: (row: GivenRow) => readonly Link[],
): readonly GivenRow[] => {
  const ordered = new Set<GivenRow>()
  const met = new Set<GivenRow>()
  const place = (row: GivenRow): void => {
    if (met.has(row)) return
    met.add(row)
    for (const { to } of linked(row)) if (to !== null) place(to)
    ordered.add(row)
  }
  for (const row of rows) place(row)
  return [...ordered].filter((row) => rows.includes(row))
}

/** Putting an example through something, as a step that can be stopped. */
export const exampleStep = (output: string, { entity, row }: GivenRow, through: string): Step => ({
  key: `${output} example ${entity.name} ${entity.examples.indexOf(row)} ${through}`,
  what: `this example ${through}`,
  at: row.origin,
  share: 1,
})
