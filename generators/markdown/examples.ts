import { code, type Markdown, md } from '../kernel/safe/markdown.js'
import type { Entity, Row } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { type Table, tableOf } from './table.js'
import { valueText } from './values.js'

/** Wider tables than this are turned: a row a field, a column an example. */
const readable = { columns: 7, characters: 100 } as const

const cellOf = (row: Row, field: Field): Markdown => {
  const found = row.values.find((value) => value.field === field.name)
  if (found === undefined) return md``
  return field.encrypted === null || found.value === null ? valueText(found.value) : md`(encrypted)`
}

const isShort = (cells: readonly Markdown[]): boolean =>
  cells.reduce((length, cell) => length + cell.length, 0) <= readable.characters

/** Rows of the YAML with the fields that any of them gives. */
export const rowTable = (entity: Entity, rows: readonly Row[]): Table | null => {
  const given = new Set(rows.flatMap((row) => row.values.map((value) => value.field)))
  const fields = entity.fields.filter((field) => given.has(field.name))
  if (fields.length <= readable.columns && rows.every((row) => isShort(fields.map((field) => cellOf(row, field))))) {
    return tableOf(
      rows,
      fields.map((field) => ({ head: code(field.name), cell: (row) => cellOf(row, field) })),
    )
  }
  return tableOf(fields, [
    { head: md`field`, cell: (field) => code(field.name) },
    ...rows.map((row, index) => ({ head: md`row ${index + 1}`, cell: (field: Field) => cellOf(row, field) })),
  ])
}
