/** How what is taken now stands to what was taken: neither is `same`. */
export interface Relation {
  /** Something that was taken is refused now. */
  readonly narrower: boolean
  /** Something that was refused is taken now. */
  readonly wider: boolean
}

export const same: Relation = { narrower: false, wider: false }
export const other: Relation = { narrower: true, wider: true }

export const both = (...relations: readonly Relation[]): Relation => ({
  narrower: relations.some(({ narrower }) => narrower),
  wider: relations.some(({ wider }) => wider),
})

/** Of inclusive limits, null being none. */
export const ofBounds = <T>(
  before: { readonly min: T | null; readonly max: T | null },
  after: { readonly min: T | null; readonly max: T | null },
  compare: (a: T, b: T) => number,
): Relation => {
  const isTighter = (one: T | null, than: T | null, sign: 1 | -1): boolean =>
    one !== null && (than === null || sign * compare(one, than) > 0)
  return {
    narrower: isTighter(after.min, before.min, 1) || isTighter(after.max, before.max, -1),
    wider: isTighter(before.min, after.min, 1) || isTighter(before.max, after.max, -1),
  }
}

export const ofNumbers = (
  before: { readonly min: number | null; readonly max: number | null },
  after: { readonly min: number | null; readonly max: number | null },
): Relation => ofBounds(before, after, (a, b) => a - b)
