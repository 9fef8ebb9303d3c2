import { distance } from 'fastest-levenshtein'

/** A swapped pair of letters counts as two; short words allow one change, and a single letter none: it would be another. */
const mostChanges = (name: string): number =>
  name.length < 4 ? Math.min(1, name.length - 1) : Math.max(2, Math.floor(name.length / 3))

/** The candidate a person most likely meant, or null when none is near: about a third of the letters may differ. */
export const nearest = (name: string, candidates: Iterable<string>): string | null => {
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
