import { loadModels } from '../../generators/engines/mongo/models.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import { checkSet } from '../../generators/pipeline/check.js'
import { findingsAbout } from '../../generators/pipeline/conformance/asking.js'
import type { Tally } from '../../generators/pipeline/conformance/tally.js'
import { told } from '../../generators/pipeline/conformance/words.js'
import { generateSet } from '../../generators/pipeline/generate.js'
import { memoryHost } from '../../generators/pipeline/memory-host.js'
import type { Evidence } from '../../generators/pipeline/verify/proof.js'
import { courtOn } from '../conformance/court-on.js'
import { emitSet } from '../conformance/emitted-set.js'
import { compileTexts, printed } from '../support/compile.js'
import type { TestDatabase } from '../support/postgres.js'
import type { RandomSet } from './sets.js'

/** The model of a drawn set, which must have no finding. */
export const compiled = (texts: RandomSet): SchemaSet => {
  const { value, diagnostics } = compileTexts({ ...texts })
  if (value === null || diagnostics.length > 0) throw new Error(printed(diagnostics).join('\n'))
  return value.set
}

/** Generates, then checks twice: the second check is answered from what the first remembered. */
export const generatesAndChecks = async (texts: RandomSet): Promise<readonly string[]> => {
  const files = new Map(Object.entries(texts).map(([path, text]) => [`set/${path}`, text]))
  const host = memoryHost(files)
  const { diagnostics } = await generateSet(host, 'set', new Map(), { force: false, dryRun: false })
  const checks = [await checkSet(host, 'set', new Map()), await checkSet(host, 'set', new Map())]
  const found = [...diagnostics, ...checks.flatMap((checked) => checked.diagnostics)]
  // Texts of any length are drawn into keys and indexes as others are; the values that are tried fit.
  return printed(found.filter(({ code }) => code !== 'index-too-wide'))
}

const loadsInMongoose = async ({ set, files }: Evidence): Promise<void> => {
  const models = await loadModels(files)
  for (const entity of set.entities.filter(({ stores }) => stores.includes('mongo'))) models.modelOf(entity)
}

/** Loads the schema in Postgres and the models in Mongoose, and asks all judges about rows of each entity. */
export const agrees = async (
  set: SchemaSet,
  database: TestDatabase,
  rows: { readonly seed: number; readonly corners: number; readonly random: number },
  tally: Tally,
): Promise<readonly string[]> => {
  const emitted = await emitSet(set)
  if (set.stores.includes('mongo')) await loadsInMongoose(emitted)
  const court = await courtOn(emitted, database)
  const extent = {
    seed: rows.seed,
    corners: { most: rows.corners, withCertain: false },
    rows: 0,
    leastAtRandom: rows.random,
  }
  const found: string[] = []
  for (const entity of set.entities) {
    const findings = await findingsAbout(court, entity, extent, tally)
    found.push(...findings.map(told))
  }
  return found
}
