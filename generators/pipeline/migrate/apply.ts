import { type Phase, phases, readFacts } from '../../evolution/index.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { relationalSchema } from '../../relational/index.js'
import type { PostgresDatabase, SqlClient } from '../retain/database.js'
import type { ChainedPlan } from './chain.js'
import { unaccepted } from './check.js'
import { type Expected, openExpected } from './expected.js'
import { createLedger, type Ledgered, type Position, readPosition, recordEnd, recordStep } from './ledger.js'
import { exclusively, type Patience } from './lock.js'
import { type MigratedSet, stateOf } from './prepare.js'
import type { PlannedStep } from './state.js'

/** What is still to be done in a plan: from which step on, and whether that one was begun already. */
export interface Pending {
  readonly plan: ChainedPlan
  readonly from: number
  readonly isBegun: boolean
}

export const ledgered = ({ state }: MigratedSet): Ledgered => ({
  set: state.set.name,
  schema: state.options.schema,
})

/** The plans that a database has before it. */
export const pendingOf = (
  { at, chain, state }: MigratedSet,
  { model, open }: Position,
): readonly Pending[] | Diagnostic => {
  const { plans } = chain
  const last = model === null ? -1 : plans.findLastIndex(({ plan }) => plan.to === model)
  // A squashed chain begins at nothing and ends where others ended.
  const next = last + 1
  const unknown = report('database-unknown-model', at, { set: state.set.name })
  if (model !== null && last === -1) return unknown
  const rest = plans.slice(next)
  if (open !== null && rest[0]?.hash !== open.plan) return unknown
  return rest.map((plan, index) => ({
    plan,
    from: index === 0 ? (open?.done ?? 0) : 0,
    isBegun: index === 0 && open?.isBegun === true,
  }))
}

/** How plans are applied. */
export interface ApplyOptions extends Patience {
  /** The last phase that is done. */
  readonly through: Phase
  readonly isDry: boolean
  readonly progress: (text: string) => void
}

/** A step that was done, or would be. */
export interface AppliedStep {
  readonly plan: string
  readonly step: string
  readonly statements: readonly string[]
}

export interface Applied {
  readonly diagnostics: readonly Diagnostic[]
  readonly steps: readonly AppliedStep[]
}

interface Applying {
  readonly set: MigratedSet
  readonly client: SqlClient
  readonly options: ApplyOptions
  readonly reasonOf: PostgresDatabase['reasonOf']
}

/** Steps that wait longer for a lock would make everybody behind them wait as well. */
const lockTimeout = '2s'

const isLockedOut = (failure: unknown): boolean => (failure as { readonly code?: unknown } | null)?.code === '55P03'

const blocking = async ({ client }: Applying, step: PlannedStep, at: ChainedPlan): Promise<readonly Diagnostic[]> => {
  const found: Diagnostic[] = []
  for (const { table, where, words } of step.before) {
    const text = `SELECT count(*)::integer AS count FROM ${table} AS it WHERE ${where}`
    const [row] = (await client.query(text, [])).rows as readonly { readonly count: number }[]
    const count = row?.count ?? 0
    if (count > 0) found.push(report('migrate-rows-in-the-way', at.at, { step: step.id, count, words, table }))
  }
  return found
}

const inTransaction = async ({ client, set }: Applying, { plan, from }: Pending): Promise<void> => {
  const step = plan.plan.steps[from]
  await client.query('BEGIN', [])
  try {
    await client.query(`SET LOCAL lock_timeout = '${lockTimeout}'`, [])
    for (const statement of step?.statements ?? []) await client.query(statement, [])
    await recordStep(client, ledgered(set), 'done', plan, from)
    await client.query('COMMIT', [])
  } catch (failure) {
    await client.query('ROLLBACK', []).catch(() => undefined)
    throw failure
  }
}

const isDone = async ({ client }: Applying, { done }: PlannedStep): Promise<boolean> => {
  if (done === null) return false
  const [row] = (await client.query(done, [])).rows as readonly { readonly done: boolean }[]
  return row?.done === true
}

/** It may have been done and not recorded, or left something half made. */
const outsideTransaction = async (applying: Applying, { from, isBegun, plan }: Pending): Promise<void> => {
  const { client, set } = applying
  const step = plan.plan.steps[from]
  if (step === undefined) return
  if (!isBegun) await recordStep(client, ledgered(set), 'begun', plan, from)
  if (!isBegun || !(await isDone(applying, step))) {
    if (isBegun && step.cleanup !== null) await client.query(step.cleanup, [])
    for (const statement of step.statements) await client.query(statement, [])
  }
  await recordStep(client, ledgered(set), 'done', plan, from)
}

const tryStep = (applying: Applying, pending: Pending): Promise<void> =>
  pending.plan.plan.steps[pending.from]?.transaction === 'none'
    ? outsideTransaction(applying, pending)
    : inTransaction(applying, pending)

/** Tries until the step has its locks, or the time for that is over. */
const doStep = async (applying: Applying, pending: Pending, step: PlannedStep): Promise<readonly Diagnostic[]> => {
  const { options, reasonOf } = applying
  const { clock, wait } = options
  const end = clock.now() + wait
  let pause = 250
  let attempt = pending
  for (;;) {
    try {
      const found = await blocking(applying, step, pending.plan)
      if (found.length > 0) return found
      await tryStep(applying, attempt)
      return []
    } catch (failure) {
      const { at } = pending.plan
      if (!isLockedOut(failure)) return [report('migrate-failed', at, { step: step.id, reason: reasonOf(failure) })]
      if (clock.now() >= end) return [report('migrate-locked-out', at, { step: step.id })]
    }
    options.progress(`waiting for others: ${step.id}`)
    await clock.pause(pause)
    pause = Math.min(pause * 2, 8000)
    attempt = { ...pending, isBegun: step.transaction === 'none' }
  }
}

