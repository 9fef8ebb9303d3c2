/** What a transaction came to. */
export interface Outcome<Result> {
  readonly result: PromiseSettledResult<Result>
  /** The first statement of it that failed, whose error the callback may have wrapped or swallowed; null where all succeeded. */
  readonly failure: Failure | null
}

/** What a statement threw, which may be anything. */
export interface Failure {
  readonly cause: unknown
}

/** The result of a transaction. Throws the reason for which it was rolled back. */
export const resultOf = <Result>({ result }: Outcome<Result>): Result => {
  if (result.status === 'rejected') throw result.reason
  return result.value
}
