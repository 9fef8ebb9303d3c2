import type { Sql } from '../../kernel/safe/sql.js'

/**
 * When a step is done: `expand` before the new code is deployed (old and new code work after it), `backfill` beside it,
 * `contract` when no old code runs any more.
 */
export const phases = ['expand', 'backfill', 'contract'] as const

export type Phase = (typeof phases)[number]

/** What somebody has to accept, with a reason, before a step is applied. */
export const hazardKinds = ['data-loss', 'old-code-breaks', 'rewrite', 'scan', 'blocks-writes'] as const

export type HazardKind = (typeof hazardKinds)[number]

/** Rows that a step cannot be done over. */
export interface InTheWay {
  /** The table with its schema. */
  readonly table: Sql
  /** The rows in the way, as a condition over `it`. */
  readonly where: Sql
  /** `with no value in note` */
  readonly words: string
}

/** One step of a plan, before anything was observed of it. */
export interface Step {
  /** What it does, unique in its plan: `add column guilds.xp`. */
  readonly id: string
  readonly phase: Phase
  /** `own`: all statements in one transaction. `none`: a statement that Postgres runs in no transaction. */
  readonly transaction: 'own' | 'none'
  readonly statements: readonly Sql[]
  /** None of them may be there when the step begins. */
  readonly before: readonly InTheWay[]
  /** A query of one boolean: the step is done. Only of steps in no transaction, which may be done and not recorded. */
  readonly done: Sql | null
  /** What takes away what an attempt without a transaction left. */
  readonly cleanup: Sql | null
  /** What undoes it without losing anything; null where nothing does. */
  readonly reverse: readonly Sql[] | null
  /** The columns whose stored values it may change: `guilds.name`. Of all others it must leave each as it is. */
  readonly values: readonly string[]
  /** What is known without running it; what the engine observes is added. */
  readonly hazards: readonly HazardKind[]
}

/** A step with what it needs to say. */
export const stepOf = (given: Pick<Step, 'id' | 'phase' | 'statements'> & Partial<Step>): Step => ({
  transaction: 'own',
  before: [],
  done: null,
  cleanup: null,
  reverse: null,
  values: [],
  hazards: [],
  ...given,
})

/** A change that no recipe makes. */
export interface NoRecipe {
  /** The object that it is about; null where it is no object of the database. */
  readonly object: string | null
  readonly reason: string
}
