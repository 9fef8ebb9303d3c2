import { describe, expect, test } from 'vitest'
import { type Clock, repeat } from '../../../generators/cli/retention/schedule.js'
import { endAtOnce, type SignalSource, stopRequestsOf } from '../../../generators/cli/stop-requests.js'

/** Time that passes only by waiting and by what runs take. */
const fakeClock = (): Clock & { readonly pass: (milliseconds: number) => void } => {
  let time = 1000
  const pass = (milliseconds: number): void => {
    time += milliseconds
  }
  return {
    now: () => time,
    wait: async (milliseconds, stop) => {
      if (!stop.aborted) pass(milliseconds)
    },
    pass,
  }
}

/** When runs began that took so long each, one after the other, until the last of them asked to stop. */
const startsOf = async (lasting: readonly number[], every: number): Promise<readonly number[]> => {
  const [clock, stop, starts] = [fakeClock(), new AbortController(), [] as number[]]
  const run = async (): Promise<void> => {
    const took = lasting[starts.length] ?? 0
    starts.push(clock.now())
    clock.pass(took)
    if (starts.length === lasting.length) stop.abort()
  }
  await repeat(run, every, clock.now(), stop.signal, clock)
  return starts
}

describe('runs again and again', () => {
  test('are so far apart however long they take', async () => {
    expect(await startsOf([3, 99, 0, 40], 100)).toEqual([1100, 1200, 1300, 1400])
  })

  test('leave out what a long run overlapped', async () => {
    expect(await startsOf([250, 0], 100)).toEqual([1100, 1400])
  })

  test('wait longer than a timer can', async () => {
    const month = 30 * 864e5
    expect(await startsOf([0, 0], month)).toEqual([1000 + month, 1000 + 2 * month])
  })

  test('do not begin after the signal', async () => {
    const stop = new AbortController()
    stop.abort()
    await repeat(() => Promise.reject(new Error('ran')), 100, 0, stop.signal, fakeClock())
  })
})

describe('requests to stop', () => {
  const source = () => {
    const listeners = new Set<string | (() => void)>([endAtOnce])
    const signals: SignalSource = {
      on: (_, listener) => listeners.add(listener),
      off: (_, listener) => listeners.delete(listener),
    }
    return { listeners, signals }
  }

  test('take the place of the sudden end, and give it back', () => {
    const { listeners, signals } = source()
    const { ignore, signal } = stopRequestsOf(signals)
    expect(listeners.has(endAtOnce)).toBe(false)
    const [stop] = listeners as Set<() => void>
    expect(signal.aborted).toBe(false)
    stop?.()
    expect(signal.aborted).toBe(true)
    ignore()
    expect([...listeners]).toEqual([endAtOnce])
  })
})
