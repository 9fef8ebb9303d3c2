/** Rows of an entity cannot be made here, although some may be valid: the words say of what, and why. */
export class NoValue extends Error {
  override readonly name = 'NoValue'
}

/** Values at random that are refused one after another before there is taken to be none. */
const patience = 10_000

/**
 * A condition for values at random that gives up: `filter` by itself draws on for ever where nothing meets it.
 *
 * @throws NoValue
 */
export const patiently = <T>(what: string, isMet: (value: T) => boolean): ((value: T) => boolean) => {
  let missed = 0
  return (value) => {
    const isTaken = isMet(value)
    missed = isTaken ? 0 : missed + 1
    if (missed > patience) throw new NoValue(`no ${what} was found among ${patience} at random`)
    return isTaken
  }
}
