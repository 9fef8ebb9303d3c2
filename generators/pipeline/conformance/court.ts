import type { PostgresEngine } from '../../engines/postgres/embedded.js'
import { lossesOfSet } from '../units.js'
import type { Evidence } from '../verify/proof.js'
import type { Earlier } from './earlier/index.js'
import { mongoReaders } from './earlier/mongo.js'
import { postgresReader } from './earlier/postgres.js'
import type { Setting } from './excuses.js'
import { jsonSchemaJudges } from './judges/json-schema.js'
import type { Judge } from './judges/judge.js'
import { collectionJudges, modelJudges } from './judges/mongo.js'
import { postgresJudges } from './judges/postgres.js'
import { loadValidators, zodJudges } from './judges/zod.js'
import type { PostgresKind } from './known-differences.js'
import type { Pairing } from './pairs/index.js'
import { mongoComparer } from './pairs/mongo.js'
import { postgresComparer } from './pairs/postgres.js'

/** Everybody who judges rows of one set. */
export interface Judging extends Setting {
  readonly judges: readonly Judge[]
  readonly postgres: PostgresKind
  /** Lets signals through: called after each judge. */
  readonly breathe: () => Promise<void>
}

/** Everybody who is asked about one set. */
export interface Court extends Judging {
  /** The stores, as they are asked about two values. */
  readonly pairing: Pairing
  /** Those who read what stands in the stores since before. */
  readonly earlier: Earlier
}

/** A Postgres for a court: an empty database. */
export interface CourtDatabase {
  readonly kind: PostgresKind
  readonly engine: PostgresEngine
}

/**
 * Loads the outputs of a set into everything that judges rows. The set emits Zod's validators.
 *
 * @param database null where no Postgres is asked
 * @throws OutputMissing
 */
export const courtOf = async (
  evidence: Evidence,
  database: CourtDatabase | null,
  breathe: () => Promise<void> = async () => undefined,
): Promise<Court> => {
  const { set } = evidence
  const validatorOf = await loadValidators(evidence)
  const judges = [
    ...zodJudges(evidence, validatorOf),
    ...(await jsonSchemaJudges(evidence)),
    ...(await modelJudges(evidence, validatorOf)),
    ...collectionJudges(evidence),
    ...(database === null ? [] : await postgresJudges(evidence, validatorOf, database.engine)),
  ]
  const comparers = [
    database === null ? null : postgresComparer(evidence, database.engine),
    mongoComparer(evidence, validatorOf),
  ].filter((comparer) => comparer !== null)
  const readers = [
    ...(await mongoReaders(evidence, (entity) => validatorOf(entity, ({ mongoCodec }) => mongoCodec))),
    database === null ? null : await postgresReader(evidence, database.engine),
  ].filter((reader) => reader !== null)
  return {
    set,
    losses: await lossesOfSet(set),
    judges,
    pairing: { set, validatorOf, comparers },
    earlier: { set, readers },
    postgres: database?.kind ?? 'embedded',
    breathe,
  }
}
