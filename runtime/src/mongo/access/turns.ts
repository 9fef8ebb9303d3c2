import type { Act, Ageing } from './acts.js'
import type { Referring } from './references.js'
import type { MongoStore, Values } from './store.js'

/** A batch that was begun: for which act, as of when, which documents, and what is written elsewhere. */
export interface Noted {
  readonly act: number
  /** The collections of the act, as its place may have come to be another's. */
  readonly from: string
  readonly into: string
  readonly at: Date
  readonly ids: readonly unknown[]
  readonly plan: readonly Values[]
}

/** The work on a collection's documents by one worker at a time, noted so that another can finish it. */
export interface Turn {
  /** The batch that a worker before has left unfinished. */
  readonly left: Noted | null
  /** Notes a batch before it is begun. Throws where the turn has passed to another worker. */
  readonly begin: (batch: Noted) => Promise<void>
  readonly finish: () => Promise<void>
  readonly end: () => Promise<void>
}

/** How workers take turns at a collection where the server has no transactions; null while another has it. Events go first. */
export type Turns = (db: MongoStore, collection: string, isEvent: boolean) => Promise<Turn | null>

/** The rows of an act, by its place among those of its entity. */
export interface Retired {
  readonly act: number
  readonly rows: number
}

/** Whether batches of an entity are noted before they are begun. */
export const isNoted = (of: Referring | Ageing): of is Ageing =>
  'acts' in of && of.acts.some(({ change }) => change.into !== undefined)

const isActOf =
  ({ from, into }: Noted) =>
  (act: Act | undefined): act is Act =>
    act?.from === from && act.change.into === into

/** The act of a batch. Its worker may have had another description, in which acts had other places. */
const actOf = ({ acts }: Ageing, noted: Noted): readonly [index: number, act: Act] => {
  const isIt = isActOf(noted)
  const index = isIt(acts[noted.act]) ? noted.act : acts.findIndex(isIt)
  const act = acts[index]
  if (act === undefined)
    throw new Error(
      `documents of ${noted.from} were left on their way into ${noted.into}, and no act brings them there now: run once what was run before, or delete what is noted of ${noted.from}`,
    )
  return [index, act]
}

/** Finishes what the worker before was cut off in. */
const finishLeft = async (
  db: MongoStore,
  collections: readonly Referring[],
  of: Ageing,
  { left, finish }: Turn,
): Promise<Retired[]> => {
  if (left === null) return []
  const { at, ids, plan } = left
  const [index, act] = actOf(of, left)
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
