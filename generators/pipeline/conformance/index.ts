import { openEmbedded, type PostgresEngine } from '../../engines/postgres/embedded.js'
import type { Diagnostic } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import type { Host } from '../host.js'
import { type Evidence, fileAt } from '../verify/proof.js'
import { missingExtension } from '../verify/sql-runs.js'
import type { Step, Watch } from '../verify/watch.js'
import type { Finding } from './agreement.js'
import { type Extent, findingsAbout } from './asking.js'
import { type AskedConditions, askConditions } from './conditions/asking.js'
import { conditionsOfSet } from './conditions/condition.js'
import { readersOf } from './conditions/readers.js'
import { type Court, courtOf } from './court.js'
import {
  conditionDiagnosticOf,
  conditionDisagreementOf,
  type Disagreement,
  diagnosticOf,
  disagreementOf,
} from './disagreement.js'
import { askEarlier, type EarlierAsked, joinEarlier } from './earlier/index.js'
import { NoValue } from './no-value.js'
import { OutputMissing } from './outputs.js'
import { joinPairs, type PairsAsked, pairsOf } from './pairs/index.js'
import { type Excused, Tally, type TypeCounts } from './tally.js'

/** What is asked: so many rows of each entity, and the seed of all that is random. */
export interface Asked {
  readonly runs: number
  readonly seed: number
}

/** What all targets said of rows of a set. */
export interface Conformance extends Asked {
  /** How many entities there were rows of, and how many rows in all. */
  readonly entities: number
  readonly rows: number
  /** How many checks and `where`s were asked about, over rows of the fields that they read. */
  readonly conditions: number
  /** How many pairs of values. */
  readonly pairs: number
  /** How many rows that were stored before: with unknown keys, without fields, with values in other forms. */
  readonly earlier: number
  readonly types: readonly TypeCounts[]
  readonly excused: readonly Excused[]
  readonly disagreements: readonly Disagreement[]
}

/** `conformance` is null where nobody could be asked; `unproved` says why, and what else was left out. */
export interface AskedTargets {
  readonly conformance: Conformance | null
  readonly diagnostics: readonly Diagnostic[]
  readonly unproved: readonly string[]
}

/** Of so many rows three in four have one thing at a corner of its type. */
const extentOf = ({ runs, seed }: Asked): Extent => ({
  seed,
  corners: { most: Math.ceil((runs * 3) / 4) - 1, withCertain: false },
  rows: runs,
  leastAtRandom: 0,
})

/** A Postgres for the set's schema; null with the reason where the engine that botschema brings along cannot have it. */
const openPostgres = async (
  evidence: Evidence,
): Promise<{ readonly engine: PostgresEngine | null; readonly unproved: readonly string[] }> => {
  const schema = fileAt(evidence, 'postgres/schema.sql')
  if (evidence.set.targets.postgres === null || schema === undefined) return { engine: null, unproved: [] }
  const extension = missingExtension(schema.text)
  if (extension === null) return { engine: await openEmbedded(), unproved: [] }
  const reason = `Postgres was asked about no row: its tables need the extension ${extension}, which the embedded Postgres has not`
  return { engine: null, unproved: [reason] }
}

const standIns =
  'validators of MongoDB were read by stand-ins for a server: `$jsonSchema` by ajv, everything else (`$expr`) by mingo'

/** Whoever lets all targets be asked: is told of the entities, lets signals through, may stop what takes too long. */
export interface Asking extends Pick<Host, 'breathe' | 'progress'> {
  readonly watch: Watch
}

interface Answers {
  readonly entities: number
  /** About entities whose rows were asked about for too long. */
  readonly stopped: readonly Diagnostic[]
  readonly findings: readonly Finding[]
  readonly pairs: PairsAsked
  readonly earlier: EarlierAsked
  readonly unproved: readonly string[]
}

/** The time of the limit is for each batch of rows, whenever one of those who are asked has answered. */
const stepOf = ({ output }: Evidence, entity: Entity): Step => ({
  key: `${output} rows ${entity.name}`,
  what: `what targets make of rows of ${entity.name}`,
  at: entity.origin,
  share: 1,
})

