import type { Asked } from '../../pipeline/conformance/index.js'
import type { Evidence } from '../../pipeline/verify/proof.js'
import type { Stop } from '../../pipeline/verify/watch.js'

/** What is asked of the process that proves: a proof of the set with this number, or all targets about its rows. */
export type Request =
  | { readonly kind: 'prove'; readonly set: number; readonly proof: string }
  | { readonly kind: 'ask'; readonly set: number; readonly asked: Asked }

/** What the process is sent. `stops`: the steps that were stopped before, by their keys. */
export type ToProcess =
  | { readonly kind: 'sets'; readonly sets: readonly Evidence[] }
  | { readonly kind: 'request'; readonly request: Request; readonly stops: ReadonlyMap<string, Stop> }

/** What the process sends. */
export type FromProcess =
  /** The step that begins, and how many times the limit it may take; null when it is over. */
  | { readonly kind: 'step'; readonly step: { readonly key: string; readonly share: number } | null }
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'answer'; readonly answer: unknown }
  /** An engine broke down during the step, and the process with it. */
  | { readonly kind: 'lost'; readonly reason: string }
  /** A bug. */
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string }
