import fc, { type Arbitrary } from 'fast-check'
import type { Entity } from '../../model/entity.js'
import { disagreements, type Finding } from './agreement.js'
import type { Court } from './court.js'
import type { Probe } from './judges/judge.js'
import { nameAt } from './rows/given.js'
import { cornerProbes, randomProbes, type Share, validProbes } from './rows/probes.js'
import { Tally } from './tally.js'
import { shownRow } from './words.js'

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

/** Milliseconds that are spent on finding a smaller row. */
const shrinkingTime = 20_000

/** Findings about an entity end with the first batch that has some. */
const mostFindings = 5

const batches = (count: number): readonly number[] =>
  Array.from({ length: Math.ceil(count / batchSize) }, (_, index) => Math.min(batchSize, count - index * batchSize))

/** Rows that are drawn, and which of a seed's is meant. */
interface Drawn {
  readonly probes: Arbitrary<Probe>
  readonly seed: number
  readonly place: number
}

/** The smallest row that judges disagree about, as fast-check finds it from one that was drawn. */
const smaller = async (court: Court, found: Finding, { probes, seed, place }: Drawn): Promise<Finding> => {
  let smallest = found
  const agreed = fc.asyncProperty(probes, async (probe) => {
    const [finding] = await disagreements(court, [probe], new Tally())
    // fast-check goes on from rows that fail only, each smaller than the one before.
    if (finding !== undefined) smallest = finding
    return finding === undefined
  })
  await fc.check(agreed, { seed, path: String(place), numRuns: 1, interruptAfterTimeLimit: shrinkingTime })
  return smallest
}

const fieldOf = ({ probe: { corner } }: Finding): string => (corner === null ? '' : (nameAt(corner.path) ?? ''))

/** One finding of each field that was changed: that with the smallest row. */
const smallestOfEach = (findings: readonly Finding[]): readonly Finding[] => {
  const smallest = new Map<string, Finding>()
  for (const finding of findings) {
    const before = smallest.get(fieldOf(finding))
    if (before === undefined || shownRow(finding.probe).length < shownRow(before.probe).length)
      smallest.set(fieldOf(finding), finding)
  }
  return [...smallest.values()].slice(0, mostFindings)
}

const atCorners = async (
  court: Court,
  seed: number,
  probes: readonly Probe[],
  tally: Tally,
): Promise<readonly Finding[]> => {
  for (let from = 0; from < probes.length; from += batchSize) {
    const findings = await disagreements(court, probes.slice(from, from + batchSize), tally)
    const valid = findings.find(({ probe }) => probe.corner === null)
    if (valid !== undefined) {
      const drawn = { probes: validProbes(court.set, valid.probe.entity), seed, place: 0 }
      return [await smaller(court, valid, drawn)]
    }
    if (findings.length > 0) return smallestOfEach(findings)
  }
  return []
}

const atRandom = async (
  court: Court,
  entity: Entity,
  seed: number,
  count: number,
  tally: Tally,
): Promise<readonly Finding[]> => {
  for (const [index, numRuns] of batches(count).entries()) {
    const own = seed + index
    const arbitrary = randomProbes(court.set, entity)
    const probes = fc.sample(arbitrary, { seed: own, numRuns })
    const [finding] = await disagreements(court, probes, tally)
    if (finding === undefined) continue
    return [await smaller(court, finding, { probes: arbitrary, seed: own, place: probes.indexOf(finding.probe) })]
  }
  return []
}

/**
 * Asks all judges about rows of an entity, the corners first.
 *
 * @throws NoValue where no row of it can be made
 */
export const findingsAbout = async (
  court: Court,
  entity: Entity,
  { seed, corners, rows, leastAtRandom }: Extent,
  tally: Tally,
): Promise<readonly Finding[]> => {
  const probes = cornerProbes(court.set, entity, seed, corners)
  const found = await atCorners(court, seed, probes, tally)
  if (found.length > 0) return found
  return atRandom(court, entity, seed, Math.max(rows - probes.length, leastAtRandom), tally)
}
