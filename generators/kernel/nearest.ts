import { distance } from 'fastest-levenshtein'

/** The candidate a person most likely meant, or null when none is near: at most a third of the letters may differ. */
export const nearest = (name: string, candidates: Iterable<string>): string | null => {
  let best: string | null = null
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1
  for (const candidate of candidates) {
    const apart = distance(name.toLowerCase(), candidate.toLowerCase())
    if (apart < bestDistance) {
      best = candidate
      bestDistance = apart
    }
  }
  return best
}
