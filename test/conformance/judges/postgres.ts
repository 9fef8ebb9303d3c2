import { findField } from '../../../generators/model/lookup.js'
import type { JsonValue } from '../../../generators/model/origin.js'
import {
  insertStatement,
  type RelationalSchema,
  relationalSchema,
  type Table,
} from '../../../generators/relational/index.js'
import type { TestDatabase } from '../../support/postgres.js'
import { type EmittedSet, textOf } from '../emitted-set.js'
import { changedField } from '../given.js'
import { abstains, type Judge, type Probe, type Verdict } from '../judge.js'
import { readBack } from '../read-back.js'
import { columnOf, type Members, members, storedJsonOf, unsaid } from '../sample.js'
import { loadValidators } from './zod.js'

/** Loads the emitted schema. Foreign keys and triggers rest: rows are judged alone, as given. */
const loadSchema = async (database: TestDatabase, emitted: EmittedSet): Promise<void> => {
  await database.reset()
  await database.exec(textOf(emitted, 'postgres/schema.sql'))
  await database.exec('SET session_replication_role = replica')
}

type Columns = Readonly<Record<string, JsonValue>>

/** The values of a row's columns as a driver is given them, or null when it has no form for one. */
const columnsOf = (table: Table, { entity, row }: Probe): Columns | null => {
  const given = row.members.flatMap(({ name, value }): readonly (readonly [string, unknown])[] => {
    const column = table.columns.find(({ field }) => field === name)
    if (column === undefined || findField(entity, name)?.encrypted !== null) return []
    return [[name, column.type.encoding.kind === 'json' && !column.type.array ? storedJsonOf(value) : columnOf(value)]]
  })
  return given.some(([, value]) => value === unsaid) ? null : (Object.fromEntries(given) as Columns)
}

/** What is compared with what came back: what is sealed or computed is the store's own. */
const kept = ({ entity, row }: Probe): Members => {
  const names = entity.fields
    .filter(
      ({ stores, encrypted, generated }) => stores.includes('postgres') && encrypted === null && generated === null,
    )
    .map(({ name }) => name)
  return members(row.members.filter(({ name }) => names.includes(name)))
}

/** Timestamps come back as text, as a driver without a parser returns them: PGlite's own takes early years for others. */
const returning = ({ columns }: Table): string =>
  columns
    .filter(({ field }) => field !== null)
    .map(({ name, type }) => {
      const column = `"${name.replaceAll('"', '""')}"`
      return type.name.startsWith('timestamp') ? `${column}::text${type.array ? '[]' : ''} AS ${column}` : column
    })
    .join(', ')

const constraintOf = (error: unknown): string | null =>
  typeof error === 'object' && error !== null && 'constraint' in error ? String(error.constraint) : null

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const tableOf = (schema: RelationalSchema, entity: string): Table | undefined =>
  schema.tables.find((table) => table.role === 'entity' && table.entity === entity)

/** The emitted schema on a real Postgres: a row is inserted as a driver would send it, read back, and taken out again. */
export const postgresJudge = async (emitted: EmittedSet, database: TestDatabase): Promise<Judge> => {
  const { set } = emitted
  const validatorOf = await loadValidators(emitted)
  const options = set.targets.postgres
  if (options === null) return { id: 'Postgres', judge: () => abstains }
  const schema = relationalSchema(set, options).value
  await loadSchema(database, emitted)
  await database.exec('BEGIN')
  const insert = async (probe: Probe, table: Table, columns: Columns): Promise<Verdict> => {
    const { text, values } = insertStatement(schema, table, columns)
    await database.exec('SAVEPOINT before')
    try {
      const [read] = await database.query(`${text} RETURNING ${returning(table)}`, values)
      const parsed = validatorOf(probe.entity, ({ postgresCodec }) => postgresCodec).safeDecode(read)
      return { kind: 'accepted', stored: readBack(set, probe.entity, kept(probe), parsed) }
    } catch (error) {
      const constraint = constraintOf(error)
      return { kind: 'refused', words: words(error), ...(constraint === null ? {} : { constraint }) }
    } finally {
      await database.exec('ROLLBACK TO before')
    }
  }
  return {
    id: 'Postgres',
    judge: async (probe) => {
      const table = tableOf(schema, probe.entity.name)
      if (table === undefined || probe.corner?.path === 'unknown') return abstains
      if (changedField(probe)?.stores.includes('postgres') === false) return abstains
      const columns = columnsOf(table, probe)
      return columns === null ? abstains : insert(probe, table, columns)
    },
  }
}
