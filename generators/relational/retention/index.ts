export { type ActContext, allOf, type Condition, clockForm, conditionsOf, earlierActs, tableOf } from './conditions.js'
export {
  type EventContext,
  effectCondition,
  effectsInPostgres,
  type LookedUp,
  lookedUpFor,
  matchCondition,
  parametersOf,
  parameterType,
} from './effects.js'
export { dropsWhole, type EntityFunctions, eventNames, type RetentionFunctions } from './functions.js'
export { type Moment, type Moments, momentName, momentSql, momentType, writtenOut } from './moments.js'
export { arbiterCondition, type SummarySql, summarySql } from './summaries.js'
export { assignments, notDone, type SetValues } from './values.js'
