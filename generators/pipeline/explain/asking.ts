/** A call that tries again where others were faster than it ends here. */
export const mostSent = 12

/** An emitted storage, and a store that answers nothing but keeps what it is asked. */
export interface Asking {
  readonly storage: object
  /** What a call sends, in its order: SQL, or calls of the driver of MongoDB. `isThere`: whether the row that it means is. */
  readonly sentBy: (run: () => Promise<unknown>, isThere: boolean) => Promise<readonly string[]>
}
