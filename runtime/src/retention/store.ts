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
