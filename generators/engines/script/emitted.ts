/** A file of an output folder: `path` is relative to the set's output, with `/`. */
export interface EmittedFile {
  readonly path: string
  readonly text: string
}

/** What an engine found wrong with an emitted file. Line and column count from 1. */
export interface EngineFinding {
  readonly path: string
  readonly line: number
  readonly column: number
  readonly message: string
}
