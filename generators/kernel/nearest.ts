import { distance } from 'fastest-levenshtein'

/** A swapped pair of letters counts as two; short words allow one change, and a single letter none: it would be another. */
const mostChanges = (name: string): number =>
  name.length < 4 ? Math.min(1, name.length - 1) : Math.max(2, Math.floor(name.length / 3))

const nearestByLetters = (name: string, candidates: readonly string[]): string | null => {
  let best: string | null = null
  let bestDistance = mostChanges(name) + 1
  for (const candidate of candidates) {
    const apart = distance(name.toLowerCase(), candidate.toLowerCase())
    if (apart < bestDistance) {
      best = candidate
      bestDistance = apart
    }
  }
  return best
}

/** `guild` is a part of `guild_id`, and `member` of `guild_member`; where it is one of several, nobody knows which. */
const onlyOneWith = (name: string, candidates: readonly string[]): string | null => {
  const part = `_${name.toLowerCase()}_`
  const [only = null, ...others] = candidates.filter((candidate) => `_${candidate.toLowerCase()}_`.includes(part))
  return others.length === 0 ? only : null
}

/** The candidate a person most likely meant, or null: about a third of its letters may differ, or whole words be missing. */
export const nearest = (name: string, candidates: Iterable<string>): string | null => {
  const all = [...candidates]
  return nearestByLetters(name, all) ?? (name.length < 3 ? null : onlyOneWith(name, all))
}
