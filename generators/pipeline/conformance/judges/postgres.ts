import type { PostgresEngine } from '../../../engines/postgres/embedded.js'
import { identifier, joinSql, literal, qualified, type Sql, sql } from '../../../kernel/safe/sql.js'
import type { JsonValue } from '../../../model/origin.js'
import {
  type Column,
  parameterText,
  type RelationalSchema,
  relationalSchema,
  type Table,
  withoutModifier,
} from '../../../relational/index.js'
import { patchFields } from '../../../script/shapes.js'
import type { Evidence } from '../../verify/proof.js'
import { textOf } from '../outputs.js'
import { readBack } from '../read-back.js'
import { changedField, patchOf } from '../rows/given.js'
import { columnOf, type Members, members, storedJsonOf, unsaid } from '../rows/sample.js'
import { abstains, type Judge, type JudgeId, type Probe, refused, type Verdict } from './judge.js'
import { type Outcome, prepareTrials, type Trial, tryAll } from './postgres-trials.js'
import type { Validator, ValidatorOf } from './zod.js'

/** What keeps rows as they are: the triggers that do nothing but refuse. */
const refusing = ({ schema, tables }: RelationalSchema): readonly Sql[] =>
  tables.flatMap(({ name, triggers }) =>
    triggers
      .filter(({ kind }) => kind === 'refuse-change' || kind === 'append-only')
      .map((trigger) => sql`ALTER TABLE ${qualified(schema, name)} ENABLE ALWAYS TRIGGER ${identifier(trigger.name)};`),
  )

/** Loads the emitted schema. Foreign keys, and triggers that do more than refuse, rest: rows are judged alone, as given. */
const loadSchema = async (database: PostgresEngine, evidence: Evidence, schema: RelationalSchema): Promise<void> => {
  await database.exec(textOf(evidence, 'postgres/schema.sql'))
  for (const statement of refusing(schema)) await database.exec(statement)
  await database.exec('SET session_replication_role = replica')
  await prepareTrials(
    database,
    schema,
    schema.tables.filter(({ role }) => role === 'entity'),
  )
}

/** A column with what a driver is given for it. */
export type Given = readonly [Column, string | null]

/** What some columns are given, or null when a driver has no form for it. */
export const givenOf = (columns: readonly Column[], { members: all }: Members): readonly Given[] | null => {
  const given = all.flatMap(({ name, value }): readonly (Given | null)[] => {
    const column = columns.find(({ field }) => field === name)
    if (column === undefined) return []
    const { type } = column
    const json = type.encoding.kind === 'json' && !type.array ? storedJsonOf(value) : columnOf(value)
    return json === unsaid ? [null] : [[column, parameterText(json as JsonValue, type)]]
  })
  const said = given.filter((one) => one !== null)
  return said.length < given.length ? null : said
}

export const value = ([{ type }, text]: Given): Sql =>
  sql`${text === null ? sql`NULL` : literal(text)}::text::${withoutModifier(type)}`

/** An insert of literals, as a driver's parameters would be read; an identity that is given is kept. */
export const insertOf = ({ schema }: RelationalSchema, table: Table, given: readonly Given[]): Sql => {
  const name = qualified(schema, table.name)
  if (given.length === 0) return sql`INSERT INTO ${name} DEFAULT VALUES RETURNING *`
  const columns = joinSql(
    given.map(([column]) => identifier(column.name)),
    ', ',
  )
  const overriding = given.some(([{ made }]) => made === 'identity') ? sql` OVERRIDING SYSTEM VALUE` : sql``
  return sql`INSERT INTO ${name} (${columns})${overriding} VALUES (${joinSql(given.map(value), ', ')}) RETURNING *`
}

const updateOf = ({ schema }: RelationalSchema, table: Table, given: readonly Given[]): Sql => {
  const sets = given.map((one) => sql`${identifier(one[0].name)} = ${value(one)}`)
  return sql`UPDATE ${qualified(schema, table.name)} SET ${joinSql(sets, ', ')} RETURNING *`
}

const hasNul = (given: readonly Given[]): string | undefined =>
  given.map(([, text]) => text).find((text): text is string => text?.includes('\0') ?? false)

