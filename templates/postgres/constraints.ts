import type { Constraint } from '../typescript/storage.js'

/** What the database refuses a row for, by its table and its name there. */
export const constraints: Readonly<Record<string, Constraint>> = {}
