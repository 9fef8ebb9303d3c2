import type { Origin } from '../../model/origin.js'

/**
 * Whom a change of the description reaches.
 *
 * - `rows`: what is stored already.
 * - `readers`: code that was built before and reads what is stored afterwards.
 * - `writers`: code that was built before and writes.
 * - `callers`: code that is compiled against the new types, and that calls the new validators and functions.
 * - `links`: links into the docs.
 */
export const audiences = ['rows', 'readers', 'writers', 'callers', 'links'] as const

export type Audience = (typeof audiences)[number]

export const changeKinds = ['added', 'removed', 'renamed', 'widened', 'narrowed', 'changed'] as const

export type ChangeKind = (typeof changeKinds)[number]

/** One thing that an edit means. */
export interface Change {
  readonly kind: ChangeKind
  /** What it is about: `field user.name`, `enum mood`. */
  readonly subject: string
  /** What is so now, as the end of a line: `at most 20 characters instead of 40`; empty where the kind says it all. */
  readonly what: string
  /** Whom it breaks, in the order of `audiences`. */
  readonly breaks: readonly Audience[]
  readonly at: Origin
}

/** Whom a change breaks, of those it may break. */
export const breaking = (given: Partial<Readonly<Record<Audience, boolean>>>): readonly Audience[] =>
  audiences.filter((audience) => given[audience] === true)

export const everybody: readonly Audience[] = ['rows', 'readers', 'writers', 'callers']

/** Something that is gone beside what is new and may be the same: only the author knows. */
export interface Question {
  /** What both are: `field`, `entity`, `value`. */
  readonly thing: 'field' | 'entity' | 'value'
  /** What they stand in: `user`; null for entities. */
  readonly owner: string | null
  readonly gone: string
  readonly candidates: readonly { readonly name: string; readonly at: Origin }[]
  readonly at: Origin
}

/** `was` names what stood beside the thing itself before, so that the thing cannot have been it. */
export interface Conflict {
  readonly thing: Question['thing']
  readonly name: string
  readonly was: string
  readonly at: Origin
}

/** What a comparison finds, gathered as it goes. */
export class Findings {
  readonly changes: Change[] = []
  readonly questions: Question[] = []
  readonly conflicts: Conflict[] = []

  add(change: Change): void {
    this.changes.push(change)
  }
}
