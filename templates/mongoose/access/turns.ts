import type { Ageing } from './acts.js'
import type { Referring } from './references.js'
import type { MongoStore, Values } from './store.js'

/** A batch that was begun: for which act, as of when, which documents, and what is written elsewhere. */
export interface Noted {
  readonly act: number
  readonly at: Date
  readonly ids: readonly unknown[]
  readonly plan: readonly Values[]
}

/** The work on an entity's rows by one worker at a time, noted so that another can finish it. */
export interface Turn {
  /** The batch that a worker before has left unfinished. */
  readonly left: Noted | null
  /** Notes a batch before it is begun. Throws where the turn has passed to another worker. */
  readonly begin: (batch: Noted) => Promise<void>
  readonly finish: () => Promise<void>
  readonly end: () => Promise<void>
}

/** How workers take turns at an entity where the server has no transactions; null while another has it. */
export type Turns = (db: MongoStore, entity: string) => Promise<Turn | null>

/** The rows of an act, by its place among those of its entity. */
export interface Retired {
  readonly act: number
  readonly rows: number
}

/** Whether batches of an entity are noted before they are begun. */
export const isNoted = (of: Referring | Ageing): of is Ageing =>
  'acts' in of && of.acts.some(({ change }) => change.noted)

/** Finishes what the worker before was cut off in. */
const finishLeft = async (
  db: MongoStore,
  collections: readonly Referring[],
  of: Ageing,
  { left, finish }: Turn,
): Promise<Retired[]> => {
  const act = left === null ? undefined : of.acts[left.act]
  if (left === null || act === undefined) return []
  const { act: index, at, ids, plan } = left
  const rows = await act.change.done({ db, collections, of, act, at, ids }, plan)
  await finish()
  return [{ act: index, rows }]
}

/** Runs in a turn that was taken, once what was left unfinished is finished, and ends it. */
export const inTurn = async <Result>(
  db: MongoStore,
  collections: readonly Referring[],
  of: Ageing,
  turn: Turn,
  run: (finished: Retired[]) => Promise<Result>,
): Promise<Result> => {
  try {
    return await run(await finishLeft(db, collections, of, turn))
  } finally {
    // What cannot be said now lapses.
    await turn.end().catch(() => undefined)
  }
}
