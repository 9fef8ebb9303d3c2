/** What a bot calls a statement by, the statement, and its parameters. */
export type Call = readonly [name: string, sql: string, parameters: readonly unknown[]]

/** How a statement ended: its rows as Postgres writes them, or the code of its error with the constraint. */
export type Outcome =
  | { readonly count: number; readonly rows: readonly Readonly<Record<string, string | null>>[] }
  | { readonly error: string; readonly constraint: string | null }

/** A database that runs scripts and statements. */
export interface Database {
  readonly script: (sql: string) => Promise<void>
  readonly call: (sql: string, parameters: readonly unknown[]) => Promise<Outcome>
  readonly close: () => Promise<void>
}

const asFailure = (error: unknown): Outcome => {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error
  const constraint = 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : null
  return { error: error.code, constraint }
}

/** Runs a statement; an error of the database is an outcome as well. */
export const outcomeOf = async (run: () => Promise<Outcome>): Promise<Outcome> => {
  try {
    return await run()
  } catch (error) {
    return asFailure(error)
  }
}
