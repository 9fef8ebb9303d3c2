import type { PostgresEngine } from '../../engines/postgres/embedded.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { hasErrors } from '../../kernel/result.js'
import { identifier, literal, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Span } from '../../kernel/source.js'
import { spanOfText } from '../../language/load/place.js'
import type { Entity, Query } from '../../model/entity.js'
import { entitiesIn } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { type PreparedQuery, preparedQuery, type RelationalSchema, relationalSchema } from '../../relational/index.js'
import { counted, type Evidence, nothingToProve, type Proven } from './proof.js'
import { columnProblems } from './query-columns.js'
import { type Binding, queryValues } from './query-values.js'
import { zoneReader } from './query-zones.js'
import type { Step, Watch } from './watch.js'

/** A query with its statement for Postgres. */
interface Asked {
  readonly entity: Entity
  readonly query: Query
  readonly statement: NonNullable<Query['postgres']>
  readonly prepared: PreparedQuery
}

/** What a query came to: findings, or why it was not run to its end. */
interface Answer {
  readonly diagnostics: readonly Diagnostic[]
  readonly unproved: readonly string[]
}

/** The error of a server: `position` counts characters of what was sent, from 1. */
interface ServerError {
  readonly message: string
  readonly code?: string
  readonly position?: string
  readonly hint?: string
}

const statementName = sql`botschema_query`

const held: Answer = { diagnostics: [], unproved: [] }

/** The word of a statement that begins at an offset; the first one of all when none is said. */
const placeIn = ({ statement: { text, origin } }: Asked, offset: number | null): Span => {
  const start = offset ?? text.search(/\S|$/)
  const word = /^(?:[\p{L}\p{N}_$.]+|"[^"]*"|'[^']*'|:\w+)/u.exec(text.slice(start))
  return spanOfText(origin, text, start, Math.min(start + (word?.[0].length ?? 1), text.length))
}

/** Where the server points to in the statement as written, or null where it points to nothing of it. */
const offsetOf = ({ prepared: { prepare, before, numbered } }: Asked, position: string | undefined): number | null => {
  if (position === undefined) return null
  const sent = [...prepare].slice(0, Number(position) - 1).join('').length - before
  return sent < 0 ? null : numbered.written(sent)
}

const refused = (asked: Asked, failure: unknown): Answer => {
  const { message, position, hint } = failure as ServerError
  const words = { query: asked.query.name, message, hint: hint ?? null }
  return { ...held, diagnostics: [report('query-refused', placeIn(asked, offsetOf(asked, position)), words)] }
}

const otherwise = (asked: Asked, found: string): Answer => {
  const { name, returns } = asked.query
  const said = { many: 'many rows', one: 'one row', none: 'none' }[returns]
  return {
    ...held,
    diagnostics: [report('query-returns', placeIn(asked, null), { query: name, returns: said, found })],
  }
}

/**
 * Whether a server refused values rather than the statement (Postgres manual, appendix A): bad data, a constraint, what
 * a function made of its arguments. A missing value is the statement's fault where all parameters have one; so is what
 * triggers refuse, which say 23000: a change of what is append-only or immutable.
 */
const isAboutValues = ({ code = '' }: ServerError, values: readonly (string | null)[]): boolean =>
  code === '23502' ? values.includes(null) : /^(?:22|23(?!000)|39)/.test(code)

const rowsProblem = ({ query: { returns } }: Asked, givesRows: boolean): string | null => {
  if (returns === 'none') return givesRows ? 'its statement gives rows' : null
  return givesRows ? null : 'its statement gives no rows'
}

/** The statement that runs a prepared query with values; what a binding has none for is null. */
const executed = ({ prepared }: Asked, binding: Binding = new Map()): Sql =>
  prepared.execute(prepared.numbered.names.map((name) => binding.get(name) ?? null))

const run = async (engine: PostgresEngine, asked: Asked, binding: Binding): Promise<Answer> => {
  const { entity, query, prepared } = asked
  const values = prepared.numbered.names.map((name) => binding.get(name) ?? null)
  try {
    await engine.query('SAVEPOINT botschema_run')
    const rows = await engine.query(executed(asked, binding))
    return query.returns === 'one' && rows.length > 1 ? otherwise(asked, `${rows.length} rows came back`) : held
  } catch (failure) {
    if (!isAboutValues(failure as ServerError, values)) return refused(asked, failure)
    const reason = `the query ${query.name} of ${entity.name} was prepared, but not run to its end: ${(failure as ServerError).message}`
    return { ...held, unproved: [reason] }
  } finally {
    await engine.query('ROLLBACK TO SAVEPOINT botschema_run')
  }
}

/** What stands ready to prove queries: the database, and what asks it. */
interface Proving {
  readonly engine: PostgresEngine
  readonly context: Parameters<typeof preparedQuery>[0]
  /** Of the set's tables. */
  readonly schema: string
  readonly valuesOf: ReturnType<typeof queryValues>
  readonly dependsOnZone: ReturnType<typeof zoneReader>
}

/** A run to the end is done again as if the server were elsewhere. */
const runElsewhere = async ({ dependsOnZone }: Proving, asked: Asked, binding: Binding): Promise<Answer> => {
  if (!(await dependsOnZone(asked.statement.text, executed(asked, binding)))) return held
  return { ...held, diagnostics: [report('query-zone', placeIn(asked, null), { query: asked.query.name })] }
}

