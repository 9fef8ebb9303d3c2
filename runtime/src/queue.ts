/** Runs tasks one after another, in the order in which they were given. */
export interface Queue {
  /** Runs a task once all earlier ones have ended, whether they succeeded or failed. */
  run<Result>(task: () => Promise<Result>): Promise<Result>
  /** Resolves once no task is running or waiting. */
  idle(): Promise<void>
}

export const createQueue = (): Queue => {
  let last: Promise<unknown> = Promise.resolve()
  return {
    run: (task) => {
      const result = last.then(task)
      last = result.catch(() => null)
      return result
    },
    idle: async () => {
      // A task may have been added while the last one ran.
      for (let seen: unknown = null; seen !== last; ) {
        seen = last
        await last
      }
    },
  }
}
