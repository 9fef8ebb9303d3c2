import type {
  DueRows,
  HookFailure,
  RetainedEntity,
  RetentionFailure,
  RetentionHook,
  RetentionOptions,
  RetentionReport,
  Retired,
} from './report.js'
import type { DuePlace, DueRow, RetentionStore } from './store.js'

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

/** Does what is due, entity by entity. What fails for one does not hold up the others. */
export const runActs = async (
  store: RetentionStore,
  entities: readonly RetainedEntity[],
  options: RetentionOptions,
  hooks: { readonly [name: string]: RetentionHook | undefined },
): Promise<RetentionReport> => {
  const end = Date.now() + (options.maxTime ?? Infinity)
  const mayGoOn = (): boolean => options.signal?.aborted !== true && Date.now() < end
  const { at = new Date(), only } = options
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
