/** What runs one statement with its parameters: a server's connection, or the embedded engine. */
export type Ask = (text: string, values: unknown[]) => Promise<readonly unknown[]>

/** The object id of a catalogue, which is the same in all versions; and that of a row in it, with a column's number. */
export const catalogues = {
  types: 1247,
  functions: 1255,
  relations: 1259,
  defaults: 2604,
  constraints: 2606,
  namespaces: 2615,
  rules: 2618,
  triggers: 2620,
  extensions: 3079,
} as const

/** How `pg_depend` calls an object. */
export const handleOf = (catalogue: keyof typeof catalogues, oid: number, column = 0): string =>
  `${catalogues[catalogue]}:${oid}:${column}`

/** The rows of a query as JSON, so that every driver reads them alike. */
export const rowsOf = async <Row>(ask: Ask, query: string, values: unknown[]): Promise<readonly Row[]> => {
  const [first] = await ask(`SELECT coalesce(json_agg(answer), '[]') AS rows FROM (${query}) AS answer`, values)
  return (first as { readonly rows: readonly Row[] }).rows
}
