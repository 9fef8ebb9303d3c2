/** A database that let nobody in, and why, in words without its connection string. */
export interface Refused {
  readonly refused: string
}

/** A server that says nothing for so many milliseconds is not waited for. */
export const patience = 5_000
