import { UnknownOutcomeError, UsageError } from '../errors.js'
import type { Failure, Outcome } from '../transactions/outcome.js'
import { Statements } from '../transactions/statements.js'
import type { Rows, SqlClient } from './client.js'
import { isConnectionLoss, isOutcomeUnknown, isOutsideTransaction } from './sqlstate.js'

/** The statements that end a transaction, or a savepoint within one. */
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

/** What a transaction came to, and whether its connection can be used again. */
export interface ClientOutcome<Result> extends Outcome<Result> {
  readonly isBroken: boolean
}

/** A client inside a transaction, for as long as the callback runs. */
export interface OpenTransaction extends SqlClient {
  /** Runs `run` at a savepoint. What fails there fails the transaction around it only if it cannot be rolled back. */
  nested<Result>(run: (transaction: OpenTransaction) => Promise<Result>): Promise<Outcome<Result>>
}

const openTransaction = (client: SqlClient, depth: number, statements: Statements): OpenTransaction => ({
  query: (text: string, values: unknown[]): Promise<Rows> => statements.run(() => client.query(text, values)),
  nested: (run) =>
    statements.track(async () => {
      const outcome = await runTransaction(client, depth + 1, run)
      if (outcome.isBroken) statements.fail(outcome.failure?.cause ?? new UsageError('a savepoint was not rolled back'))
      return outcome
    }),
})

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

/** Whether it was rolled back. A failed ROLLBACK hides nothing: what led to it is thrown, and the connection is broken. */
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

const rejected = (reason: unknown, failure: Failure | null, isBroken: boolean): ClientOutcome<never> => ({
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
): Promise<ClientOutcome<Result>> => {
  let bounds: Bounds
  try {
    bounds = await begin(client, depth)
  } catch (cause) {
    return rejected(cause, { cause }, isConnectionLoss(cause))
  }
  const statements = new Statements()
  const [result] = await Promise.allSettled([(async () => run(openTransaction(client, depth, statements)))()])
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
