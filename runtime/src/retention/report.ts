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
