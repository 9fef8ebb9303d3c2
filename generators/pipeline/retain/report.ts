/** What the runtime says of an act: the same words, read here from a module loaded at run time. */
export interface ReportedAct {
  readonly entity: string
  /** From 1. */
  readonly step: number
  readonly action: 'set' | 'archive' | 'delete'
  readonly from: string
  readonly into: string | null
  readonly due: string
  readonly hook: string | null
  readonly rows: number
}

export interface DueAct extends ReportedAct {
  readonly oldest: Date | null
}

export interface HookFailure {
  readonly entity: string
  readonly step: number
  readonly hook: string
  readonly key: Readonly<Record<string, unknown>>
  readonly attempts: number
  readonly error: unknown
}

export interface RunReport {
  readonly at: Date
  readonly retired: readonly ReportedAct[]
  readonly hookFailures: readonly HookFailure[]
  readonly withoutHook: readonly DueAct[]
  readonly failures: readonly { readonly entity: string; readonly error: unknown }[]
  readonly finished: boolean
}

/** A function of the bot's that rows are handed to. */
export type Hook = (row: never, context: never) => unknown

export interface RunOptions {
  readonly at: Date
  readonly batch: number | undefined
  /** Milliseconds. */
  readonly maxTime: number | undefined
  readonly only: readonly string[] | undefined
  readonly signal: AbortSignal
  readonly onBatch: (batch: ReportedAct) => void
  /** By their names in code; those that are not there are not called. */
  readonly hooks: Readonly<Record<string, Hook>>
}

/** What a store's emitted `retention.ts` exports, as far as it is called here. */
export interface EmittedRetention {
  readonly runRetention: (db: unknown, options: RunOptions) => Promise<RunReport>
  readonly planRetention: (db: unknown, at: Date) => Promise<readonly DueAct[]>
}
