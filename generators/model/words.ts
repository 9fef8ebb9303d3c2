/**
 * The words that a choice of the language allows. The syntax, what reads it and the types of the model all take them from
 * here, so that a word that one of them does not know does not compile.
 */

export const indexMethods = ['btree', 'hash', 'gin', 'gist', 'brin', 'spgist', 'hnsw', 'ivfflat'] as const
export type IndexMethod = (typeof indexMethods)[number]

export const referenceActions = ['cascade', 'set null', 'restrict', 'no action'] as const
export type ReferenceAction = (typeof referenceActions)[number]

export const nullsRules = ['distinct', 'not distinct'] as const
export type NullsRule = (typeof nullsRules)[number]

export const nullsPlaces = ['first', 'last'] as const
export type NullsPlace = (typeof nullsPlaces)[number]

export const queryResults = ['many', 'one', 'none'] as const
export type QueryResult = (typeof queryResults)[number]

export const partitionPeriods = ['day', 'week', 'month', 'year'] as const
export type PartitionPeriod = (typeof partitionPeriods)[number]

/** Who refuses values that the language does not allow: the databases as well, or the emitted code alone. */
export const enforcers = ['store', 'code'] as const
export type Enforcer = (typeof enforcers)[number]

export const validationLevels = ['strict', 'moderate'] as const
/** `off`: the collection has no validator. */
export type ValidationLevel = (typeof validationLevels)[number] | 'off'

export const validationActions = ['error', 'warn'] as const
export type ValidationAction = (typeof validationActions)[number]

/** How much validators of MongoDB do: nothing, warn, or refuse writes (to documents that were valid before, or to all). */
export const validatorModes = ['off', 'warn', 'moderate', 'strict'] as const
export type ValidatorMode = (typeof validatorModes)[number]

export const accessRights = ['create', 'read', 'update', 'delete'] as const

export const enumStorages = ['type', 'check'] as const
export type EnumStorage = (typeof enumStorages)[number]
