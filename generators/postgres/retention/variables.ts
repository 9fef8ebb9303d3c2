import { identifier, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Moment, Moments } from '../../relational/retention/moments.js'
import { momentName, momentSql, momentType } from '../../relational/retention/moments.js'

/** The moments that a function has spoken of, as variables of its block `run`. */
export interface MomentVariables {
  readonly moments: Moments
  /** What declares those that were spoken of so far. */
  readonly declarations: () => readonly Sql[]
}

/**
 * Variables made of a function's parameter. They are declared outside of all statements and named with their block, so
 * that no column can be taken for one.
 */
export const momentVariables = (at: Sql): MomentVariables => {
  const used = new Map<string, Moment>()
  return {
    moments: (moment) => {
      const name = momentName(moment)
      used.set(name, moment)
      return sql`run.${identifier(name)}`
    },
    declarations: () =>
      [...used].map(
        ([name, moment]) => sql`${identifier(name)} ${momentType[moment.form]} := ${momentSql(moment, at)}`,
      ),
  }
}