/** Runs a prepared query with each binding until something is found; one run to the end is enough to have it proved. */
const runAll = async (proving: Proving, asked: Asked, bindings: readonly Binding[]): Promise<Answer> => {
  const answers: Answer[] = []
  for (const binding of bindings) {
    const first = await run(proving.engine, asked, binding)
    const answer = first === held ? await runElsewhere(proving, asked, binding) : first
    if (answer.diagnostics.length > 0) return answer
    answers.push(answer)
  }
  const withheld = answers.flatMap(({ unproved }) => unproved)
  return withheld.length < answers.length ? held : { ...held, unproved: withheld.slice(0, 1) }
}

const prepare = async (engine: PostgresEngine, asked: Asked): Promise<Answer> => {
  try {
    await engine.query(asked.prepared.prepare)
  } catch (failure) {
    return refused(asked, failure)
  }
  const [known] = await engine.query<{ rows: boolean }>(
    `SELECT result_types IS NOT NULL AS rows FROM pg_prepared_statements WHERE name = '${statementName}'`,
  )
  const problem = rowsProblem(asked, known?.rows === true)
  return problem === null ? held : otherwise(asked, problem)
}

/** Prepares a query once more as a connection has it that nobody told of the set's schema. */
const prepareUnaided = async ({ engine, schema }: Proving, asked: Asked): Promise<readonly Diagnostic[]> => {
  if (schema === 'public') return []
  await engine.query(sql`DEALLOCATE ${statementName}`)
  await engine.query('SET LOCAL search_path TO public')
  try {
    await engine.query(asked.prepared.prepare)
    return []
  } catch (failure) {
    const at = placeIn(asked, offsetOf(asked, (failure as ServerError).position))
    return [report('query-schema', at, { query: asked.query.name, schema, message: (failure as ServerError).message })]
  }
}

const pathTo = (schema: string): Sql => (schema === 'public' ? sql`public` : sql`${identifier(schema)}, public`)

/** Prepares a query and runs it, in a transaction that is rolled back. */
const prove = async (proving: Proving, asked: Asked): Promise<Answer> => {
  const { context, engine, schema, valuesOf } = proving
  const bindings = await valuesOf(asked.query)
  await engine.query('BEGIN')
  try {
    await engine.query(sql`SET LOCAL search_path TO ${pathTo(schema)}`)
    const prepared = await prepare(engine, asked)
    if (prepared.diagnostics.length > 0) return prepared
    const diagnostics = await columnProblems(engine, context, asked.entity, asked.query, executed(asked))
    if (diagnostics.length > 0) return { ...held, diagnostics }
    const answer = await runAll(proving, asked, bindings)
    return answer.diagnostics.length > 0 ? answer : { ...answer, diagnostics: await prepareUnaided(proving, asked) }
  } finally {
    await engine.query('ROLLBACK')
    // A prepared statement outlives its transaction, and there is none where it was refused.
    await engine.query('DEALLOCATE ALL')
  }
}

/** All runs of a query together may take what the limit says. */
const stepOf = ({ output }: Evidence, asked: Asked): Step => ({
  key: `${output} query ${asked.entity.name} ${asked.query.name}`,
  what: `the query \`${asked.query.name}\``,
  at: placeIn(asked, null),
  share: 1,
})

/** Has identities count on from the stored rows, whose keys were given. */
const countOn = async (engine: PostgresEngine, { schema, tables }: RelationalSchema): Promise<void> => {
  for (const table of tables) {
    for (const { name, made } of table.columns) {
      if (made === null) continue
      const from = qualified(schema, table.name)
      const sequence = sql`pg_get_serial_sequence(${literal(from)}, ${literal(name)})`
      await engine.query(sql`SELECT setval(${sequence}, coalesce(max(${identifier(name)}), 0) + 1, false) FROM ${from}`)
    }
  }
}

/** That the queries of a set were not run, where it has some: what is not proved is said. */
export const queriesNotRun = (set: SchemaSet, because: string): readonly string[] => {
  const asked = entitiesIn(set, 'postgres').flatMap(({ queries }) =>
    queries.filter(({ postgres }) => postgres !== null),
  )
  return asked.length === 0 ? [] : [`${counted(asked.length, 'query', 'queries')} for Postgres not run: ${because}`]
}

/**
 * Prepares every query in a database that holds the emitted schema and the examples, runs it with their values, and
 * holds what comes back against `returns`. Leaves the database as it was.
 */
export const runQueries = async (evidence: Evidence, engine: PostgresEngine, watch: Watch): Promise<Proven> => {
  const { set } = evidence
  const options = set.targets.postgres
  if (options === null) return nothingToProve
  const context = { set, options }
  const schema = relationalSchema(set, options).value
  const proving: Proving = {
    engine,
    context,
    schema: options.schema,
    valuesOf: queryValues(engine, context, schema),
    dependsOnZone: zoneReader(engine, schema),
  }
  const answers: Answer[] = []
  await countOn(engine, schema)
  for (const entity of entitiesIn(set, 'postgres')) {
    for (const query of entity.queries) {
      const { postgres: statement } = query
      if (statement === null) continue
      const prepared = preparedQuery(context, statementName, query, statement.text)
      const asked = { entity, query, statement, prepared }
      answers.push(
        await watch.step(
          stepOf(evidence, asked),
          () => prove(proving, asked),
          (finding) => ({ ...held, diagnostics: [finding] }),
        ),
      )
    }
  }
  const diagnostics = answers.flatMap((answer) => answer.diagnostics)
  return {
    held: hasErrors(diagnostics) || answers.length === 0 ? null : counted(answers.length, 'query', 'queries'),
    diagnostics,
    unproved: answers.flatMap((answer) => answer.unproved),
  }
}
