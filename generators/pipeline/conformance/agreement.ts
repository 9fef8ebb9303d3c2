import type { TargetLoss } from '../../generators/pipeline/units.js'
import { lossesOfSet } from '../../generators/pipeline/units.js'
import type { TestDatabase } from '../support/postgres.js'
import type { EmittedSet } from './emitted-set.js'
import { type Difference, excuses, type Setting } from './excuses.js'
import { nameAt } from './given.js'
import type { Judge, JudgeId, Probe, Verdict } from './judge.js'
import { jsonSchemaJudges } from './judges/json-schema.js'
import { mongoJudges } from './judges/mongo.js'
import { postgresJudges } from './judges/postgres.js'
import { zodJudges } from './judges/zod.js'
import { type KnownDifference, knownDifference } from './known-differences.js'
import { codeOf, jsonOf, members, unsaid } from './sample.js'
import type { Tally } from './tally.js'

/** Everybody who judges rows of one set. */
export interface Court extends Setting {
  readonly emitted: EmittedSet
  readonly judges: readonly Judge[]
}

export const courtOf = async (emitted: EmittedSet, database: TestDatabase): Promise<Court> => {
  const losses: readonly TargetLoss[] = await lossesOfSet(emitted.set)
  const judges = [
    ...(await zodJudges(emitted)),
    ...(await jsonSchemaJudges(emitted)),
    ...(await mongoJudges(emitted)),
    ...(await postgresJudges(emitted, database)),
  ]
  return { emitted, set: emitted.set, losses, judges }
}

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

/** A missing field is filled in by an insert and reads as null in a document; a missing member is filled in by emitted code only. */
const benchesFor = ({ corner }: Probe): readonly Bench[] => {
  switch (corner?.missing) {
    case 'field':
      return [rowBench, [...insertBench, 'Postgres'], ['Zod Mongo codec', 'Mongo validator']]
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

const differencesOn = (bench: Bench, verdicts: Verdicts, probe: Probe): readonly Difference[] => {
  const given = bench.flatMap((judge) => {
    const verdict = verdicts.get(judge)
    return verdict === undefined || verdict.kind === 'abstains' ? [] : [{ judge, verdict, probe, verdicts }]
  })
  const isValid = probe.corner === null && probe.patch === null
  const expected = isValid ? 'accepted' : given[0]?.verdict.kind
  return given.filter(({ verdict }) => verdict.kind !== expected)
}

/** Readers who gave back another row, or none, although everyone accepts it. */
const changedOnTheWay = (verdicts: Verdicts, probe: Probe): readonly Difference[] =>
  benchesFor(probe).flatMap((bench) => {
    const [first] = bench
    if ((probe.corner?.missing ?? null) !== null) return []
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

const isKnown = ({ judge, verdict, probe: { corner } }: Difference): KnownDifference | undefined =>
  corner === null ? undefined : knownDifference(judge, verdict.kind, corner.type, corner.value)

export interface Finding {
  readonly probe: Probe
  readonly differences: readonly Difference[]
  readonly verdicts: Verdicts
}

const findingOf = (court: Court, probe: Probe, verdicts: Verdicts, tally: Tally): Finding | null => {
  tally.count(probe, verdicts)
  const found = benchesFor(probe).flatMap((bench) => differencesOn(bench, verdicts, probe))
  const differences = [...found, ...changedOnTheWay(verdicts, probe)].filter((difference) => {
    const excuse = excuses.find(({ covers }) => covers(difference, court))
    if (excuse !== undefined) tally.excuse(excuse.id)
    const known = excuse === undefined ? isKnown(difference) : undefined
    if (known !== undefined) tally.met(known)
    return excuse === undefined && known === undefined
  })
  return differences.length === 0 ? null : { probe, differences, verdicts }
}

/** Asks every judge about rows of one entity; those are found on which they disagree, other than by a rule. */
export const disagreements = async (
  court: Court,
  probes: readonly Probe[],
  tally: Tally,
): Promise<readonly Finding[]> => {
  const verdicts = probes.map(() => new Map<JudgeId, Verdict>())
  for (const { id, judge } of court.judges) {
    const given = await judge(probes)
    for (const [place, verdict] of given.entries()) verdicts[place]?.set(id, verdict)
  }
  return probes.flatMap((probe, place) => findingOf(court, probe, verdicts[place] ?? new Map(), tally) ?? [])
}

const shown = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === 'bigint') return `${inner}n`
    return typeof inner === 'number' && !Number.isFinite(inner) ? String(inner) : inner
  }) ?? String(value)

const verdictText = (verdict: Verdict): string => {
  if (verdict.kind === 'refused') return `refuses it: ${verdict.words}`
  if (verdict.kind === 'abstains') return 'has no part in it'
  return verdict.stored === undefined || verdict.stored.became === 'equal'
    ? 'accepts it'
    : `accepts it, but ${verdict.stored.words}`
}

/** A disagreement for people: the row, what was changed, and every judge's own words. */
export const report = ({ probe: { entity, row, patch, corner }, differences, verdicts }: Finding): string => {
  const changed =
    corner === null
      ? patch === null
        ? 'a valid row'
        : `an update of ${patch.members.map(({ name }) => name).join(', ')}`
      : `${corner.path} (${corner.type.kind})${corner.missing === null ? '' : ', missing'}`
  const odd = new Set(differences.map(({ judge }) => judge))
  const said = [...verdicts].map(
    ([judge, verdict]) => `  ${odd.has(judge) ? '>' : ' '} ${judge} ${verdictText(verdict).slice(0, 400)}`,
  )
  const name = corner === null ? undefined : nameAt(corner.path)
  const about = corner === null ? row : members(row.members.filter((member) => member.name === name))
  const code = codeOf(about)
  return [`${entity.name}: ${changed}`, `  ${shown(code === unsaid ? jsonOf(about) : code)}`, ...said].join('\n')
}