const askAll = async (
  court: Court,
  evidence: Evidence,
  asked: Asked,
  tally: Tally,
  { progress, watch }: Asking,
): Promise<Answers> => {
  const findings: Finding[] = []
  const stopped: Diagnostic[] = []
  const pairs: PairsAsked[] = []
  const earlier: EarlierAsked[] = []
  const unproved: string[] = []
  for (const entity of court.set.entities) {
    progress(entity.name)
    try {
      await watch.step(
        stepOf(evidence, entity),
        async () => {
          findings.push(...(await findingsAbout(court, entity, extentOf(asked), tally)))
          pairs.push(await pairsOf(court.pairing, entity, asked.seed))
          earlier.push(await askEarlier(court.earlier, entity, asked.seed, asked.runs))
        },
        (finding) => void stopped.push(finding),
      )
    } catch (error) {
      if (!(error instanceof NoValue)) throw error
      unproved.push(`no target was asked about rows of ${entity.name}: ${error.message}`)
    }
  }
  const entities = court.set.entities.length - unproved.length - stopped.length
  return { entities, findings, pairs: joinPairs(pairs), earlier: joinEarlier(earlier), stopped, unproved }
}

/** Rows of the fields that one condition reads, and values of each of those. */
const rowsOfCondition = { rows: 200, values: 6 }

const askAboutConditions = ({ set }: Court, { seed }: Asked, engine: PostgresEngine | null): Promise<AskedConditions> =>
  askConditions(set, readersOf(set, engine), conditionsOfSet(set), { seed, ...rowsOfCondition })

const nobody = (reason: string): AskedTargets => ({
  conformance: null,
  diagnostics: [],
  unproved: [`no target was asked about any row: ${reason}`],
})

const askOn = async (
  evidence: Evidence,
  asked: Asked,
  asking: Asking,
  engine: PostgresEngine | null,
): Promise<AskedTargets> => {
  const database = engine === null ? null : ({ kind: 'embedded', engine } as const)
  const court = await courtOf(evidence, database, async () => {
    asking.watch.renew()
    await asking.breathe()
  })
  if (court.judges.every(({ id }) => id.startsWith('Zod'))) return nobody('the set emits Zod, and no other target')
  const tally = new Tally()
  const { entities, findings, pairs, earlier, stopped, unproved } = await askAll(court, evidence, asked, tally, asking)
  const conditions = await askAboutConditions(court, asked, engine)
  const hasStandIns = court.judges.some(({ id }) => id === 'Mongo validator')
  return {
    conformance: {
      ...asked,
      entities,
      rows: tally.rows,
      conditions: conditions.asked.length,
      pairs: pairs.pairs,
      earlier: earlier.rows,
      types: tally.types,
      excused: tally.excused,
      disagreements: [
        ...findings.map(disagreementOf),
        ...conditions.findings.map(conditionDisagreementOf),
        ...pairs.findings.map(({ disagreement }) => disagreement),
        ...earlier.findings.map(({ disagreement }) => disagreement),
      ],
    },
    diagnostics: [
      ...findings.map(diagnosticOf),
      ...conditions.findings.map(conditionDiagnosticOf),
      ...pairs.findings.map(({ diagnostic }) => diagnostic),
      ...earlier.findings.map(({ diagnostic }) => diagnostic),
      ...stopped,
    ],
    unproved: [
      ...unproved,
      ...conditions.unasked.map(
        ({ condition: { entity, name }, reason }) => `nobody was asked about ${name} of ${entity.name}: ${reason}`,
      ),
      ...(hasStandIns ? [standIns] : []),
    ],
  }
}

/**
 * Asks every target that a set emits about rows of each of its entities: whether they are rows, and what they are when
 * they are read again. The outputs load, as `verify` has proved before.
 *
 * @param evidence the outputs to ask, with the set that they were made from
 */
export const askTargets = async (evidence: Evidence, asked: Asked, asking: Asking): Promise<AskedTargets> => {
  if (evidence.set.targets.zod === null) return nobody('the set emits no Zod, whose codecs read what the stores return')
  const { engine, unproved } = await openPostgres(evidence)
  try {
    const answers = await askOn(evidence, asked, asking, engine)
    return { ...answers, unproved: [...unproved, ...answers.unproved] }
  } catch (error) {
    if (!(error instanceof OutputMissing)) throw error
    return nobody(`${error.message}; run \`botschema check\``)
  } finally {
    await engine?.close()
  }
}
