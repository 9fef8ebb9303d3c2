export type { ColumnKind } from './kind.js'
export { listOf } from './lists.js'
export * from './scalars.js'
