import type { Entity } from '../../../model/entity.js'
import type { Corner } from '../rows/corners.js'
import type { Members } from '../rows/sample.js'

/**
 * What is asked about: the `row` itself; a `forbidden` update, which sets a key, what is immutable or computed, or anything
 * where rows are only added; a row beside one of which what must be unique is `taken`, or is not (`free`); a `dangling`
 * reference.
 */
export type Question = 'row' | 'forbidden' | 'taken' | 'free' | 'dangling'

/** What is judged: a whole row of an entity, in which one thing was changed, some fields, or nothing. */
export interface Probe {
  readonly entity: Entity
  /** The row with its changes. */
  readonly row: Members
  /** The valid row before them, which an update finds; or the row that is there already. */
  readonly base: Members
  /** What an update sets to make the one of the other; null where no update does. */
  readonly patch: Members | null
  readonly question: Question
  readonly corner: Corner | null
}

/** `abstains`: the judge's form has no such value, or the judge does not hold this. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly stored?: Stored }
  | { readonly kind: 'refused'; readonly words: string; readonly constraint?: string }
  | { readonly kind: 'abstains' }

/** What an accepting store made of a row: `respelt` says the same in other characters, `another` is a valid row too. */
export interface Stored {
  readonly became: 'equal' | 'respelt' | 'another' | 'no row'
  readonly words: string
}

export const accepted: Verdict = { kind: 'accepted' }
export const abstains: Verdict = { kind: 'abstains' }
export const refused = (words: string): Verdict => ({ kind: 'refused', words })

/** The words of a complaint, or accepted when there is none. */
export const verdictOf = (complaint: string | null): Verdict => (complaint === null ? accepted : refused(complaint))

export const judgeIds = [
  'Zod row',
  'Zod new',
  'Zod patch',
  'Zod JSON codec',
  'Zod Mongo codec',
  'JSON Schema row',
  'JSON Schema new',
  'JSON Schema patch',
  'Mongoose model',
  'Mongoose update',
  'Mongo validator',
  'Postgres',
  'Postgres update',
] as const

export type JudgeId = (typeof judgeIds)[number]

/** Someone who accepts rows or refuses them: a verdict for each, in their order. */
export interface Judge {
  readonly id: JudgeId
  readonly judge: (probes: readonly Probe[]) => Promise<readonly Verdict[]>
}

/** A judge who is asked about one row after another. */
export const oneByOne = (id: JudgeId, ask: (probe: Probe) => Promise<Verdict> | Verdict): Judge => ({
  id,
  judge: async (probes) => {
    const verdicts: Verdict[] = []
    for (const probe of probes) verdicts.push(await ask(probe))
    return verdicts
  },
})
