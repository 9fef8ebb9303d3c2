import { type Diagnostic, report } from '../kernel/diagnostic.js'
import { identifier, identifiers, joinSql, literal, type Sql, sql } from '../kernel/safe/sql.js'
import type { Entity, Row } from '../model/entity.js'
import { fieldOf, fieldsIn, findEntity } from '../model/lookup.js'
import type { PostgresOptions } from '../model/options.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { OutputPart } from '../model/target.js'
import type { Table } from '../relational/index.js'
import { valueLiteral } from '../relational/values.js'
import { groupBy } from './group-by.js'
import { generatedBy } from './sections.js'
import { named, type Style } from './style.js'

const seedPath = 'postgres/seed.sql'

/** The rows of one entity with the same fields, by what tells them from rows that are there. */
export interface SeedRows {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Sql[])[]
  readonly key: readonly string[]
  /** What is brought up to date in a row that is there. */
  readonly update: readonly string[]
  /** The identity that the rows give, whose sequence must go on after them. */
  readonly identity: string | null
}

const columnsOf = (entity: Entity, row: Row): readonly string[] => {
  const given = new Set(row.values.map(({ field }) => field))
  return fieldsIn(entity, 'postgres')
    .filter(({ name, generated }) => given.has(name) && generated === null)
    .map(({ name }) => name)
}

const keyOf = (entity: Entity, columns: readonly string[]): readonly string[] | null => {
  if (entity.key.kind === 'singleton') return ['singleton']
  const candidates = [
    ...(entity.key.kind === 'fields' ? [entity.key.fields] : []),
    ...entity.uniques.filter(({ where, deferrable }) => where === null && !deferrable).map(({ fields }) => fields),
  ]
  return candidates.find((fields) => fields.every((name) => columns.includes(name))) ?? null
}

const isKept = (entity: Entity, name: string): boolean => {
  const field = fieldOf(entity, name)
  return entity.appendOnly || field.immutable || field.maintained === 'created'
}

const valuesOf = (set: SchemaSet, options: PostgresOptions, entity: Entity, row: Row, columns: readonly string[]) =>
  columns.map((name) => {
    const value = row.values.find(({ field }) => field === name)?.value ?? null
    return valueLiteral({ set, options }, fieldOf(entity, name).type, value)
  })

const identityIn = (entity: Entity, columns: readonly string[]): string | null =>
  columns.find((name) => {
    const field = fieldOf(entity, name)
    return field.type.kind === 'identity' && field.maintained === 'store'
  }) ?? null

/** The seed rows of an entity as data, grouped by the fields they give. */
export const seedRowsOf = (set: SchemaSet, options: PostgresOptions, entity: Entity): readonly SeedRows[] => {
  const groups = groupBy(entity.seed, (row) => columnsOf(entity, row).join('\0'))
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows
    if (first === undefined) return []
    const columns = columnsOf(entity, first)
    const key = keyOf(entity, columns)
    if (key === null) return []
    return [
      {
        columns,
        rows: rows.map((row) => valuesOf(set, options, entity, row, columns)),
        key,
        update: columns.filter((name) => !key.includes(name) && !isKept(entity, name)),
        identity: identityIn(entity, columns),
      },
    ]
  })
}

export const seedDiagnostics = (entity: Entity): readonly Diagnostic[] =>
  entity.seed
    .filter((row) => keyOf(entity, columnsOf(entity, row)) === null)
    .map((row) => report('seed-without-key', row.origin, { entity: entity.name }))

/** Seed rows that use a reference which closes a circle of tables: what it points at is not there yet. */
export const seedCircles = (set: SchemaSet, table: Table): readonly Diagnostic[] => {
  const entity = findEntity(set, table.entity)
  const keys = table.constraints.filter((one) => one.kind === 'foreign-key').filter(({ late }) => late)
  const late = new Set(keys.map(({ columns }) => columns.join()))
  const references = (entity?.references ?? []).filter(({ fields, enforced }) => enforced && late.has(fields.join()))
  return (entity?.seed ?? []).flatMap(({ values }) =>
    references.flatMap(({ fields, to }) => {
      const given = values.filter(({ field, value }) => fields.includes(field) && value !== null)
      const [first] = given
      return first === undefined || given.length < fields.length
        ? []
        : [report('seed-circle', first.origin, { field: fields.join(', '), entity: to.entity })]
    }),
  )
}

const upsert = (style: Style, table: Table, { columns, rows, key, update, identity }: SeedRows): Sql => {
  const values = joinSql(
    rows.map((row) => sql`(${joinSql(row, ', ')})`),
    ',\n  ',
  )
  const changes = joinSql(
    update.map((name) => sql`${identifier(name)} = EXCLUDED.${identifier(name)}`),
    ', ',
  )
  const action = update.length === 0 ? sql`DO NOTHING` : sql`DO UPDATE SET ${changes}`
  const overriding = identity === null ? sql`` : sql` OVERRIDING SYSTEM VALUE`
  const start = sql`INSERT INTO ${named(style, table.name)} (${identifiers(columns)})${overriding} VALUES`
  return sql`${start}\n  ${values}\nON CONFLICT (${identifiers(key)}) ${action};`
}

/** The sequence of an identity goes on after the rows that brought their own. */
const advance = (style: Style, table: Table, { identity }: SeedRows): readonly Sql[] => {
  if (identity === null) return []
  const [name, column] = [named(style, table.name), identifier(identity)]
  return [
    sql`SELECT setval(pg_get_serial_sequence(${literal(name)}, ${literal(identity)}), (SELECT max(${column}) FROM ${name}));`,
  ]
}

/** The part of seed.sql that is one table's: each row is inserted, or brought up to date where it is. */
export const seedParts = (style: Style, table: Table, groups: readonly SeedRows[]): readonly OutputPart[] => {
  const statements = groups.flatMap((group) => [upsert(style, table, group), ...advance(style, table, group)])
  if (statements.length === 0) return []
  return [{ path: seedPath, order: 1 + table.depth, text: `\n${joinSql(statements, '\n')}\n` }]
}

export const seedHeader = (setName: string): OutputPart => ({
  path: seedPath,
  order: 0,
  text: `${generatedBy(setName)}\n`,
})
