import { UsageError } from '../errors.js'
import type { Failure } from './outcome.js'

/** The statements of one transaction: those that are under way, and the first that failed. */
export class Statements {
  readonly #pending = new Set<Promise<unknown>>()
  #failure: Failure | null = null
  #isOver = false

  get failure(): Failure | null {
    return this.#failure
  }

  /** The transaction is over, whatever becomes of the error. */
  fail(cause: unknown): void {
    this.#failure ??= { cause }
  }

  /** Runs a statement, whose failure fails the transaction. */
  run<Result>(statement: () => PromiseLike<Result>): Promise<Result> {
    return this.track(async () => {
      try {
        return await statement()
      } catch (cause) {
        this.fail(cause)
        throw cause
      }
    })
  }

  /** Runs a task that the end of the transaction waits for. */
  async track<Result>(task: () => Promise<Result>): Promise<Result> {
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
