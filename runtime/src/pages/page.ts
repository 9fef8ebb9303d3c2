import type { Cursor } from './cursor.js'

/** Which part of a list: at most `limit` rows (1 to 1,000; 100 by default), from the start or after a cursor. */
export interface PageOptions {
  readonly limit?: number | undefined
  readonly after?: Cursor | null | undefined
}

/** Rows in the order of their list, and the cursor that the next page begins after; null where there is none. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly next: Cursor | null
}
