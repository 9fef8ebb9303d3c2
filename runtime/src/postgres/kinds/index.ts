export type { ColumnKind } from './kind.js'
export { jsonListOf, listOf, realsOf } from './lists.js'
export * from './scalars.js'
