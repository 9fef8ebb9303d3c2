/** A file of the plan, as it is to stand. */
export interface PlannedFile {
  /** Relative to the current folder. */
  readonly path: string
  readonly text: string
  /** True where what stands there is kept and added to: writing it loses nothing. */
  readonly isAddedTo: boolean
}

export const ownFile = (path: string, text: string): PlannedFile => ({ path, text, isAddedTo: false })

export const addedTo = (path: string, text: string): PlannedFile => ({ path, text, isAddedTo: true })

/** The folder that all outputs go below; each set has its own in it. */
export const outputBase = 'generated'

/** Where the JavaScript made of the outputs goes. */
export const javascriptBase = 'generated-js'
