import { type Sample, same } from '../sample.js'

/** Values at and beyond the ends of a type, and values of other types that a store might read as one of it. */
export type Corners = readonly Sample[]

export const texts = (...values: readonly string[]): Corners => values.map(same)
