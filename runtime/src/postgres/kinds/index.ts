export type { ColumnKind } from './kind.js'
export { listOf, realsOf } from './lists.js'
export * from './scalars.js'
