import type { Fault } from './fault.js'

/** Makes faults of one target from what is no longer held, where it is noticed, and the change. */
export const textFault =
  (fileOf: (entity: string) => string) =>
  (what: string, entity: string, at: string, from: string, to: string): Fault => ({
    what,
    file: fileOf(entity),
    change: { from, to },
    entity,
    at,
  })
