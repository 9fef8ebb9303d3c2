import { setTimeout as wait } from 'node:timers/promises'

/** Time as a schedule needs it, in milliseconds. Tests give their own. */
export interface Clock {
  readonly now: () => number
  /** Ends early when the signal comes. */
  readonly wait: (milliseconds: number, stop: AbortSignal) => Promise<void>
}

export const processClock: Clock = {
  now: () => performance.now(),
  wait: (milliseconds, stop) => wait(milliseconds, undefined, { signal: stop }).catch(() => undefined),
}

/** Timers take no more than 31 bits of milliseconds. */
const longestWait = 2 ** 31 - 1

const waitUntil = async (time: number, stop: AbortSignal, { now, wait }: Clock): Promise<void> => {
  while (!stop.aborted && now() < time) await wait(Math.min(time - now(), longestWait), stop)
}

/**
 * Runs at every multiple of `every` milliseconds since `started`, until it is stopped: how long a run takes moves none of
 * the others. What a run overlaps is left out.
 */
export const repeat = async (
  run: () => Promise<void>,
  every: number,
  started: number,
  stop: AbortSignal,
  clock: Clock = processClock,
): Promise<void> => {
  for (;;) {
    const passed = Math.max(0, Math.floor((clock.now() - started) / every))
    await waitUntil(started + (passed + 1) * every, stop, clock)
    if (stop.aborted) return
    await run()
  }
}