/** What is compared with what came back: not what is sealed, nor what is computed from what was changed to anything. */
const kept = ({ entity, row, corner }: Probe): Members => {
  const names = entity.fields
    .filter(({ stores, encrypted }) => stores.includes('postgres') && encrypted === null)
    .filter(({ generated }) => generated === null || corner === null)
    .map(({ name }) => name)
  return members(row.members.filter(({ name }) => names.includes(name)))
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export const tableOf = (schema: RelationalSchema, entity: string): Table | undefined =>
  schema.tables.find((table) => table.role === 'entity' && table.entity === entity)

/**
 * How a row comes about: what is there before, and what is then inserted, or set by an update; null where Postgres has no
 * part in it.
 */
type Asked = (table: Table, probe: Probe) => Coming | null

interface Coming {
  readonly before: Members | null
  readonly by: 'insert' | 'update'
  readonly given: Members
}

const asInsert: Asked = (_, { row, base, question }) => ({
  before: question === 'taken' || question === 'free' ? base : null,
  by: 'insert',
  given: row,
})

const asUpdate: Asked = (table, probe) => {
  const patch = patchOf(probe, patchFields(probe.entity))
  const isKept = patch?.members.some(({ name }) => table.columns.some(({ field }) => field === name)) === true
  return isKept ? { before: probe.base, by: 'update', given: patch } : null
}

const isAsked = (probe: Probe): boolean =>
  probe.corner?.path !== 'unknown' && (changedField(probe)?.stores.includes('postgres') ?? true)

/** A trial, the text with a NUL that no driver can send, or null where there is nothing to try. */
type Prepared = Trial | { readonly nul: string } | null

const prepared = (schema: RelationalSchema, table: Table, probe: Probe, asked: Asked): Prepared => {
  const way = isAsked(probe) ? asked(table, probe) : null
  if (way === null) return null
  const writable = table.columns.filter(({ generated }) => generated === null)
  const before = way.before === null ? [] : givenOf(writable, way.before)
  const given = givenOf(probe.question === 'forbidden' ? table.columns : writable, way.given)
  if (before === null || given === null) return null
  const nul = hasNul([...before, ...given])
  if (nul !== undefined) return { nul }
  return {
    before: way.before === null ? null : insertOf(schema, table, before),
    statement: (way.by === 'insert' ? insertOf : updateOf)(schema, table, given),
    isGuarded: probe.question === 'dangling',
  }
}

/**
 * The emitted schema on a real Postgres: rows are inserted and updated as a driver would send them, and read back.
 *
 * @param database an empty one, which is not left so
 */
export const postgresJudges = async (
  evidence: Evidence,
  validatorOf: ValidatorOf,
  database: PostgresEngine,
): Promise<readonly Judge[]> => {
  const { set } = evidence
  const options = set.targets.postgres
  if (options === null || !set.stores.includes('postgres')) return []
  const schema = relationalSchema(set, options).value
  await loadSchema(database, evidence, schema)

  const verdictOf = (probe: Probe, codec: Validator, outcome: Outcome): Verdict => {
    if (outcome.row !== null)
      return { kind: 'accepted', stored: readBack(set, probe.entity, kept(probe), codec.safeDecode(outcome.row)) }
    const { words: said, constraint } = outcome
    return constraint === null ? refused(said) : { kind: 'refused', words: said, constraint }
  }
  const sent = async (text: string): Promise<Verdict> => {
    try {
      await database.query('SELECT $1::text', [text])
      return { kind: 'accepted' }
    } catch (error) {
      return refused(words(error))
    }
  }
  const judgeTable = async (table: Table, probes: readonly Probe[], asked: Asked): Promise<readonly Verdict[]> => {
    const ways = probes.map((probe) => prepared(schema, table, probe, asked))
    const outcomes = await tryAll(
      database,
      schema,
      table,
      ways.filter((way): way is Trial => way !== null && 'statement' in way),
    )
    const verdicts: Verdict[] = []
    let place = 0
    for (const [index, probe] of probes.entries()) {
      const way = ways[index] ?? null
      if (way === null) verdicts.push(abstains)
      else if ('nul' in way) verdicts.push(await sent(way.nul))
      else {
        const outcome = outcomes[place++] ?? { row: null, words: 'no outcome', constraint: null }
        verdicts.push(
          verdictOf(
            probe,
            validatorOf(probe.entity, ({ postgresCodec }) => postgresCodec),
            outcome,
          ),
        )
      }
    }
    return verdicts
  }
  const judgeBy = (id: JudgeId, asked: Asked): Judge => ({
    id,
    judge: async (probes) => {
      const table = tableOf(schema, probes[0]?.entity.name ?? '')
      return table === undefined ? probes.map(() => abstains) : judgeTable(table, probes, asked)
    },
  })
  return [judgeBy('Postgres', asInsert), judgeBy('Postgres update', asUpdate)]
}
