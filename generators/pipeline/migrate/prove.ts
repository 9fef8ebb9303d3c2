import { type ListeningEngine, openEmbedded } from '../../engines/postgres/embedded.js'
import {
  type Ask,
  type Difference,
  differencesOf,
  type Facts,
  type HazardKind,
  likenessOn,
  type NamedChange,
  objectName,
  readFacts,
} from '../../evolution/index.js'
import type { TableRows } from '../conformance/migrated/rows.js'
import { emittedSql, type Wanted } from '../drift/wanted.js'
import { compareRows, readRows } from './kept.js'
import { observe } from './observe.js'
import type { PostgresState } from './planning.js'
import type { PlannedStep } from './state.js'

/** Something that a plan does and must not do. `step` is null where it shows at its end. */
export interface Failure {
  readonly step: string | null
  readonly problem: string
}

/** A plan with what was observed of it. */
export interface Proved {
  readonly steps: readonly PlannedStep[]
  readonly failures: readonly Failure[]
  /** The rows of before that the plan was done over. */
  readonly tables: readonly TableRows[]
  readonly unproved: readonly string[]
}

const askOf =
  (engine: ListeningEngine): Ask =>
  (text, values) =>
    engine.query(text, values)

const reasonOf = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure))

const describe = ({ kind, object }: Difference): string =>
  `${objectName(object)} is ${kind === 'unfit' ? 'not in force' : kind}`

/** What is not as a fresh schema has it; one that a column's order alone tells apart is the same. */
const differing = async (wanted: Facts, found: Facts, ask: Ask): Promise<readonly string[]> => {
  const { differences, unmanaged } = await differencesOf(wanted, found, likenessOn(ask, found))
  return [...differences.map(describe), ...unmanaged.map((object) => `${objectName(object)} is left over`)]
}

interface InTheWayCount {
  readonly removed: string | null
  /** No row of before can stay as it is. */
  readonly isAll: boolean
}

/** Counts the rows that are in the way of a step, and takes them out, as whoever applies the plan has to. */
const clearWay = async (engine: ListeningEngine, { before }: PlannedStep): Promise<InTheWayCount> => {
  const removed: string[] = []
  let isAll = false
  for (const { table, where, words } of before) {
    const [counted] = await engine.query<{ readonly all: number; readonly blocked: number }>(
      `SELECT count(*)::integer AS all, count(*) FILTER (WHERE ${where})::integer AS blocked FROM ${table} AS it`,
    )
    const { all = 0, blocked = 0 } = counted ?? {}
    if (blocked === 0) continue
    if (blocked === all) isAll = true
    removed.push(`${blocked} of ${all} rows ${words} were taken out of ${table} first`)
    await engine.exec(
      `SET session_replication_role = replica; DELETE FROM ${table} AS it WHERE ${where}; RESET session_replication_role`,
    )
  }
  return { removed: removed.length === 0 ? null : removed.join('; '), isAll }
}

const run = async (engine: ListeningEngine, statements: readonly string[], transaction: PlannedStep['transaction']) => {
  const isOne = transaction === 'own'
  if (isOne) await engine.exec('BEGIN')
  try {
    for (const statement of statements) await engine.exec(statement)
    if (isOne) await engine.exec('COMMIT')
  } catch (failure) {
    if (isOne) await engine.exec('ROLLBACK')
    throw failure
  }
}

const isDone = async (engine: ListeningEngine, { done }: PlannedStep): Promise<boolean | null> => {
  if (done === null) return null
  const [answer] = await engine.query<{ readonly done: boolean }>(done)
  return answer?.done === true
}

/** A step without a transaction may have been cut off: what it left is cleared away, and it is done again. */
const provedAgain = async (engine: ListeningEngine, step: PlannedStep): Promise<string | null> => {
  if (step.transaction === 'own') return null
  if ((await isDone(engine, step)) === false) return 'its own check does not see that it is done'
  if (step.cleanup === null) return null
  await engine.exec(step.cleanup)
  if ((await isDone(engine, step)) === true) return 'its own check does not see that it is undone'
  for (const statement of step.statements) await engine.exec(statement)
  return null
}

const provedBack = async (
  engine: ListeningEngine,
  step: PlannedStep,
  before: Facts,
  wanted: Wanted,
): Promise<string | null> => {
  if (step.reverse === null) return null
  for (const statement of step.reverse) await engine.exec(statement)
  const [different] = await differing(before, await readFacts(askOf(engine), before.schema), wanted.ask)
  if (different !== undefined) return `its reverse does not lead back: ${different}`
  await run(engine, step.statements, step.transaction)
  return null
}

interface StepProof {
  readonly step: PlannedStep
  readonly failures: readonly string[]
  readonly unproved: readonly string[]
}

