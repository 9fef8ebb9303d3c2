import type { Members } from '../rows/sample.js'
import type { Condition } from './condition.js'

/**
 * Who says which rows meet a condition. `language`: botschema's own evaluation of it. `code`: what validators and models
 * run. `filter`: what Mongo is asked with. `partial index`: which documents an index holds. `$expr`: a validator's
 * expression.
 */
export type ReaderId =
  | 'language'
  | 'code'
  | 'Postgres'
  | 'filter'
  | 'partial index'
  | '$expr'
  | `${'filter' | '$expr'} on ${string}`

export interface Asked {
  readonly condition: Condition
  readonly rows: readonly Members[]
}

/** For each row whether it is met; words where something else became of it. */
export type Answer = boolean | { readonly words: string }

/** Null for a condition that it cannot read. */
export interface ConditionReader {
  readonly id: ReaderId
  readonly read: (asked: readonly Asked[]) => Promise<readonly (readonly Answer[] | null)[]>
}

export const wordsOf = (error: unknown): Answer => ({ words: error instanceof Error ? error.message : String(error) })

/** A reader who is asked about one row after another. */
export const rowByRow = (
  id: ReaderId,
  reading: (condition: Condition) => ((row: Members) => Answer) | null,
): ConditionReader => ({
  id,
  read: async (asked) =>
    asked.map(({ condition, rows }) => {
      const answer = reading(condition)
      return (
        answer &&
        rows.map((row) => {
          try {
            return answer(row)
          } catch (error) {
            return wordsOf(error)
          }
        })
      )
    }),
})

/** The text of a printed condition, on its way to whom reads it. */
export type Printed = (text: string) => string
