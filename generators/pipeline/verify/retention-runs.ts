import type { PostgresEngine } from '../../engines/postgres/embedded.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { literal, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import { wholeOf } from '../../kernel/source.js'
import { events } from '../../model/event.js'
import { actsOf } from '../../model/lifecycle.js'
import { entityOf } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { defaultOptions, type RelationalSchema, relationalSchema } from '../../relational/index.js'
import { type EntityFunctions, parametersOf } from '../../relational/retention/index.js'
import { type Evidence, fileAt, type Proven, sourceOf } from './proof.js'
import type { Watch } from './watch.js'

/** A body is not read before it runs, and an act of partitions not before there are some: long past, so that they are due. */
const entityCalls = (
  set: SchemaSet,
  { schema, tables }: RelationalSchema,
  functions: EntityFunctions,
): readonly Sql[] => {
  const { entity: name, retire, settle } = functions
  const partition = tables.find(({ entity, role }) => entity === name && role === 'entity')?.partition ?? null
  const hooked = actsOf(entityOf(set, name)).flatMap(({ before }, index) => (before === null ? [] : [index]))
  return [
    ...(partition === null ? [] : [sql`SELECT ${qualified(schema, partition.function)}('2001-02-03Z')`]),
    ...(retire === null ? [] : [sql`SELECT * FROM ${qualified(schema, retire)}()`]),
    ...(settle === null ? [] : hooked.map((act) => sql`SELECT ${qualified(schema, settle)}(${act}, '[{}]')`)),
  ]
}

/** A call of every function of retention.sql. */
const callsOf = (set: SchemaSet): readonly Sql[] => {
  const relational = relationalSchema(set, set.targets.postgres ?? defaultOptions).value
  const { schema, retention } = relational
  if (retention === null) return []
  const answered = events.flatMap((event) => {
    const name = retention.events[event]
    if (name === undefined) return []
    const ids = parametersOf(event).map(() => literal('1'))
    return [sql`SELECT * FROM ${qualified(schema, name)}(${ids.join(', ') as Sql})`]
  })
  return [
    ...retention.entities.flatMap((functions) => entityCalls(set, relational, functions)),
    ...(retention.entities.length === 0 ? [] : [sql`SELECT * FROM ${qualified(schema, retention.dueNow)}`]),
    ...answered,
  ]
}

/** What pg_cron has that retention-cron.sql calls. */
const cronStandIn = `
CREATE SCHEMA cron;
CREATE TABLE cron.job (jobid bigint GENERATED ALWAYS AS IDENTITY, jobname text);
CREATE FUNCTION cron.schedule(job_name text, schedule text, command text) RETURNS bigint
RETURN length(job_name || schedule || command);
CREATE FUNCTION cron.unschedule(job_id bigint) RETURNS boolean
RETURN job_id IS NOT NULL;`

/** Runs statements in a transaction that is taken back; what the server says of the first that it refuses, or null. */
const refusalOf = async (engine: PostgresEngine, statements: readonly string[]): Promise<string | null> => {
  try {
    await engine.exec('BEGIN')
    for (const statement of statements) await engine.exec(statement)
    return null
  } catch (failure) {
    return failure instanceof Error ? failure.message : String(failure)
  } finally {
    await engine.exec('ROLLBACK')
  }
}

const refused = async (
  evidence: Evidence,
  engine: PostgresEngine,
  path: string,
  statements: readonly string[],
  watch: Watch,
): Promise<readonly Diagnostic[]> => {
  const file = fileAt(evidence, path)
  if (file === undefined) return []
  const at = wholeOf(sourceOf(evidence, file))
  const run = async (): Promise<readonly Diagnostic[]> => {
    const message = await refusalOf(engine, statements)
    return message === null ? [] : [report('ddl-refused', at, { message })]
  }
  const step = { key: `${evidence.output} calls of ${path}`, what: `what ${path} makes`, at, share: statements.length }
  return watch.step(step, run, (finding) => [finding])
}

const cronPath = 'postgres/retention-cron.sql'

const notScheduled =
  'the schedules of retention-cron.sql were not made: the embedded Postgres has no pg_cron, and what stood in for it only took the calls'

/** Calls all that retention.sql made, on tables that are empty; and runs retention-cron.sql where there is one. */
export const runRetentionSql = async (evidence: Evidence, engine: PostgresEngine, watch: Watch): Promise<Proven> => {
  const cron = fileAt(evidence, cronPath)
  const diagnostics = [
    ...(await refused(evidence, engine, 'postgres/retention.sql', callsOf(evidence.set), watch)),
    ...(cron === undefined ? [] : await refused(evidence, engine, cronPath, [cronStandIn, cron.text], watch)),
  ]
  return { held: null, diagnostics, unproved: cron === undefined ? [] : [notScheduled] }
}
