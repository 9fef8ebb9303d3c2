/** What a run does to rows: sets fields, moves rows to an archive, or deletes them. */
export type RetentionAction = 'set' | 'archive' | 'delete'

/** What a run does to the rows of one place: a step of an entity's `retention`, in its table or in an archive of it. */
export interface RetentionAct {
  /** From 1, as the steps stand in the description. */
  readonly step: number
  readonly action: RetentionAction
  /** The table or collection that the rows are in. */
  readonly from: string
  /** The archive that rows are moved to. */
  readonly into: string | null
  /** When rows are due, in words: `after 90 days of created_at`. */
  readonly due: string
  /** The name, in the description, of the bot's function that each row is handed to first. */
  readonly hook: string | null
}

/** The retention of an entity. Milliseconds; null where the description leaves it open. */
export interface RetainedEntity {
  readonly entity: string
  readonly every: number | null
  readonly batch: number
  readonly acts: readonly RetentionAct[]
}

/** How many rows are due for an act, and since when: the earliest clock of theirs. */
export interface DueRows extends RetentionAct {
  readonly entity: string
  readonly rows: number
  readonly oldest: Date | null
}

/** How many rows a run has done an act to. */
export interface Retired extends RetentionAct {
  readonly entity: string
  readonly rows: number
}

/** Whose row a hook is handed, for which step, at which moment of the run, for which time in this run (from 1). */
export interface HookContext {
  readonly entity: string
  readonly step: number
  readonly at: Date
  readonly attempt: number
}

export type RetentionHook<Row = never> = (row: Row, context: HookContext) => unknown

/**
 * A hook failed for a row as often as it was tried in this run; or the row could not be read, and none was tried. It is
 * left as it is, for the next run.
 */
export interface HookFailure {
  readonly entity: string
  readonly step: number
  readonly hook: string
  /** The key of the row. */
  readonly key: { readonly [property: string]: unknown }
  readonly attempts: number
  readonly error: unknown
}

/** Something about a whole entity that a run could not do: what the store said. */
export interface RetentionFailure {
  readonly entity: string
  readonly error: unknown
}

export interface RetentionOptions {
  /** The moment to act as of; the present by default. */
  readonly at?: Date | undefined
  /** Rows at a time, from 1; by default what the description says of the entity, or 1000. */
  readonly batch?: number | undefined
  /** Only these entities; all by default. */
  readonly only?: readonly string[] | undefined
  /** How often a hook is tried for a row; 3 by default. */
  readonly attempts?: number | undefined
  /** The wait before a hook is tried again in milliseconds, twice as long each time; 200 by default. */
  readonly wait?: number | undefined
  /** No batch begins after so many milliseconds. */
  readonly maxTime?: number | undefined
  /** No batch begins after this is aborted. */
  readonly signal?: AbortSignal | undefined
  /** Told of each batch, with the rows of that batch. */
  readonly onBatch?: ((retired: Retired) => void) | undefined
}

export interface RetentionReport {
  readonly at: Date
  /** By entity and act, those with rows. */
  readonly retired: readonly Retired[]
  /** Rows that a hook failed for. */
  readonly hookFailures: readonly HookFailure[]
  /** Acts with due rows that were not done, since their hook was not given. */
  readonly withoutHook: readonly DueRows[]
  readonly failures: readonly RetentionFailure[]
  /** False where the time was up, or the signal came, before all was done. */
  readonly finished: boolean
}

/** What an event did to rows of one place by the rule of one field. */
export interface Touched {
  readonly entity: string
  /** The table or collection, archive or summary that the rows were in. */
  readonly from: string
  readonly field: string
  readonly did: 'deleted' | 'changed' | 'kept'
  readonly rows: number
  /** Why rows were kept. */
  readonly because: string | null
}

/** A due row that a hook is to be handed. */
export interface DueRow {
  readonly key: { readonly [property: string]: unknown }
  readonly row: unknown
}

/** A due row that is not what its description says, so that no hook can be handed it. */
export interface UnreadRow {
  readonly key: DueRow['key']
  readonly error: unknown
}

