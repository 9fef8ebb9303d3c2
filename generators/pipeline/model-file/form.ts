import type { Origin } from '../../model/origin.js'

/**
 * How a part of the model stands in model.json, as data that `print.ts` writes by and `read.ts` reads by. Members are
 * asked for by the type of the part: a new property of the model does not compile until its form stands here.
 */
export type Shape =
  | { readonly kind: 'text'; readonly pattern: RegExp | null }
  | { readonly kind: 'number' }
  | { readonly kind: 'truth' }
  | { readonly kind: 'bigint' }
  | { readonly kind: 'json' }
  | { readonly kind: 'choice'; readonly values: readonly (string | number)[] }
  | { readonly kind: 'null-or'; readonly of: Shape }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'either'; readonly of: readonly Shape[] }
  | { readonly kind: 'members'; readonly of: Members; readonly isPlaced: boolean }
  | { readonly kind: 'variants'; readonly of: Readonly<Record<string, Members>>; readonly isPlaced: boolean }
  | { readonly kind: 'later'; readonly of: () => Shape }
  | { readonly kind: 'special'; readonly special: Special }

/** What is not written as it is: an expression and a pattern are their text, and are parsed anew. */
export type Special = 'expression' | 'pattern' | 'places'

export interface Member {
  readonly shape: Shape
  /** What it is where it is left out; undefined where it never is. */
  readonly otherwise: unknown
}

export type Members = Readonly<Record<string, Member>>

/** The form of a T. */
export interface Form<T> {
  readonly shape: Shape
  readonly of?: (value: T) => T
}

interface MemberOf<T> extends Member {
  readonly of?: (value: T) => T
}

type Unplaced<T> = Omit<T, 'origin'>

type MembersOf<T> = { readonly [Name in keyof Unplaced<T>]-?: MemberOf<Unplaced<T>[Name]> }

type VariantOf<T extends { readonly kind: string }, Kind extends string> = T extends { readonly kind: infer Own }
  ? Kind extends Own
    ? T
    : never
  : never

type VariantsOf<T extends { readonly kind: string }> = {
  readonly [Kind in T['kind']]: MembersOf<Omit<VariantOf<T, Kind>, 'kind'>>
}

const form = <T>(shape: Shape): Form<T> => ({ shape })

/** A member that is always written. */
export const always = <T>({ shape }: Form<T>): MemberOf<T> => ({ shape, otherwise: undefined })

/** A member that is left out where it is as usual. */
export const unless = <T>(otherwise: T, { shape }: Form<T>): MemberOf<T> => ({ shape, otherwise })

export const text: Form<string> = form({ kind: 'text', pattern: null })
export const textOf = (pattern: RegExp): Form<string> => form({ kind: 'text', pattern })
export const number: Form<number> = form({ kind: 'number' })
export const truth: Form<boolean> = form({ kind: 'truth' })
export const bigint: Form<bigint> = form({ kind: 'bigint' })

/** A value that the YAML gave, in its JSON form. */
export const json = <T>(): Form<T> => form({ kind: 'json' })

export const choice = <T extends string | number>(...values: readonly T[]): Form<T> => form({ kind: 'choice', values })

export const nullOr = <T>({ shape }: Form<T>): Form<T | null> => form({ kind: 'null-or', of: shape })

export const listOf = <T>({ shape }: Form<T>): Form<readonly T[]> => form({ kind: 'list', of: shape })

export const either = <A, B>(a: Form<A>, b: Form<B>): Form<A | B> => form({ kind: 'either', of: [a.shape, b.shape] })

/** A part that says where it was written: not in the file, and when it is read, the file itself. */
export const placed = <T extends { readonly origin: Origin }>(of: MembersOf<T>): Form<T> =>
  form({ kind: 'members', of, isPlaced: true })

/** A part that does not. */
export const plain = <T extends object>(of: T extends { readonly origin: Origin } ? never : MembersOf<T>): Form<T> =>
  form({ kind: 'members', of, isPlaced: false })

export const placedVariants = <T extends { readonly kind: string; readonly origin: Origin }>(
  of: VariantsOf<T>,
): Form<T> => form({ kind: 'variants', of: of as Readonly<Record<string, Members>>, isPlaced: true })

export const variants = <T extends { readonly kind: string }>(
  of: T extends { readonly origin: Origin } ? never : VariantsOf<T>,
): Form<T> => form({ kind: 'variants', of: of as Readonly<Record<string, Members>>, isPlaced: false })

/** A form that holds itself. */
export const later = <T>(of: () => Form<T>): Form<T> => form({ kind: 'later', of: () => of().shape })

export const special = <T>(kind: Special): Form<T> => form({ kind: 'special', special: kind })
