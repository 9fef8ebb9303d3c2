export { type Counter, type Counters, type Increment, readIncrements } from './changes/increments.js'
export type { Condition, Order } from './conditions/condition.js'
export type { Asks, ConditionField, ConditionFields } from './conditions/fields.js'
export { readCondition } from './conditions/read.js'
export {
  type Constraint,
  ConstraintError,
  type ConstraintProblem,
  CursorError,
  UnknownOutcomeError,
  UsageError,
} from './errors.js'
export type { Cursor } from './pages/cursor.js'
export { type Direction, readOrder, type Sort } from './pages/order.js'
export type { TransactionOptions } from './transactions/retries.js'
