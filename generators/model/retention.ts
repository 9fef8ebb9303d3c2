import type { Expression } from './expression.js'
import type { JsonValue, Origin } from './origin.js'

/** A length of time as retention counts it: calendar units are kept apart, since a month has no fixed number of days. */
export interface Age {
  readonly count: number
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'years'
}

/** What happens to the rows of an entity as they age. */
export interface Retention {
  readonly lifecycle: Lifecycle | null
  readonly guildLeave: EventRule | null
  readonly memberLeave: EventRule | null
  readonly erase: readonly Erasure[]
  readonly origin: Origin
}

export type Lifecycle =
  | { readonly kind: 'forever'; readonly because: string; readonly origin: Origin }
  | {
      readonly kind: 'steps'
      /** The field that ages count from, unless a step names its own. */
      readonly clock: string | null
      /** In the order of age. */
      readonly steps: readonly Step[]
      readonly every: Age | null
      /** Rows a batch. */
      readonly batch: number | null
      readonly keepNewest: { readonly count: number; readonly per: readonly string[]; readonly origin: Origin } | null
      readonly origin: Origin
    }

export interface Step {
  readonly due: Due
  readonly where: Expression | null
  readonly action: StepAction
  readonly summarise: Summary | null
  /** What the bot does to each row first. */
  readonly before: string | null
  readonly origin: Origin
}

export type Due =
  | { readonly kind: 'after'; readonly age: Age; readonly of: string; readonly origin: Origin }
  | { readonly kind: 'at'; readonly field: string; readonly origin: Origin }

export type StepAction =
  | {
      readonly kind: 'set'
      readonly values: readonly { readonly field: string; readonly value: JsonValue | { readonly now: true } }[]
    }
  | { readonly kind: 'archive'; readonly into: string }
  | { readonly kind: 'delete' }

/** Counts kept before rows go. */
export interface Summary {
  readonly into: string
  readonly by: readonly { readonly field: string; readonly period: 'hour' | 'day' | 'week' | 'month' | 'year' | null }[]
  readonly count: string | null
  readonly aggregates: readonly {
    readonly function: 'sum' | 'min' | 'max'
    readonly field: string
    readonly as: string
  }[]
  readonly origin: Origin
}

export type EventRule =
  | { readonly kind: 'delete'; readonly origin: Origin }
  | { readonly kind: 'keep'; readonly because: string; readonly origin: Origin }
  | {
      readonly kind: 'set'
      readonly values: readonly { readonly field: string; readonly value: JsonValue | { readonly now: true } }[]
      readonly origin: Origin
    }

export interface Erasure {
  readonly field: string
  readonly rule:
    | { readonly kind: 'delete' }
    | { readonly kind: 'null' }
    | { readonly kind: 'keep'; readonly because: string }
  readonly origin: Origin
}
