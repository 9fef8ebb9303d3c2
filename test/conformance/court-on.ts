import { type Court, courtOf } from '../../generators/pipeline/conformance/court.js'
import type { Evidence } from '../../generators/pipeline/verify/proof.js'
import { postgresKind, type TestDatabase } from '../support/postgres.js'

/** A court of a set's outputs on the tests' database, which is emptied for it. */
export const courtOn = async (evidence: Evidence, database: TestDatabase): Promise<Court> => {
  await database.reset()
  return courtOf(evidence, { kind: postgresKind, engine: database })
}
