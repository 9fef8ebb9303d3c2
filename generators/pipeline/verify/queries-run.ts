import type { PostgresEngine, ResultColumn } from '../../engines/postgres/embedded.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { spanOfWord } from '../../kernel/place.js'
import { hasErrors, type Result } from '../../kernel/result.js'
import { identifier, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Span } from '../../kernel/source.js'
import type { Entity, Query } from '../../model/entity.js'
import { entitiesIn } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { type QueryStatement, queryStatement, sentText } from '../../postgres/queries/statement.js'
import { type NumberedQuery, type PreparedQuery, preparedQuery, relationalSchema } from '../../relational/index.js'
import { countOn } from './count-on.js'
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
  /** What emitted code sends, and what the parser says of it. */
  readonly sent: Result<QueryStatement>
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
const placeIn = ({ statement: { text, origin } }: Asked, offset: number | null): Span =>
  spanOfWord(origin, text, offset ?? text.search(/\S|$/))

/** A text that is sent behind a head, and where each of its offsets was written. */
type Sent = Pick<NumberedQuery, 'text' | 'written'>

/** Where the server points to in the statement as written, or null where it points to nothing of it. */
const offsetIn = (head: string, { text, written }: Sent, position: string | undefined): number | null => {
  if (position === undefined) return null
  const sent = [...(head + text)].slice(0, Number(position) - 1).join('').length - head.length
  return sent < 0 ? null : written(sent)
}

/** What stands before a statement where it is prepared. */
const headOf = ({ prepared: { prepare, before } }: Asked): string => prepare.slice(0, before)

const refused = (asked: Asked, failure: unknown): Answer => {
  const { message, position, hint } = failure as ServerError
  const words = { query: asked.query.name, message, hint: hint ?? null }
  return {
    ...held,
    diagnostics: [
      report('query-refused', placeIn(asked, offsetIn(headOf(asked), asked.prepared.numbered, position)), words),
    ],
  }
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
  const isWrite = asked.sent.value.doing !== 'read'
  if (!(await dependsOnZone(executed(asked, binding), isWrite))) return held
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

/** A query as a connection sends it whose search path has nothing but `pg_catalog`. */
const inNoSchema = sql`SET LOCAL search_path TO ''`

const dependsOnPath = ({ query }: Asked, message: string, at: Span): readonly Diagnostic[] => [
  report('query-schema', at, { query: query.name, message }),
]

const sameColumns = (some: readonly ResultColumn[], others: readonly ResultColumn[]): boolean =>
  some.length === others.length &&
  some.every(({ name, dataTypeID }, at) => others[at]?.name === name && others[at].dataTypeID === dataTypeID)

/** Prepares what is sent in place of a statement where no schema is looked into, and runs it with values. */
const runSent = async (
  { engine }: Proving,
  { prepared, sent: { value: sent } }: Asked,
  binding: Binding,
): Promise<void> => {
  await engine.query(sql`DEALLOCATE ${statementName}`)
  await engine.query(`PREPARE ${statementName} AS ${sentText(sent)}`)
  await engine.query(prepared.execute(sent.names.map((name) => binding.get(name) ?? null)))
}

/** Holds the statement that is sent against the author's: without a search path it runs, and gives the same columns. */
const proveSent = async (proving: Proving, asked: Asked, binding: Binding): Promise<readonly Diagnostic[]> => {
  const { engine } = proving
  const { value: sent, diagnostics } = asked.sent
  if (diagnostics.length > 0) return diagnostics
  const described = await engine.describe(executed(asked))
  const head = headOf(asked)
  await engine.query(sql`DEALLOCATE ${statementName}`)
  await engine.query(inNoSchema)
  try {
    await engine.query(head + sent.qualified.text)
    if (!sameColumns(described, await engine.describe(executed(asked)))) {
      return dependsOnPath(asked, 'without a search path its columns are others', placeIn(asked, null))
    }
    await runSent(proving, asked, binding)
    return []
  } catch (failure) {
    const { message, position } = failure as ServerError
    const at = placeIn(asked, offsetIn(head, sent.qualified, position))
    return isAboutValues(failure as ServerError, []) ? [] : dependsOnPath(asked, message, at)
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
    if (answer.diagnostics.length > 0) return answer
    return { ...answer, diagnostics: await proveSent(proving, asked, bindings[0] ?? new Map()) }
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
      const sent = await queryStatement(context, entity, query, statement)
      const asked = { entity, query, statement, prepared, sent }
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
