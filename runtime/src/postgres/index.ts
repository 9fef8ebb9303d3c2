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
  asJson,
  type EncryptionKeys,
  encryptedColumn,
  insertRow,
  ofJson,
  plainColumn,
  readValue,
  replaceValue,
} from './encryption.js'
export * as kinds from './kinds/index.js'
export { page } from './lists.js'
export {
  type OrderColumn,
  type OrderColumns,
  type PageRequest,
  type PageSource,
  pageSql,
  readStoredPage,
  type StoredPage,
} from './pages.js'
export type { Constraints } from './refusals.js'
export {
  type ColumnDescription,
  type InnerDescription,
  type TableDescription,
  tableOf,
  type UniqueDescription,
} from './repository/describe.js'
export type { InsertedColumn, InsertedColumns } from './repository/new-rows.js'
export type { EntityTable, TableUnique } from './repository/table.js'
export { type RetainedSource, retentionStore, touchedBy } from './retention.js'
export { all, asReturned, encoded, insertedAll, none, one, only, run, updated, upserted } from './rows.js'
export { type Session, sessionOf } from './session.js'
export { createStorage, type StorageDescription } from './storage.js'
export { type ConditionColumn, type ConditionColumns, type Parameter, type ValueColumn, whereSql } from './where.js'
