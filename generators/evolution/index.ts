export {
  type Audience,
  audiences,
  type Change as SetChange,
  type ChangeKind,
  type Conflict,
  changeKinds,
  compareSets,
  type Question,
  type SetChanges,
} from './changes/index.js'
export { type Change, type Difference, type Differences, differencesOf } from './differ.js'
export { type Effect, effectOf } from './effects.js'
export { type Facts, isPrinted, type Kind, type ObjectFacts, type Printed, type Value } from './facts.js'
export { likenessOn } from './likeness.js'
export { mendOf } from './mend/index.js'
export { followingRenames } from './migration/follow.js'
export { asOneTransaction, type PlannedSteps, renameStep, stepsBetween } from './migration/plan.js'
export { type NamedChange, renamesOf } from './migration/renames.js'
export {
  type HazardKind,
  hazardKinds,
  type InTheWay,
  type NoRecipe,
  type Phase,
  phases,
  type Step,
  stepOf,
} from './migration/step.js'
export { type PlaceOf, placesOf } from './places.js'
export type { Ask } from './reader/ask.js'
export { readFacts } from './reader/index.js'
export { alongsideText, changesText, objectName, stateText, valueText } from './words.js'
