/** What stood at a place earlier. `isNew`: no outputs of the set stood there at all. */
export type EarlierText =
  | { readonly kind: 'text'; readonly path: string; readonly text: string }
  | { readonly kind: 'none'; readonly isNew: boolean }
  | { readonly kind: 'refused'; readonly reason: string }

/** Where the earlier model.json of sets are: a commit, or a folder. */
export interface Earlier {
  /** As it was asked for: `origin/main`, `./before`. */
  readonly from: string
  /** The model.json of a set by its output folder, which is relative to the current folder, and by its name. */
  readonly read: (output: string, name: string) => Promise<EarlierText>
}
