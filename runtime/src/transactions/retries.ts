import { type Outcome, resultOf } from './outcome.js'

/** How a transaction runs. */
export interface TransactionOptions {
  /**
   * How many more times the callback runs where the database asks for that (a deadlock, a conflict with another
   * transaction): 5 by default. What the callback does outside of the database is then done again.
   */
  readonly retry?: number | undefined
}

/** The longest first pause, in milliseconds; each further one may be twice as long, up to the longest. */
const firstPause = 10
const longestPause = 1_000

/** Two that met once must not meet again: the pause is drawn from the whole range. */
export const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, Math.random() * Math.min(longestPause, firstPause * 2 ** attempt))
  })

/** Runs a transaction, again where it failed for a reason that the database asks to be tried again for. */
export const runWithRetries = async <Result>(
  { retry = 5 }: TransactionOptions,
  isRetryable: (failure: unknown) => boolean,
  run: () => Promise<Outcome<Result>>,
): Promise<Result> => {
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await run()
    const { result, failure } = outcome
    if (result.status === 'fulfilled' || attempt >= retry || !isRetryable(failure?.cause ?? result.reason))
      return resultOf(outcome)
    await pause(attempt)
  }
}
