export {
  type ChangedTable,
  countRows,
  deleteRows,
  hasRows,
  incrementRow,
  updateRows,
  type WrittenColumn,
} from './changes.js'
export type { PoolClient, Rows, SqlClient, SqlPool } from './client.js'
export {
  type OrderColumn,
  type OrderColumns,
  type PageRequest,
  type PageSource,
  pageSql,
  readStoredPage,
  type StoredPage,
} from './pages.js'
export { type Session, sessionOf } from './session.js'
export { type ConditionColumn, type ConditionColumns, type Parameter, whereSql } from './where.js'
