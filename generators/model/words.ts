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

export const queryResults = ['many', 'one', 'none'] as const
export type QueryResult = (typeof queryResults)[number]

export const partitionPeriods = ['day', 'week', 'month', 'year'] as const
export type PartitionPeriod = (typeof partitionPeriods)[number]

export const validationLevels = ['strict', 'moderate'] as const
export type ValidationLevel = (typeof validationLevels)[number]

export const validationActions = ['error', 'warn'] as const
export type ValidationAction = (typeof validationActions)[number]

export const accessRights = ['create', 'read', 'update', 'delete'] as const

export const enumStorages = ['type', 'check'] as const
export type EnumStorage = (typeof enumStorages)[number]