/** Some due rows, the longest due first. */
export interface DuePage {
  readonly rows: readonly DueRow[]
  readonly unread?: readonly UnreadRow[]
  /** Where the next page begins; null after the last row. */
  readonly next: DuePlace | null
}

/** A place in the order of due rows, which only the store that gave it reads. */
export type DuePlace = unknown

/** Is told of rows that an act was done to, as soon as nothing can undo that. */
export type TellRetired = (act: number, rows: number) => void

/** What a store does for a run. Acts are given by their place in the entity's list. */
export interface RetentionStore {
  /** Does the acts without hooks, each to the end before the next, to at most `batch` rows. */
  readonly retire: (entity: string, at: Date, batch: number, tell: TellRetired) => Promise<void>
  /** Rows that are due for an act. */
  readonly dueRows: (entity: string, act: number, at: Date, batch: number, after: DuePlace | null) => Promise<DuePage>
  /** Does an act to those of the rows that are still due; how many those were. */
  readonly settle: (entity: string, act: number, at: Date, keys: readonly DueRow['key'][]) => Promise<number>
  /** How many rows are due for each act of an entity. */
  readonly due: (
    entity: string,
    at: Date,
  ) => Promise<readonly { readonly act: number; readonly rows: number; readonly oldest: Date | null }[]>
}

type Age = 'seconds' | 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'years'

const milliseconds = { seconds: 1e3, minutes: 6e4, hours: 36e5, days: 864e5, weeks: 6048e5 } as const

/** Months before a moment, in UTC: at the end of a month that has no such day. */
const monthsBefore = (at: Date, months: number): Date => {
  const first = new Date(at)
  first.setUTCDate(1)
  first.setUTCMonth(first.getUTCMonth() - months)
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(at.getUTCDate(), days))
  return first
}

/**
 * The moment so long before another, in UTC: what lies at it or before it is so old. Months and years are those of the
 * calendar, as Postgres counts them (manual, 9.9: `timestamp - interval`).
 */
export const cutoff = (at: Date, count: number, unit: Age): Date => {
  switch (unit) {
    case 'months':
      return monthsBefore(at, count)
    case 'years':
      return monthsBefore(at, count * 12)
    default:
      return new Date(at.getTime() - count * milliseconds[unit])
  }
}

/** The state of a run: what it has done, and whether it may go on. */
interface Run {
  readonly at: Date
  readonly options: RetentionOptions
  readonly hooks: { readonly [name: string]: RetentionHook | undefined }
  readonly retired: Map<string, Retired>
  readonly hookFailures: HookFailure[]
  readonly withoutHook: DueRows[]
  readonly failures: RetentionFailure[]
  readonly mayGoOn: () => boolean
}

const batchOf = ({ options }: Run, { batch }: RetainedEntity): number => options.batch ?? batch

const noted = (run: Run, { entity, acts }: RetainedEntity, act: number, rows: number): void => {
  const done = acts[act]
  if (done === undefined || rows === 0) return
  const name = `${entity} ${act}`
  run.retired.set(name, { ...done, entity, rows: rows + (run.retired.get(name)?.rows ?? 0) })
  run.options.onBatch?.({ ...done, entity, rows })
}

/** Batches of the acts without hooks, until one is not full. */
const retireAll = async (run: Run, store: RetentionStore, of: RetainedEntity): Promise<void> => {
  const batch = batchOf(run, of)
  for (let isFull = true; isFull && run.mayGoOn(); ) {
    let rows = 0
    await store.retire(of.entity, run.at, batch, (act, done) => {
      noted(run, of, act, done)
      rows += done
    })
    isFull = rows >= batch
  }
}

const waited = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Hands a row to a hook until it succeeds, which gives null; or as often as it is to be tried: what it threw last. */
const handed = async (
  { at, options: { attempts = 3, wait = 200 }, mayGoOn }: Run,
  hook: RetentionHook,
  row: unknown,
  of: { readonly entity: string; readonly step: number },
): Promise<{ readonly attempts: number; readonly error: unknown } | null> => {
  for (let attempt = 1; ; attempt++) {
    try {
      await hook(row as never, { ...of, at, attempt })
      return null
    } catch (error) {
      if (attempt >= attempts || !mayGoOn()) return { attempts: attempt, error }
      await waited(wait * 2 ** (attempt - 1))
    }
  }
}

