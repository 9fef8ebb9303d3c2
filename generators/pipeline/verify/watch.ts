import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Span } from '../../kernel/source.js'

/** Something that a proof does with a text of the user's, which may take forever or all memory. */
export interface Step {
  /** Tells steps of one set apart. */
  readonly key: string
  /** For people: "the query `recent` of warning". */
  readonly what: string
  readonly at: Span
  /** How many times the limit it may take. */
  readonly share: number
}

/** Why a step was stopped: it took longer than `limit` milliseconds, or its process ended. */
export type Stop =
  | { readonly kind: 'slow'; readonly limit: number }
  | { readonly kind: 'crashed'; readonly reason: string }

/** Keeps an eye on steps: each may be stopped by somebody outside of the process that takes it. */
export interface Watch {
  /** Takes a step. One that was stopped before is not taken again: its finding is handed to `stopped`. */
  readonly step: <T>(step: Step, work: () => Promise<T>, stopped: (finding: Diagnostic) => T) => Promise<T>
  /** The step that is being taken has got on: its time begins anew. */
  readonly renew: () => void
}

/** Nobody stops anything. */
export const unwatched: Watch = { step: (_, work) => work(), renew: () => undefined }

const secondsText = (milliseconds: number): string => {
  const seconds = milliseconds / 1000
  return seconds === 1 ? '1 second' : `${seconds} seconds`
}

/** The finding about something that was stopped. */
export const stopFinding = ({ what, at }: Pick<Step, 'what' | 'at'>, stop: Stop): Diagnostic =>
  stop.kind === 'slow'
    ? report('proof-too-slow', at, { what, limit: secondsText(stop.limit) })
    : report('proof-crashed', at, { what, reason: stop.reason })
