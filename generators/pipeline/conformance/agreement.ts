import type { Judging } from './court.js'
import { type Difference, excuses } from './excuses.js'
import type { JudgeId, Probe, Question, Verdict } from './judges/judge.js'
import { type KnownDifference, knownDifference } from './known-differences.js'
import { changedField } from './rows/given.js'
import type { Tally } from './tally.js'

/** Judges who are asked the same question. The first of them that does not abstain says what the others should. */
type Bench = readonly JudgeId[]

const rowBench: Bench = ['Zod row', 'Zod JSON codec', 'JSON Schema row']
const insertBench: Bench = ['Zod new', 'JSON Schema new', 'Mongoose model']
const whole: Bench = [
  ...rowBench,
  ...insertBench,
  'Zod patch',
  'JSON Schema patch',
  'Mongoose update',
  'Zod Mongo codec',
  'Mongo validator',
  'Postgres',
  'Postgres update',
]

/** Who is asked about more than the row itself. */
const others: Readonly<Record<Exclude<Question, 'row'>, Bench>> = {
  forbidden: ['Zod patch', 'JSON Schema patch', 'Mongoose update', 'Postgres update'],
  taken: ['Mongo validator', 'Postgres'],
  free: ['Mongo validator', 'Postgres'],
  dangling: ['Postgres'],
}

/** A missing field is filled in by an insert and reads as null in a document; a missing member is filled in by emitted code only. */
const benchesFor = ({ corner, question }: Probe): readonly Bench[] => {
  if (question !== 'row') return [others[question]]
  switch (corner?.missing) {
    case 'field':
      return [rowBench, [...insertBench, 'Postgres'], ['Mongo validator']]
    case 'member':
      return [
        [
          ...rowBench,
          'Postgres',
          'Postgres update',
          'Zod patch',
          'JSON Schema patch',
          'Mongo validator',
          'Zod Mongo codec',
        ],
        insertBench,
      ]
    case 'nullable member':
      return [
        [...rowBench, 'Postgres', 'Postgres update', 'Zod patch', 'JSON Schema patch'],
        insertBench,
        ['Mongo validator', 'Zod Mongo codec'],
      ]
    default:
      return [whole]
  }
}

type Verdicts = ReadonlyMap<JudgeId, Verdict>

/** What everyone should say, where that is known before anyone is asked. */
const expectedOf = ({ corner, patch, question }: Probe): 'accepted' | 'refused' | null => {
  if (question !== 'row') return question === 'free' ? 'accepted' : 'refused'
  return corner === null && patch === null ? 'accepted' : null
}

/** A validator of documents takes one that lacks a field where the field may be null. Readers fill in more than that. */
const expectedOfMissing = (bench: Bench, probe: Probe): 'accepted' | 'refused' | null => {
  const field = changedField(probe)
  if (probe.corner?.missing !== 'field' || field === null || bench[0] !== 'Mongo validator') return null
  return field.nullable || field.optional ? 'accepted' : 'refused'
}

const differencesOn = (bench: Bench, verdicts: Verdicts, probe: Probe): readonly Difference[] => {
  const given = bench.flatMap((judge) => {
    const verdict = verdicts.get(judge)
    return verdict === undefined || verdict.kind === 'abstains' ? [] : [{ judge, verdict, probe, verdicts }]
  })
  const expected = expectedOf(probe) ?? expectedOfMissing(bench, probe) ?? given[0]?.verdict.kind
  return given.filter(({ verdict }) => verdict.kind !== expected)
}

/** Readers who gave back another row, or none, although everyone accepts it. */
const changedOnTheWay = (verdicts: Verdicts, probe: Probe): readonly Difference[] =>
  benchesFor(probe).flatMap((bench) => {
    const [first] = bench
    if (probe.question !== 'row' || (probe.corner?.missing ?? null) !== null) return []
    if (first === undefined || verdicts.get(first)?.kind !== 'accepted') return []
    return bench.flatMap((judge) => {
      const verdict = verdicts.get(judge)
      if (verdict?.kind !== 'accepted' || verdict.stored === undefined) return []
      const { became, words } = verdict.stored
      if (became === 'equal' || became === 'respelt') return []
      return [
        { judge, verdict: { kind: 'refused' as const, words: `reads back otherwise: ${words}` }, probe, verdicts },
      ]
    })
  })

const isKnown = (
  { judge, verdict, probe: { corner } }: Difference,
  { postgres }: Judging,
): KnownDifference | undefined =>
  corner === null ? undefined : knownDifference(postgres, judge, verdict.kind, corner.type, corner.value)

/** A row about which judges disagree, other than by a rule. */
export interface Finding {
  readonly probe: Probe
  /** Those who do not say what the first says who was asked. */
  readonly differences: readonly Difference[]
  readonly verdicts: Verdicts
}

const findingOf = (court: Judging, probe: Probe, verdicts: Verdicts, tally: Tally): Finding | null => {
  tally.count(probe, verdicts)
  const found = benchesFor(probe).flatMap((bench) => differencesOn(bench, verdicts, probe))
  const differences = [...found, ...changedOnTheWay(verdicts, probe)].filter((difference) => {
    const excuse = excuses.find(({ about = 'row', covers }) => about === probe.question && covers(difference, court))
    if (excuse !== undefined) tally.excuse(excuse.id)
    const known = excuse === undefined ? isKnown(difference, court) : undefined
    if (known !== undefined) tally.met(known)
    return excuse === undefined && known === undefined
  })
  return differences.length === 0 ? null : { probe, differences, verdicts }
}

/** Asks every judge about rows of one entity; those are found on which they disagree, other than by a rule. */
export const disagreements = async (
  court: Judging,
  probes: readonly Probe[],
  tally: Tally,
): Promise<readonly Finding[]> => {
  const verdicts = probes.map(() => new Map<JudgeId, Verdict>())
  for (const { id, judge } of court.judges) {
    const given = await judge(probes)
    for (const [place, verdict] of given.entries()) verdicts[place]?.set(id, verdict)
    await court.breathe()
  }
  return probes.flatMap((probe, place) => findingOf(court, probe, verdicts[place] ?? new Map(), tally) ?? [])
}
