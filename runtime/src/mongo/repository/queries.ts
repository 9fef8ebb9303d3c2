import type { Model } from 'mongoose'
import type { z } from 'zod'
import { type Readable, readRow } from '../../rows/decoding.js'
import { encodedInput } from '../../rows/inputs.js'
import type { Values } from '../access/store.js'
import type { CommandOptions } from '../session.js'
import { ask, type Calls, modelOf } from './collection.js'

type Run<Given> = (model: Model<Values>, given: Given, session: CommandOptions) => PromiseLike<unknown>

/** What a query runs. */
export interface Command {
  /** Holds the parameters, and encodes them for the command; null where it takes none. */
  readonly takes: z.ZodType | null
  /** It gives documents, a document or null, or a bare value, which `valueAs` makes a row of. */
  readonly run: Run<never>
}

/** A command whose parameters are those that a schema encodes. */
export const commandOf = <Given>(takes: z.ZodType<unknown, Given> | null, run: Run<Given>): Command => ({ takes, run })

/** A named query. */
export interface QueryDescription {
  readonly command: Command
  readonly returns: 'many' | 'one' | 'none'
  /** How its rows are read; left out where they are as the driver makes them. */
  readonly gives?: Omit<Readable<unknown>, 'entity'>
  readonly valueAs?: string
  readonly isWrite?: boolean
}

/** The named queries of an entity, by their names in code. */
export type Queries = { readonly [name: string]: QueryDescription }

/** The documents that a command answered. */
const documentsIn = (answer: unknown): readonly unknown[] => {
  if (Array.isArray(answer)) return answer
  return answer === null || answer === undefined ? [] : [answer]
}

const queryCall =
  (calls: Calls, name: string, query: QueryDescription) =>
  async (parameters?: unknown): Promise<unknown> => {
    const { command, returns, gives, valueAs, isWrite = false } = query
    const { collection } = calls
    const { takes, run } = command
    const given = takes === null ? {} : encodedInput(collection, name, takes, parameters)
    const answer = await ask(calls, (options) => run(modelOf(calls), given as never, options))
    if (returns === 'none') return undefined
    const rows = documentsIn(answer).map((document) => {
      const row = valueAs === undefined ? document : { [valueAs]: document }
      return gives === undefined ? row : readRow({ ...gives, entity: collection.entity }, row, isWrite)
    })
    return returns === 'many' ? rows : (rows[0] ?? null)
  }

/** The named queries of an entity, as functions of their parameters. */
export const queryCalls = (calls: Calls): { readonly [name: string]: (parameters?: unknown) => Promise<unknown> } =>
  Object.fromEntries(
    Object.entries(calls.collection.queries).map(([name, query]) => [name, queryCall(calls, name, query)]),
  )
