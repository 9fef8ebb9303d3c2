import { UnknownOutcomeError, UsageError } from '../errors.js'
import type { Rows, SqlClient } from './client.js'
import { isConnectionLoss, isOutcomeUnknown, isOutsideTransaction } from './sqlstate.js'

/** The statements that begin and end a transaction, or a savepoint within one. */
interface Bounds {
  readonly commit: string
  readonly rollback: readonly string[]
  readonly isOutermost: boolean
}

const outermost: Bounds = { commit: 'COMMIT', rollback: ['ROLLBACK'], isOutermost: true }

/** Postgres forgets a savepoint at its release, so that names may repeat; the depth makes a log readable. */
const savepoint = (name: string): Bounds => ({
  commit: `RELEASE SAVEPOINT ${name}`,
  rollback: [`ROLLBACK TO SAVEPOINT ${name}`, `RELEASE SAVEPOINT ${name}`],
  isOutermost: false,
})

/** What a transaction came to. */
export interface Outcome<Result> {
  readonly result: PromiseSettledResult<Result>
  /** The first statement of it that failed, whose error the callback may have wrapped or swallowed; null where all succeeded. */
  readonly failure: { readonly cause: unknown } | null
  /** Its connection cannot be used again. */
  readonly isBroken: boolean
}

/** A client inside a transaction, for as long as the callback runs. */
export interface OpenTransaction extends SqlClient {
  /** Runs `run` at a savepoint. What fails there fails the transaction around it only if it cannot be rolled back. */
  nested<Result>(run: (transaction: OpenTransaction) => Promise<Result>): Promise<Outcome<Result>>
}

/** Statements of one transaction: those that are under way, and the first that failed. */
class Statements implements OpenTransaction {
  readonly #client: SqlClient
  readonly #depth: number
  readonly #pending = new Set<Promise<unknown>>()
  #failure: Outcome<never>['failure'] = null
  #isOver = false

  constructor(client: SqlClient, depth: number) {
    this.#client = client
    this.#depth = depth
  }

  get failure(): Outcome<never>['failure'] {
    return this.#failure
  }

  async query(text: string, values: unknown[]): Promise<Rows> {
    return this.#track(async () => {
      try {
        return await this.#client.query(text, values)
      } catch (cause) {
        this.#failure ??= { cause }
        throw cause
      }
    })
  }

  nested<Result>(run: (transaction: OpenTransaction) => Promise<Result>): Promise<Outcome<Result>> {
    return this.#track(async () => {
      const outcome = await runTransaction(this.#client, this.#depth + 1, run)
      if (outcome.isBroken)
        this.#failure ??= outcome.failure ?? { cause: new UsageError('a savepoint was not rolled back') }
      return outcome
    })
  }

  async #track<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#isOver) throw new UsageError('this transaction is over: await every call inside its callback')
    const running = task()
    this.#pending.add(running)
    try {
      return await running
    } finally {
      this.#pending.delete(running)
    }
  }

  /** Waits for what the callback did not await; nothing runs after that. */
  async end(): Promise<void> {
    while (this.#pending.size > 0) await Promise.allSettled(this.#pending)
    this.#isOver = true
  }
}

/**
 * Begins a transaction, or a savepoint where one is open already: `SAVEPOINT` tells, on every client, also where the
 * caller has begun it by hand.
 */
const begin = async (client: SqlClient, depth: number): Promise<Bounds> => {
  const name = `botschema_${depth}`
  try {
    await client.query(`SAVEPOINT ${name}`, [])
    return savepoint(name)
  } catch (failure) {
    if (!isOutsideTransaction(failure)) throw failure
    await client.query('BEGIN', [])
    return outermost
  }
}

/** A failed ROLLBACK hides nothing: what led to it is thrown, and the connection is broken. */
const rollBack = async (client: SqlClient, { rollback }: Bounds): Promise<boolean> => {
  try {
    for (const statement of rollback) await client.query(statement, [])
    return true
  } catch {
    return false
  }
}

const commit = async (client: SqlClient, bounds: Bounds): Promise<void> => {
  try {
    const { command } = await client.query(bounds.commit, [])
    if (command === 'ROLLBACK')
      throw new UsageError('Postgres rolled the transaction back: a statement in it had failed')
  } catch (failure) {
    throw bounds.isOutermost && !UsageError.is(failure) && isOutcomeUnknown(failure)
      ? new UnknownOutcomeError(failure)
      : failure
  }
}

/** After a COMMIT that failed no transaction is open any more; after a RELEASE the savepoint still is. */
const isRolledBack = async (client: SqlClient, bounds: Bounds): Promise<boolean> =>
  bounds.isOutermost || rollBack(client, bounds)

const rejected = (reason: unknown, failure: Outcome<never>['failure'], isBroken: boolean): Outcome<never> => ({
  result: { status: 'rejected', reason },
  failure,
  isBroken,
})

/**
 * Runs `run` in a transaction on one client: commits when it resolves, rolls back when it rejects. Once a statement has
 * failed the transaction is over, also where `run` caught the error: Postgres would answer COMMIT with ROLLBACK, without
 * an error.
 */
export const runTransaction = async <Result>(
  client: SqlClient,
  depth: number,
  run: (transaction: OpenTransaction) => Promise<Result>,
): Promise<Outcome<Result>> => {
  let bounds: Bounds
  try {
    bounds = await begin(client, depth)
  } catch (cause) {
    return rejected(cause, { cause }, isConnectionLoss(cause))
  }
  const statements = new Statements(client, depth)
  const [result] = await Promise.allSettled([(async () => run(statements))()])
  await statements.end()
  const { failure } = statements
  if (result.status === 'rejected' || failure !== null) {
    const reason: unknown = result.status === 'rejected' ? result.reason : failure?.cause
    return rejected(reason, failure, !(await rollBack(client, bounds)))
  }
  try {
    await commit(client, bounds)
    return { result, failure: null, isBroken: false }
  } catch (cause) {
    return rejected(cause, { cause }, UnknownOutcomeError.is(cause) || !(await isRolledBack(client, bounds)))
  }
}
