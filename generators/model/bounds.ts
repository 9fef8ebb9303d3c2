import type { DurationType, FloatType, IntegerType } from './type.js'

/** Inclusive limits of a number. */
export interface Bounds {
  readonly min: number
  readonly max: number
}

const widths: Readonly<Record<IntegerType['width'], Bounds>> = {
  smallint: { min: -(2 ** 15), max: 2 ** 15 - 1 },
  integer: { min: -(2 ** 31), max: 2 ** 31 - 1 },
  long: { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER },
}

/** How wide the whole number of a duration is: milliseconds outgrow 32 bits in 25 days, other units do not in 68 years. */
export const durationWidth = (type: DurationType): 'integer' | 'long' => (type.unit === 'ms' ? 'long' : 'integer')

const narrowed = (bounds: Bounds, type: { readonly min: number | null; readonly max: number | null }): Bounds => ({
  min: Math.max(bounds.min, type.min ?? bounds.min),
  max: Math.min(bounds.max, type.max ?? bounds.max),
})

/** The whole numbers that a field of a type takes: of its width, and within its own limits. */
export const wholeBounds = (type: IntegerType | DurationType): Bounds =>
  narrowed(widths[type.kind === 'integer' ? type.width : durationWidth(type)], type)

/** The largest finite number of single precision (IEEE 754). */
export const largestReal = 3.4028234663852886e38

/** The finite numbers that a float takes, null where only being finite limits them. */
export const floatBounds = (type: FloatType): { readonly min: number | null; readonly max: number | null } =>
  type.width === 'real' ? narrowed({ min: -largestReal, max: largestReal }, type) : { min: type.min, max: type.max }
