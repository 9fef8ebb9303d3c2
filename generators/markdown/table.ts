import { type Markdown, md } from '../kernel/safe/markdown.js'

/** A table as its layout prints it. */
export interface Table {
  readonly head: readonly Markdown[]
  /** The row of dashes: `---`, `:-:` or `--:` for each column. */
  readonly rule: readonly string[]
  readonly rows: readonly { readonly cells: readonly Markdown[] }[]
}

export interface Column<Row> {
  readonly head: Markdown
  readonly align?: 'center' | 'right'
  readonly cell: (row: Row) => Markdown
}

const rules = { center: ':-:', right: '--:' } as const

/** The rows as a table without the columns that would be empty; null when there are no rows. */
export const tableOf = <Row>(rows: readonly Row[], columns: readonly Column<Row>[]): Table | null => {
  if (rows.length === 0) return null
  const filled = columns
    .map((column) => ({ ...column, cells: rows.map(column.cell) }))
    .filter((column) => column.cells.some((cell) => cell !== ''))
  return {
    head: filled.map((column) => column.head),
    rule: filled.map((column) => (column.align === undefined ? '---' : rules[column.align])),
    rows: rows.map((_, index) => ({ cells: filled.map((column) => column.cells[index] ?? md``) })),
  }
}
