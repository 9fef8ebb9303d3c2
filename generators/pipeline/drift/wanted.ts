import { openEmbedded, type PostgresEngine } from '../../engines/postgres/embedded.js'
import { type Ask, type Facts, readFacts } from '../../evolution/index.js'
import type { PostgresOptions } from '../../model/options.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { postgres } from '../../postgres/index.js'
import { missingExtension } from '../verify/sql-runs.js'

const files = ['postgres/schema.sql', 'postgres/retention.sql'] as const

/** The SQL of a set, made now: what stands on the disk may be of another day. */
export const emittedSql = async (set: SchemaSet, options: PostgresOptions): Promise<string> => {
  const units = postgres.units(set, { ...options, access: false }).value
  const parts = (await Promise.all(units.map((unit) => unit.emit()))).flatMap(({ value }) => value)
  return files
    .flatMap((file) =>
      parts
        .filter(({ path }) => path === file)
        .sort((a, b) => a.order - b.order || (a.text < b.text ? -1 : 1))
        .map(({ text }) => text),
    )
    .join('')
}

/** What a set wants, and the engine that holds it. */
export interface Wanted {
  readonly facts: Facts
  readonly ask: Ask
  readonly close: () => Promise<void>
}

const askOf =
  (engine: PostgresEngine): Ask =>
  (text, values) =>
    engine.query(text, values)

/** Runs the SQL of a set in the embedded engine and reads what it made; a text where the engine cannot. */
export const wantedFacts = async (set: SchemaSet, options: PostgresOptions): Promise<Wanted | string> => {
  const text = await emittedSql(set, options)
  const missing = missingExtension(text)
  if (missing !== null) return `the embedded Postgres has no extension ${missing}`
  const engine = await openEmbedded()
  try {
    await engine.exec(text)
    const ask = askOf(engine)
    return { facts: await readFacts(ask, options.schema), ask, close: engine.close }
  } catch (failure) {
    await engine.close()
    return failure instanceof Error ? failure.message : String(failure)
  }
}
