import type { z } from 'zod'
import { encodedInput } from '../../rows/inputs.js'
import type { Doing } from '../refusals.js'
import { all, asReturned, none, one, type Source } from '../rows.js'
import type { Forms } from '../wire.js'
import type { Calls, EntityTable } from './table.js'

/** How the rows of a query are read, where they are not rows of the entity. */
export interface QueryRow {
  /** Left out where nothing says what a row has: it is as the driver makes it. */
  readonly row?: z.ZodType
  readonly forms?: Forms
  /** What tells a row, and the name that it has in the result. */
  readonly key?: readonly (readonly [property: string, column: string])[]
  readonly personal?: readonly string[]
}

/** A named query. */
export interface QueryDescription {
  /** Each name in its schema, its parameters numbered. */
  readonly statement: string
  /** What the numbers stand for. */
  readonly order?: readonly string[]
  /** Holds the parameters, and encodes them for the statement; left out where it takes none. */
  readonly takes?: z.ZodType<{ readonly [parameter: string]: unknown }, { readonly [parameter: string]: unknown }>
  readonly returns: 'many' | 'one' | 'none'
  /** Left out where the rows are those of the entity. */
  readonly gives?: QueryRow
  /** Left out where it writes. */
  readonly doing?: Doing
}

/** The named queries of an entity, by their names in code. */
export type Queries = { readonly [name: string]: QueryDescription }

const runs = { many: all, one, none } as const

const sourceOf = (table: EntityTable, { gives }: QueryDescription): Source<unknown> => {
  if (gives === undefined) return table
  const { entity, name, constraints } = table
  return { entity, name, constraints, ...gives, row: gives.row ?? asReturned() }
}

const queryCall =
  ({ db, table }: Calls, name: string, query: QueryDescription) =>
  async (parameters?: unknown): Promise<unknown> => {
    const { statement, order = [], takes, returns, doing = 'write' } = query
    const given = takes === undefined ? {} : encodedInput(table, name, takes, parameters)
    const values = order.map((parameter) => given[parameter])
    return runs[returns](db, sourceOf(table, query), statement, values, doing)
  }

/** The named queries of an entity, as functions of their parameters. */
export const queryCalls = (calls: Calls): { readonly [name: string]: (parameters?: unknown) => Promise<unknown> } =>
  Object.fromEntries(Object.entries(calls.table.queries).map(([name, query]) => [name, queryCall(calls, name, query)]))
