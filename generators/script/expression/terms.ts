import type { Expression } from '../../model/expression.js'
import type { Condition } from './condition.js'
import type { RuntimeFunction } from './runtime.js'
import type { Scope } from './scope.js'

/**
 * How an unknown condition counts: a check `passes` when it is unknown, a filter `holds` only when it is true. Since
 * `and` and `or` treat unknown alike in either reading, no third truth value is needed in the code: each comparison says
 * what it is when an operand is unknown, and negations are pushed down to the comparisons.
 */
export type Reading = 'passes' | 'holds'

export interface Truth {
  readonly condition: Condition
  readonly uses: readonly RuntimeFunction[]
}

/** What the parts of an expression are in code: values need conditions inside them, and conditions values. */
export interface Terms {
  readonly read: Scope
  readonly truth: (expression: Expression, reading: Reading) => Truth
}