/** Hands due rows to the hook of an act, page after page, and does the act to those it succeeded for. */
const retireWithHook = async (
  run: Run,
  store: RetentionStore,
  of: RetainedEntity,
  act: number,
  { step, hook: name }: { readonly step: number; readonly hook: string },
  hook: RetentionHook,
): Promise<void> => {
  let after: DuePlace | null = null
  do {
    const page = await store.dueRows(of.entity, act, run.at, batchOf(run, of), after)
    const keys: DueRow['key'][] = []
    const failed = { entity: of.entity, step, hook: name }
    for (const unread of page.unread ?? []) run.hookFailures.push({ ...failed, ...unread, attempts: 0 })
    for (const { key, row } of page.rows) {
      if (!run.mayGoOn()) break
      const failure = await handed(run, hook, row, { entity: of.entity, step })
      if (failure === null) keys.push(key)
      else run.hookFailures.push({ ...failed, key, ...failure })
    }
    if (keys.length > 0) noted(run, of, act, await store.settle(of.entity, act, run.at, keys))
    after = page.next
  } while (after !== null && run.mayGoOn())
}

/** Notes an act that cannot be done, where it has due rows. */
const leftUndone = async (run: Run, store: RetentionStore, { entity, acts }: RetainedEntity, act: number) => {
  const left = acts[act]
  const due = (await store.due(entity, run.at)).find((one) => one.act === act)
  if (left !== undefined && due !== undefined && due.rows > 0) run.withoutHook.push({ ...left, ...due, entity })
}

/** Acts with hooks come after those without, which leave alone what waits for a hook; and what they free comes last. */
const retireEntity = async (run: Run, store: RetentionStore, of: RetainedEntity): Promise<void> => {
  await retireAll(run, store, of)
  let hasHooks = false
  for (const [index, { step, hook: name }] of of.acts.entries()) {
    if (name === null || !run.mayGoOn()) continue
    const hook = run.hooks[name]
    if (hook === undefined) await leftUndone(run, store, of, index)
    else await retireWithHook(run, store, of, index, { step, hook: name }, hook)
    hasHooks ||= hook !== undefined
  }
  if (hasHooks) await retireAll(run, store, of)
}

/**
 * Does what is due, entity by entity. What fails for one does not hold up the others. Throws a `RangeError` for a batch
 * or a date that is none.
 */
export const runActs = async (
  store: RetentionStore,
  entities: readonly RetainedEntity[],
  options: RetentionOptions,
  hooks: { readonly [name: string]: RetentionHook | undefined },
): Promise<RetentionReport> => {
  const end = Date.now() + (options.maxTime ?? Infinity)
  const mayGoOn = (): boolean => options.signal?.aborted !== true && Date.now() < end
  const { at = new Date(), batch = 1, only } = options
  if (!Number.isInteger(batch) || batch < 1) throw new RangeError('a batch is a whole number of rows, from 1')
  if (Number.isNaN(at.getTime())) throw new RangeError('a run acts as of a moment, and this date is none')
  const run: Run = {
    at,
    options,
    hooks,
    retired: new Map(),
    hookFailures: [],
    withoutHook: [],
    failures: [],
    mayGoOn,
  }
  for (const of of entities) {
    if (only?.includes(of.entity) === false || !mayGoOn()) continue
    try {
      await retireEntity(run, store, of)
    } catch (error) {
      run.failures.push({ entity: of.entity, error })
    }
  }
  const { retired, hookFailures, withoutHook, failures } = run
  return { at, retired: [...retired.values()], hookFailures, withoutHook, failures, finished: mayGoOn() }
}

/** How many rows are due for what, of all acts. Nothing is changed. */
export const planActs = async (
  store: RetentionStore,
  entities: readonly RetainedEntity[],
  at: Date,
): Promise<DueRows[]> => {
  const plan: DueRows[] = []
  for (const { entity, acts } of entities) {
    for (const { act, rows, oldest } of await store.due(entity, at)) {
      const planned = acts[act]
      if (planned !== undefined) plan.push({ ...planned, entity, rows, oldest })
    }
  }
  return plan
}
