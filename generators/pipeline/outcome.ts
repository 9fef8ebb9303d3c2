/** What a command did for one set: paths relative to the current folder, files relative to the set's output folder. */
export interface SetOutcome {
  readonly folder: string
  readonly name: string
  /** The set's own output folder: `output/community`. */
  readonly output: string
  /** How many files the set makes, the manifest among them. */
  readonly files: number
}
