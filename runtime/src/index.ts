export { type Bound, bound, type Prefix } from './bound.js'
export { type Counter, type Counters, type Increment, readIncrements } from './changes/increments.js'
export type { Condition, Order } from './conditions/condition.js'
export type { Asks, ConditionField, ConditionFields } from './conditions/fields.js'
export { readCondition } from './conditions/read.js'
export { EncryptedFieldError, type EncryptionProblem } from './encrypted-field-error.js'
export {
  type Constraint,
  ConstraintError,
  type ConstraintProblem,
  CursorError,
  type RefusedInput,
  typeConstraint,
  UnknownOutcomeError,
  UsageError,
} from './errors.js'
export {
  addDecimals,
  compareDecimals,
  compareIds,
  countCharacters,
  hasReservedKey,
  isReservedKey,
  lowerAscii,
  multiplyDecimals,
  spellDecimal,
  subtractDecimals,
  upperAscii,
} from './functions.js'
export type { Given, Id, Outside } from './ids.js'
export type { Json, JsonValue } from './json.js'
export type { Cursor } from './pages/cursor.js'
export { type Direction, readOrder, type Sort } from './pages/order.js'
export type { Page, PageOptions } from './pages/page.js'
export { cutoff } from './retention/cutoff.js'
export type {
  DueRows,
  HookContext,
  HookFailure,
  RetainedEntity,
  RetentionAct,
  RetentionAction,
  RetentionFailure,
  RetentionHook,
  RetentionOptions,
  RetentionReport,
  Retired,
  Touched,
} from './retention/report.js'
export { planActs, runActs } from './retention/run.js'
export type { DuePage, DuePlace, DueRow, RetentionStore, TellRetired, UnreadRow } from './retention/store.js'
export { readRow } from './rows/decoding.js'
export {
  checked,
  checkedAll,
  checkedFields,
  checkedKeys,
  checkedMoment,
  checkedRun,
  checkedSubjects,
  encodedInput,
  encodedKey,
  encodedValues,
} from './rows/inputs.js'
export type {
  CollectedRows,
  Counts,
  Deletes,
  DeletesMany,
  EachOptions,
  Encrypts,
  EntityTypes,
  FindOptions,
  Finds,
  FoundRows,
  Gets,
  Increments,
  Inserts,
  KeyedRows,
  ListCall,
  ListOptions,
  LockingGets,
  ManyOptions,
  OrderBy,
  SingletonEncrypts,
  SingletonIncrements,
  SingletonReads,
  SingletonTypes,
  SingletonWrites,
  Updates,
  UpdatesMany,
  Upserts,
  UpsertsBy,
  WholeListCall,
} from './storage/calls.js'
export type {
  EqualityCondition,
  EqualityOperators,
  ItemCondition,
  ItemOperators,
  Joined,
  NullCondition,
  NullOperators,
  OrderCondition,
  OrderOperators,
  TextCondition,
  TextOperators,
} from './storage/conditions.js'
export type { EntityFacts, Unique } from './storage/facts.js'
export { StoredValueError, type UnreadableValue } from './stored-value-error.js'
export type { TransactionOptions } from './transactions/retries.js'
