/** The classes of SQLSTATE begin so. Node's own codes, `EPIPE` among them, do not. */
const sqlState = /^(?:\d[0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/

/** The SQLSTATE of a driver's error (Postgres manual, appendix A); null for an error that the server did not send. */
export const sqlStateOf = (failure: unknown): string | null => {
  const code: unknown = typeof failure === 'object' && failure !== null ? Reflect.get(failure, 'code') : null
  return typeof code === 'string' && sqlState.test(code) ? code : null
}

/** 25P01, no_active_sql_transaction. */
export const isOutsideTransaction = (failure: unknown): boolean => sqlStateOf(failure) === '25P01'

/** 40001, serialization_failure, and 40P01, deadlock_detected: the server asks for the whole transaction to be run again. */
export const isRetryable = (failure: unknown): boolean => ['40001', '40P01'].includes(sqlStateOf(failure) ?? '')

/**
 * Whether the connection is gone: the driver lost it (no SQLSTATE, class 08), or the server ended it (57P01 to 57P05, such
 * as admin_shutdown and idle_session_timeout; 25P03, idle_in_transaction_session_timeout).
 */
export const isConnectionLoss = (failure: unknown): boolean => {
  const state = sqlStateOf(failure)
  return state === null || state.startsWith('08') || state.startsWith('57P') || state === '25P03'
}

/** Whether a failure of COMMIT leaves open what became of the transaction; 40003 is statement_completion_unknown. */
export const isOutcomeUnknown = (failure: unknown): boolean =>
  isConnectionLoss(failure) || sqlStateOf(failure) === '40003'