const factsOf = ({ client, set }: Applying) =>
  readFacts(async (text, values) => (await client.query(text, values)).rows, set.state.options.schema)

const mostTold = 5

const elsewhere = (plan: ChainedPlan, differences: readonly string[]): readonly Diagnostic[] =>
  differences.length === 0
    ? []
    : [
        report('database-elsewhere', plan.at, {
          plan: plan.folder,
          differences: differences.slice(0, mostTold),
          more: Math.max(differences.length - mostTold, 0),
        }),
      ]

/** A database without plans must have none of the set's tables: what has them was made in another way. */
const unadopted = async (applying: Applying, { model, open }: Position): Promise<readonly Diagnostic[]> => {
  if (model !== null || open !== null) return []
  const { at, state } = applying.set
  const { objects } = await factsOf(applying)
  const { schema, tables } = relationalSchema(state.set, state.options).value
  const there = tables.filter(({ name }) => objects.has(`table ${name}`)).length
  return there === 0 ? [] : [report('database-not-adopted', at, { tables: there, schema })]
}

/** What a broken attempt left is cleared away before the database is looked at. */
const clearLeftovers = async (applying: Applying, { from, isBegun, plan }: Pending): Promise<void> => {
  const step = plan.plan.steps[from]
  if (!isBegun || step === undefined || step.cleanup === null || (await isDone(applying, step))) return
  await applying.client.query(step.cleanup, [])
}

const isWithin = (through: Phase, { phase }: PlannedStep): boolean => phases.indexOf(phase) <= phases.indexOf(through)

const beforeOf = ({ chain }: MigratedSet, plan: ChainedPlan) => {
  const earlier = chain.plans[chain.plans.indexOf(plan) - 1]
  return earlier === undefined ? null : stateOf(earlier.end)
}

const opened = async (applying: Applying, { from, plan }: Pending): Promise<Expected> => {
  const expected = await openExpected(beforeOf(applying.set, plan), applying.set.state.options.schema)
  for (const step of plan.plan.steps.slice(0, from)) await expected.follow(step)
  return expected
}

/** Applies one plan. `isWhole`: nothing of it is left. */
const applyPlan = async (applying: Applying, pending: Pending): Promise<Applied & { readonly isWhole: boolean }> => {
  const { client, options, set } = applying
  const { plan } = pending
  const all = plan.plan.steps
  const steps: AppliedStep[] = []
  const ended = (diagnostics: readonly Diagnostic[], isWhole = false) => ({ diagnostics, steps, isWhole })
  if (!options.isDry) await clearLeftovers(applying, pending)
  options.progress(`${plan.folder}: looking at the database`)
  const expected = await opened(applying, pending)
  try {
    const begin = pending.isBegun ? [] : await expected.differences(await factsOf(applying))
    if (begin.length > 0) return ended(elsewhere(plan, begin))
    for (let at = pending.from; at < all.length; at++) {
      const step = all[at]
      if (step === undefined || !isWithin(options.through, step)) return ended([])
      steps.push({ plan: plan.folder, step: step.id, statements: step.statements })
      if (options.isDry) continue
      options.progress(`${plan.folder}: ${step.id}`)
      const found = await doStep(applying, { plan, from: at, isBegun: at === pending.from && pending.isBegun }, step)
      if (found.length > 0) {
        steps.pop()
        return ended(found)
      }
      await expected.follow(step)
      const isLastOfPhase = all[at + 1]?.phase !== step.phase
      const drifted = isLastOfPhase ? await expected.differences(await factsOf(applying)) : []
      if (drifted.length > 0) return ended(elsewhere(plan, drifted))
    }
    if (!options.isDry) await recordEnd(client, ledgered(set), plan)
    return ended([], true)
  } finally {
    await expected.close()
  }
}

const applyAll = async (applying: Applying): Promise<Applied> => {
  const { client, options, set } = applying
  const position = await readPosition(client, ledgered(set))
  const pending = pendingOf(set, position)
  if ('code' in pending) return { diagnostics: [pending], steps: [] }
  const hazards = pending.flatMap(({ plan }) => unaccepted(plan))
  const found = [...hazards, ...(await unadopted(applying, position))]
  if (found.length > 0) return { diagnostics: found, steps: [] }
  const steps: AppliedStep[] = []
  for (const one of pending) {
    const applied = await applyPlan(applying, one)
    steps.push(...applied.steps)
    if (!applied.isWhole) return { diagnostics: applied.diagnostics, steps }
    // What a plan that is only shown would lead to, the next one cannot be compared with.
    if (options.isDry) break
  }
  return { diagnostics: [], steps }
}

/** Brings a database to the end of a set's plans, or as far as it goes. What is done stays done, and is recorded. */
export const applySet = async (
  set: MigratedSet,
  database: PostgresDatabase,
  options: ApplyOptions,
): Promise<Applied> => {
  const { reasonOf, session } = database
  try {
    const applied = await session(async (client) => {
      const applying: Applying = { set, client, options, reasonOf }
      if (options.isDry) return applyAll(applying)
      await client.query('SET statement_timeout = 0', [])
      return exclusively(client, ledgered(set), options, async () => {
        await createLedger(client)
        return applyAll(applying)
      })
    })
    return 'code' in applied ? { diagnostics: [applied], steps: [] } : applied
  } catch (failure) {
    return {
      diagnostics: [report('database-refused', null, { store: 'postgres', reason: reasonOf(failure) })],
      steps: [],
    }
  }
}