interface Proving {
  readonly engine: ListeningEngine
  readonly schema: string
  readonly wanted: Wanted
  readonly renames: readonly NamedChange[]
  readonly isQuick: boolean
  readonly progress: (text: string) => void
}

/** A bot that is stopped meanwhile waits for nothing. */
const told = (hazards: readonly HazardKind[], isQuick: boolean): readonly HazardKind[] =>
  hazards.filter((hazard) => !isQuick || hazard === 'data-loss')

const doesRename = ({ id }: PlannedStep): boolean => id === 'rename' || id === 'all at once'

const proveStep = async (
  { engine, isQuick, renames, schema, wanted }: Proving,
  step: PlannedStep,
): Promise<StepProof> => {
  const failures: string[] = []
  const { isAll, removed } = await clearWay(engine, step)
  if (isAll) failures.push(`no row of before can stay: ${removed}`)
  const [facts, rows] = [await readFacts(askOf(engine), schema), await readRows(engine, schema)]
  const observation = step.transaction === 'own' ? await observe(engine, schema, step.statements) : null
  await run(engine, step.statements, step.transaction)
  const again = await provedAgain(engine, step)
  const back = await provedBack(engine, step, facts, wanted)
  const kept = compareRows(rows, await readRows(engine, schema), doesRename(step) ? renames : [], step.values)
  failures.push(...[again, back, ...kept.lost].filter((one) => one !== null))
  const hazards = told([...new Set([...step.hazards, ...(observation?.hazards ?? [])])], isQuick)
  return {
    step: { ...step, hazards, observed: observation?.observed ?? null },
    failures,
    unproved: [
      ...(removed === null ? [] : [`${step.id}: ${removed}`]),
      ...kept.converted.map((column) => `values of ${column} are what the server converts them to`),
    ],
  }
}

const proveSteps = async (proving: Proving, steps: readonly PlannedStep[]): Promise<readonly StepProof[]> => {
  const proofs: StepProof[] = []
  for (const step of steps) {
    proving.progress(`proving: ${step.id}`)
    try {
      proofs.push(await proveStep(proving, step))
    } catch (failure) {
      return [...proofs, { step, failures: [reasonOf(failure)], unproved: [] }]
    }
  }
  return proofs
}

const withoutRows = (tables: readonly TableRows[]): readonly string[] =>
  tables.filter(({ rows }) => rows === 0).map(({ table }) => `${table}: without rows`)

/**
 * Does a plan on the embedded engine, over rows at the corners of the earlier set's types: each step in a transaction
 * that is taken back, then for good, back and forth where it has a reverse; in the end the schema is that of a fresh
 * database, no row is lost, and the new validators accept each.
 */
export const provePlan = async (
  before: PostgresState | null,
  after: PostgresState,
  wanted: Wanted,
  renames: readonly NamedChange[],
  steps: readonly PlannedStep[],
  isQuick: boolean,
  progress: (text: string) => void,
): Promise<Proved> => {
  const engine = await openEmbedded()
  const { schema } = after.options
  try {
    if (before !== null) await engine.exec(await emittedSql(before.set, before.options))
    const { fillTables } = await import('../conformance/migrated/rows.js')
    const tables = before === null ? [] : await fillTables(engine, before)
    const proving: Proving = { engine, schema, wanted, renames, isQuick, progress }
    const proofs = await proveSteps(proving, steps)
    const failures = proofs.flatMap((proof): readonly Failure[] =>
      proof.failures.map((problem) => ({ step: proof.step.id, problem })),
    )
    const proved = [...proofs.map(({ step }) => step), ...steps.slice(proofs.length)]
    const unproved = [...withoutRows(tables), ...proofs.flatMap((proof) => proof.unproved)]
    if (failures.length > 0) return { steps: proved, failures, tables, unproved }
    const ends = await differing(wanted.facts, await readFacts(askOf(engine), schema), wanted.ask)
    const filled = new Set(tables.filter(({ rows }) => rows > 0).map(({ table }) => table))
    const nowFilled = new Set([...filled].map((name) => renamedTable(renames, name)))
    const { refusedRows } = await import('../conformance/migrated/accepted.js')
    const judged =
      ends.length > 0 || nowFilled.size === 0
        ? { refused: [], unproved: [] }
        : await refusedRows(engine, after, nowFilled)
    return {
      steps: proved,
      failures: [...ends, ...judged.refused].map((problem) => ({ step: null, problem })),
      tables,
      unproved: [...unproved, ...judged.unproved],
    }
  } finally {
    await engine.close()
  }
}

const renamedTable = (renames: readonly NamedChange[], name: string): string =>
  renames.find(({ was }) => was.column === null && was.table === name)?.is ?? name
