import { AsyncLocalStorage } from 'node:async_hooks'
import { UsageError } from '../errors.js'

/** The sessions whose callback the running code is in. */
const around = new AsyncLocalStorage<ReadonlySet<object>>()

/**
 * Refuses a call on a session inside the callback of its own transaction: on a pool it would not be part of the
 * transaction, on a single client it would wait for the end of the transaction that waits for it.
 */
export const refuseOwnCallback = (session: object): void => {
  if (around.getStore()?.has(session) === true)
    throw new UsageError(
      'a storage was called inside the callback of its own $transaction: call the storage that the callback was given',
    )
}

/** Runs the callback of a session's transaction. */
export const runCallback = <Result>(session: object, run: () => Promise<Result>): Promise<Result> =>
  around.run(new Set([...(around.getStore() ?? []), session]), run)
