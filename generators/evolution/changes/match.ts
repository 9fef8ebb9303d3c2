import type { Origin } from '../../model/origin.js'
import type { Findings, Question } from './change.js'

/** What has a name and may have had another. */
export interface Named {
  readonly name: string
  readonly was: string | null
  readonly origin: Origin
}

export interface Matched<T> {
  /** What was there before, as it is now. */
  readonly pairs: readonly { readonly before: T; readonly after: T }[]
  readonly added: readonly T[]
  readonly removed: readonly T[]
}

interface Siblings<T extends Named> {
  readonly thing: Question['thing']
  readonly owner: string | null
  readonly before: readonly T[]
  readonly after: readonly T[]
  readonly gone: readonly string[]
  /** Whether the one could be the other under a new name. */
  readonly isAlike: (before: T, after: T) => boolean
  readonly at: Origin
}

/**
 * What of before is what of now: by its name, or by `was`. Nothing is taken to be renamed for its likeness: what is gone
 * beside something new that could be the same is a question, unless `gone` answers it.
 */
export const match = <T extends Named>(siblings: Siblings<T>, findings: Findings): Matched<T> => {
  const { after, at, before, gone, isAlike, owner, thing } = siblings
  const earlier = new Map(before.map((one) => [one.name, one]))
  const names = new Set(after.map(({ name }) => name))
  const taken = new Set<string>()
  const pairs: { before: T; after: T }[] = []
  const added: T[] = []
  for (const one of after) {
    const former = one.was === null || names.has(one.was) ? undefined : earlier.get(one.was)
    const same = earlier.get(one.name)
    if (same !== undefined && former !== undefined) {
      findings.conflicts.push({ thing, name: one.name, was: former.name, at: one.origin })
      taken.add(former.name)
    }
    const partner = same ?? former
    if (partner === undefined) added.push(one)
    else {
      pairs.push({ before: partner, after: one })
      taken.add(partner.name)
    }
  }
  const removed: T[] = []
  const asked = new Set<T>()
  for (const one of before) {
    if (taken.has(one.name)) continue
    const candidates = gone.includes(one.name) ? [] : added.filter((other) => isAlike(one, other))
    if (candidates.length === 0) removed.push(one)
    else {
      findings.questions.push({
        thing,
        owner,
        gone: one.name,
        candidates: candidates.map(({ name, origin }) => ({ name, at: origin })),
        at: candidates[0]?.origin ?? at,
      })
      for (const candidate of candidates) asked.add(candidate)
    }
  }
  return { pairs, added: added.filter((one) => !asked.has(one)), removed }
}
