/** What Postgres says of names that it does not know: tables, columns, functions, types and schemas (manual, appendix A). */
const unknownNames: ReadonlySet<unknown> = new Set(['42P01', '42703', '42883', '42704', '3F000'])

/** Whether a statement failed because the database is not as the set describes it. */
export const isOfOtherTables = (failure: unknown): boolean =>
  typeof failure === 'object' && failure !== null && 'code' in failure && unknownNames.has(failure.code)
