import fc from 'fast-check'
import type { Entity } from '../../generators/model/entity.js'
import { type Court, disagreements, report } from './agreement.js'
import type { Probe } from './judge.js'
import { cornerProbes, randomProbes, type Share } from './probes.js'
import { Tally } from './tally.js'

/** How much of an entity is asked about: a share of its corners, then rows at random up to so many in all. */
export interface Extent {
  readonly seed: number
  readonly corners: Share
  readonly rows: number
  /** Rows at random, however many corners there are. */
  readonly leastAtRandom: number
}

/** Rows that are judged in one go: each store is asked once about all of them. */
const batchSize = 250

const batches = (count: number): readonly number[] =>
  Array.from({ length: Math.ceil(count / batchSize) }, (_, index) => Math.min(batchSize, count - index * batchSize))

/** The smallest row of a batch that the judges disagree about, as fast-check finds it on its way from the first. */
const shrunk = async (court: Court, entity: Entity, seed: number, numRuns: number): Promise<string | null> => {
  const agreed = fc.asyncProperty(randomProbes(court.set, entity), async (probe) => {
    const [finding] = await disagreements(court, [probe], new Tally())
    if (finding !== undefined) throw new Error(report(finding))
  })
  const { errorInstance } = await fc.check(agreed, { seed, numRuns })
  return errorInstance instanceof Error ? errorInstance.message : null
}

/** Complaints about an entity end with the first batch that has some. */
const mostComplaints = 5

const atCorners = async (court: Court, probes: readonly Probe[], tally: Tally): Promise<readonly string[]> => {
  for (let from = 0; from < probes.length; from += batchSize) {
    const findings = await disagreements(court, probes.slice(from, from + batchSize), tally)
    if (findings.length > 0) return findings.slice(0, mostComplaints).map(report)
  }
  return []
}

const atRandom = async (
  court: Court,
  entity: Entity,
  seed: number,
  count: number,
  tally: Tally,
): Promise<readonly string[]> => {
  for (const [index, numRuns] of batches(count).entries()) {
    const probes = fc.sample(randomProbes(court.set, entity), { seed: seed + index, numRuns })
    const [finding] = await disagreements(court, probes, tally)
    if (finding !== undefined)
      return [`seed ${seed + index}: ${(await shrunk(court, entity, seed + index, numRuns)) ?? report(finding)}`]
  }
  return []
}

/** Asks all judges about rows of an entity, the corners first; what they disagree about, in each one's words. */
export const complaintsAbout = async (
  court: Court,
  entity: Entity,
  { seed, corners, rows, leastAtRandom }: Extent,
  tally: Tally,
): Promise<readonly string[]> => {
  const probes = cornerProbes(court.set, entity, seed, corners)
  const found = await atCorners(court, probes, tally)
  if (found.length > 0) return found
  return atRandom(court, entity, seed, Math.max(rows - probes.length, leastAtRandom), tally)
}
