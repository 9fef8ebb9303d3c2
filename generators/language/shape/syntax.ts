/**
 * The syntax of the language as data. One tree of these makes the JSON Schema that checks every file and the one that
 * editors complete from; no other place knows a key.
 */
export type Shape =
  | { readonly kind: 'text'; readonly title: string; readonly pattern?: string }
  | { readonly kind: 'truth' }
  | { readonly kind: 'whole'; readonly from: number; readonly to: number }
  /** One of a few words (or numbers). `null` is YAML's null. */
  | { readonly kind: 'choice'; readonly values: readonly Choice[] }
  | { readonly kind: 'anything'; readonly title: string }
  | { readonly kind: 'list'; readonly title: string; readonly of: Shape; readonly atLeast: number }
  /** A mapping of fixed keys; `title` names it in messages (`an index`). */
  | Keys
  /** A mapping of names that the user chooses. */
  | { readonly kind: 'names'; readonly title: string; readonly of: Shape; readonly atLeast: number }
  /** Told apart by the kind of YAML: at most one scalar, one list and one mapping. */
  | { readonly kind: 'either'; readonly of: readonly Shape[] }
  /** A shape of the list of definitions: what makes the tree recursive. */
  | { readonly kind: 'named'; readonly name: ShapeName }

export type Choice = string | number | boolean | null

export type ShapeName =
  | 'field'
  | 'fields'
  | 'laidField'
  | 'laidFields'
  | 'entity'
  | 'object'
  | 'enum'
  | 'type'
  | 'extend'
  | 'module'
  | 'set'

export interface Keys {
  readonly kind: 'keys'
  readonly title: string
  readonly keys: Readonly<Record<string, Key>>
  /** At least one of these keys must be there. */
  readonly oneOf: readonly string[]
}

export interface Key {
  readonly shape: Shape
  readonly description: string
  readonly examples: readonly unknown[]
  readonly required: boolean
}

export const text = (title = 'a text'): Shape => ({ kind: 'text', title })
export const textOf = (title: string, pattern: string): Shape => ({ kind: 'text', title, pattern })
export const truth: Shape = { kind: 'truth' }
export const whole = (from: number, to: number = Number.MAX_SAFE_INTEGER): Shape => ({ kind: 'whole', from, to })
export const choice = (...values: readonly Choice[]): Shape => ({ kind: 'choice', values })
export const anything = (title: string): Shape => ({ kind: 'anything', title })
export const listOf = (of: Shape, title: string, atLeast = 0): Shape => ({ kind: 'list', of, title, atLeast })
export const namesTo = (of: Shape, title: string, atLeast = 0): Shape => ({ kind: 'names', of, title, atLeast })
export const either = (...of: readonly Shape[]): Shape => ({ kind: 'either', of })
export const named = (name: ShapeName): Shape => ({ kind: 'named', name })

export const keys = (title: string, inner: Readonly<Record<string, Key>>, oneOf: readonly string[] = []): Keys => ({
  kind: 'keys',
  title,
  keys: inner,
  oneOf,
})

/** A key that may be left out. */
export const key = (shape: Shape, description: string, ...examples: readonly unknown[]): Key => ({
  shape,
  description,
  examples,
  required: false,
})

export const required = (inner: Key): Key => ({ ...inner, required: true })
