import type { PostgresEngine } from '../../../engines/postgres/embedded.js'
import { type Sql, sql } from '../../../kernel/safe/sql.js'
import type { Entity, Reference } from '../../../model/entity.js'
import { fieldOf, findEntity } from '../../../model/lookup.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import { type RelationalSchema, relationalSchema } from '../../../relational/index.js'
import type { PostgresState } from '../../migrate/planning.js'
import { givenOf, insertOf, tableOf } from '../judges/postgres.js'
import { NoValue } from '../no-value.js'
import { cornersOf } from '../rows/corners.js'
import { type Members, memberOf, type Sample, same, withMember } from '../rows/sample.js'
import { sampleRows } from '../rows/valid-rows.js'
import { type RowJudge, rowJudge } from './accepted.js'

/** How many rows are tried for each entity. */
const tries = 32

/** Every run draws the same rows. */
const seed = 20_260_101

/** Rows that the database took, by entity. */
type Pool = Map<string, readonly Members[]>

const put = (entity: Entity, row: Members, name: string, value: Sample): Members =>
  withMember(row, { name, property: fieldOf(entity, name).property, value })

/** The row with a reference to a row that is there; to none, or to itself, where there is none. Null: it cannot be. */
const referring = (
  entity: Entity,
  { fields, to }: Reference,
  row: Members,
  pool: Pool,
  turn: number,
): Members | null => {
  const rows = to.entity === entity.name ? [row] : (pool.get(to.entity) ?? [])
  const target = rows[turn % Math.max(rows.length, 1)]
  const isOptional = fields.every((name) => fieldOf(entity, name).nullable)
  if (target === undefined || (to.entity === entity.name && isOptional)) {
    return isOptional ? fields.reduce((made, name) => put(entity, made, name, same(null)), row) : null
  }
  return fields.reduce<Members>(
    (made, name, at) => put(entity, made, name, memberOf(target, to.fields[at] ?? name) ?? same(null)),
    row,
  )
}

const withReferences = (entity: Entity, row: Members, pool: Pool, turn: number): Members | null =>
  entity.references.reduce<Members | null>(
    (made, reference) => made && referring(entity, reference, made, pool, turn),
    row,
  )

/** A row, and the same with one value at a corner of its type. */
interface Drawn {
  readonly row: Members
  readonly corner: Members
}

const drawn = (set: SchemaSet, entity: Entity): readonly Drawn[] =>
  sampleRows(set, entity, seed, tries).map((row, turn) => {
    const corners = turn < 4 ? [] : cornersOf(set, entity.fields, row)
    const made = corners[(turn * 13) % Math.max(corners.length, 1)]?.build()
    return { row, corner: made?.kind === 'members' ? made : row }
  })

/** An insert that gives back other columns than all. */
const returning = (insert: Sql, columns: Sql): Sql =>
  sql`${insert.replace(/ RETURNING \*$/, '') as Sql} RETURNING ${columns}`

/** A corner that the earlier schema or its validators refuse is no row of before. */
const insertRows = async (
  engine: PostgresEngine,
  schema: RelationalSchema,
  set: SchemaSet,
  entity: Entity,
  pool: Pool,
  judge: RowJudge | null,
): Promise<readonly Members[]> => {
  const table = tableOf(schema, entity.name)
  if (table === undefined) return []
  const columns = table.columns.filter(({ generated }) => generated === null)
  const insert = async (row: Members, turn: number): Promise<Members | null> => {
    const whole = withReferences(entity, row, pool, turn)
    const given = whole && givenOf(columns, whole)
    if (whole === null || given === null || given.some(([, text]) => text?.includes('\0'))) return null
    const statement = insertOf(schema, table, given)
    await engine.exec('BEGIN')
    try {
      const [row] = await engine.query(returning(statement, judge === null ? sql`*` : judge.returned(table)))
      const isTaken = judge === null || judge.complaint(entity, row) === null
      await engine.exec(isTaken ? 'COMMIT' : 'ROLLBACK')
      return isTaken ? whole : null
    } catch {
      await engine.exec('ROLLBACK')
      return null
    }
  }
  const taken: Members[] = []
  for (const [turn, { corner, row }] of drawn(set, entity).entries()) {
    const stored = (await insert(corner, turn)) ?? (corner === row ? null : await insert(row, turn))
    if (stored !== null) taken.push(stored)
  }
  return taken
}

/** Rows of a table: how many the proof works with. */
export interface TableRows {
  readonly table: string
  readonly rows: number
}

/** Fills the tables of a set with rows at the corners of its types, those that others refer to first. */
export const fillTables = async (
  engine: PostgresEngine,
  { options, set }: PostgresState,
): Promise<readonly TableRows[]> => {
  const schema = relationalSchema(set, options).value
  const judge = await rowJudge(set)
  const pool: Pool = new Map()
  const entities = schema.tables
    .filter(({ role }) => role === 'entity')
    .toSorted((a, b) => a.depth - b.depth)
    .flatMap(({ entity }) => findEntity(set, entity) ?? [])
  for (const entity of entities) {
    try {
      pool.set(entity.name, await insertRows(engine, schema, set, entity, pool, judge))
    } catch (failure) {
      if (!(failure instanceof NoValue)) throw failure
    }
  }
  return schema.tables.map(({ entity, name, role }) => ({
    table: name,
    rows: role === 'entity' ? (pool.get(entity)?.length ?? 0) : 0,
  }))
}
