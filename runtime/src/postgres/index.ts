export type { PoolClient, Rows, SqlClient, SqlPool } from './client.js'
export { type Session, sessionOf, type TransactionOptions } from './session.js'
export { type ConditionColumn, type ConditionColumns, type Parameter, whereSql } from './where.js'
