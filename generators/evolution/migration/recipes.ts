import { identifier, joinSql, literal, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Facts, ObjectFacts } from '../facts.js'
import { columnSql, createAll } from '../mend/create.js'
import { dropped } from '../mend/replace.js'
import { alterTable, commentOn, engineText, sqlOf, tableOf } from '../mend/text.js'
import { type InTheWay, type NoRecipe, type Phase, type Step, stepOf } from './step.js'

/** How a plan is made: step by step beside a bot that runs, or (`quick`) for one that is stopped meanwhile. */
export interface Mode {
  readonly isQuick: boolean
}

/** What there is and what is wanted, and how to come from the one to the other. */
export interface Planning {
  readonly found: Facts
  readonly wanted: Facts
  readonly mode: Mode
}

export type Recipe = readonly Step[] | NoRecipe

export const hasNoRecipe = (recipe: Recipe): recipe is NoRecipe => 'reason' in recipe

const columnNames = (object: ObjectFacts): readonly string[] => {
  const { columns } = object.properties
  return Array.isArray(columns) ? columns.map(String) : []
}

const isPartitioned = ({ wanted }: Planning, { parent }: ObjectFacts): boolean =>
  wanted.objects.get(parent ?? '')?.properties['form'] === 'partitioned'

const shortName = ({ id, kind }: ObjectFacts): string => id.slice(kind.length + 1)

/** A name for what has to stand beside what it replaces: within 63 bytes. */
const besideName = (name: string): string =>
  `${Buffer.from(name)
    .subarray(0, 58)
    .toString('utf8')
    .replace(/\uFFFD$/, '')}_new`

const relationId = (schema: string, name: string): Sql => sql`to_regclass(${literal(qualified(schema, name))})`

const indexIsValid = (schema: string, name: string): Sql =>
  sql`SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = ${relationId(schema, name)} AND indisvalid) AS done`

const indexIsGone = (schema: string, name: string): Sql => sql`SELECT ${relationId(schema, name)} IS NULL AS done`

const drop = (schema: string, object: ObjectFacts): Sql => dropped(schema, object)

/** Rows that share what no two rows may share. */
const duplicates = (schema: string, table: string, columns: readonly string[], nullsNotDistinct: boolean): InTheWay => {
  const own = columns.map((name) => sql`it.${identifier(name)}`)
  const other = columns.map((name) =>
    nullsNotDistinct
      ? sql`other.${identifier(name)} IS NOT DISTINCT FROM it.${identifier(name)}`
      : sql`other.${identifier(name)} = it.${identifier(name)}`,
  )
  const name = qualified(schema, table)
  return {
    table: name,
    where: sql`EXISTS (SELECT FROM ${name} AS other WHERE ${joinSql(other, ' AND ')} AND other.ctid <> it.ctid) AND num_nonnulls(${joinSql(own, ', ')}) > 0`,
    words: `that share ${columns.join(', ')} with another`,
  }
}

/** An index is built beside the work of others, in no transaction; one of a partitioned table only in the way of writers. */
export const createIndex = (planning: Planning, index: ObjectFacts, phase: Phase): readonly Step[] => {
  const { schema } = planning.wanted
  const created = createAll(planning.wanted, [index]) ?? []
  const isUnique = index.properties['unique'] === true
  const id = `create index ${index.name}`
  if (planning.mode.isQuick || isPartitioned(planning, index)) {
    return [stepOf({ id, phase, statements: created, reverse: [drop(schema, index)] })]
  }
  const [create, ...comments] = created
  const concurrently = engineText((create ?? '').replace(/^CREATE (UNIQUE )?INDEX /, 'CREATE $1INDEX CONCURRENTLY '))
  const build = stepOf({
    id,
    phase,
    transaction: 'none',
    statements: [concurrently],
    before: isUnique ? uniqueIndexDuplicates(schema, index) : [],
    done: indexIsValid(schema, index.name),
    cleanup: sql`DROP INDEX CONCURRENTLY IF EXISTS ${qualified(schema, index.name)};`,
    reverse: [sql`DROP INDEX CONCURRENTLY IF EXISTS ${qualified(schema, index.name)};`],
  })
  return comments.length === 0
    ? [build]
    : [build, stepOf({ id: `comment on index ${index.name}`, phase, statements: comments })]
}

const uniqueIndexDuplicates = (schema: string, index: ObjectFacts): readonly InTheWay[] => {
  const { nullsNotDistinct, parts, where } = index.properties
  const columns = (Array.isArray(parts) ? parts : []).map((part) => (part as { readonly of?: unknown } | null)?.of)
  // Of expressions and of some rows only the build itself tells.
  return where !== null || columns.some((column) => typeof column !== 'string')
    ? []
    : [
        duplicates(
          schema,
          tableOf(index),
          columns.map((name) => bare(String(name))),
          nullsNotDistinct === true,
        ),
      ]
}

/** The engine prints a column in an index quoted where it has to be. */
const bare = (printed: string): string => printed.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"')

export const dropIndex = ({ mode, ...planning }: Planning, index: ObjectFacts, phase: Phase): readonly Step[] => {
  const { schema } = planning.found
  const id = `drop index ${index.name}`
  const again = createAll(planning.found, [index])
  if (mode.isQuick || planning.found.objects.get(index.parent ?? '')?.properties['form'] === 'partitioned') {
    return [stepOf({ id, phase, statements: [drop(schema, index)], reverse: again })]
  }
  return [
    stepOf({
      id,
      phase,
      transaction: 'none',
      statements: [sql`DROP INDEX CONCURRENTLY IF EXISTS ${qualified(schema, index.name)};`],
      done: indexIsGone(schema, index.name),
      reverse: again,
    }),
  ]
}

/** The new index is built under another name, and takes the place of the old in an instant. */
export const changeIndex = (planning: Planning, index: ObjectFacts): readonly Step[] => {
  const { schema } = planning.wanted
  const phase = index.properties['unique'] === true ? 'contract' : 'expand'
  const comments = typeof index.properties['comment'] === 'string' ? [commentOn(schema, index)] : []
  const swap = `replace index ${index.name}`
  if (planning.mode.isQuick || isPartitioned(planning, index)) {
    const create = createAll(planning.wanted, [index]) ?? []
    return [stepOf({ id: swap, phase, statements: [drop(schema, index), ...create] })]
  }
  const beside = besideName(index.name)
  const definition = (index.definition ?? '').replace(
    / INDEX (?:"(?:[^"]|"")+"|\S+) ON /,
    () => ` INDEX ${identifier(beside)} ON `,
  )
  const { comment: _, ...properties } = index.properties
  const twin: ObjectFacts = { ...index, name: beside, definition, properties }
  return [
    ...createIndex(planning, twin, phase),
    stepOf({
      id: swap,
      phase,
      statements: [
        sql`DROP INDEX ${qualified(schema, index.name)};`,
        sql`ALTER INDEX ${qualified(schema, beside)} RENAME TO ${identifier(index.name)};`,
        ...comments,
      ],
    }),
  ]
}

const violating = (schema: string, constraint: ObjectFacts): readonly InTheWay[] => {
  const table = qualified(schema, tableOf(constraint))
  const { columns, condition, kind, nullsNotDistinct, target, targetColumns } = constraint.properties
  if (kind === 'check') {
    const holds = sqlOf(condition)
    return holds === null ? [] : [{ table, where: sql`NOT (${holds})`, words: `that ${constraint.name} refuses` }]
  }
  if (kind === 'unique' || kind === 'primary key') {
    return [duplicates(schema, tableOf(constraint), columnNames(constraint), nullsNotDistinct === true)]
  }
  if (kind !== 'foreign key') return []
  const own = (Array.isArray(columns) ? columns : []).map((name) => identifier(String(name)))
  const others = (Array.isArray(targetColumns) ? targetColumns : []).map((name) => identifier(String(name)))
  const matches = own.map((name, at) => sql`there.${others[at] ?? name} = it.${name}`)
  const given = own.map((name) => sql`it.${name} IS NOT NULL`)
  const there = engineText(String(target))
  return [
    {
      table,
      where: sql`${joinSql(given, ' AND ')} AND NOT EXISTS (SELECT FROM ${there} AS there WHERE ${joinSql(matches, ' AND ')})`,
      words: `that refer to no row of ${String(target)}`,
    },
  ]
}

const added = (schema: string, constraint: ObjectFacts, tail: Sql = sql``): Sql =>
  sql`${alterTable(schema, constraint)} ADD CONSTRAINT ${identifier(constraint.name)} ${engineText((constraint.definition ?? '').trim())}${tail};`

/** Checks and references hold of new rows at once; old rows are looked at afterwards, in nobody's way. */
export const addConstraint = (
  planning: Planning,
  constraint: ObjectFacts,
  phase: Phase,
  replacing: readonly Sql[] = [],
): readonly Step[] => {
  const { schema } = planning.wanted
  const { kind } = constraint.properties
  const isOfNew = constraint.needs.some((id) => id.startsWith('column ') && !planning.found.objects.has(id))
  // In one transaction, what a rule reads may not be there yet when rows are looked for.
  const before = planning.mode.isQuick && isOfNew ? [] : violating(schema, constraint)
  const id = `add constraint ${shortName(constraint)}`
  const reverse = replacing.length === 0 ? [drop(schema, constraint)] : null
  const isLate = kind === 'check' || (kind === 'foreign key' && !isPartitioned(planning, constraint))
  if (planning.mode.isQuick || (!isLate && isPartitioned(planning, constraint)) || kind === 'exclusion') {
    return [stepOf({ id, phase, statements: [...replacing, added(schema, constraint)], before, reverse })]
  }
  if (isLate) {
    return [
      stepOf({ id, phase, statements: [...replacing, added(schema, constraint, sql` NOT VALID`)], reverse }),
      stepOf({
        id: `validate constraint ${shortName(constraint)}`,
        phase,
        statements: [sql`${alterTable(schema, constraint)} VALIDATE CONSTRAINT ${identifier(constraint.name)};`],
        before,
      }),
    ]
  }
  if (kind !== 'unique' && kind !== 'primary key') {
    return [stepOf({ id, phase, statements: [...replacing, added(schema, constraint)], before, reverse })]
  }
  const name = besideName(constraint.name)
  const { columns: _, nullsNotDistinct } = constraint.properties
  const columns = joinSql(columnNames(constraint).map(identifier), ', ')
  const nulls = nullsNotDistinct === true ? sql` NULLS NOT DISTINCT` : sql``
  const waits = constraint.properties['deferrable'] === true
  const deferred = constraint.properties['deferred'] === true
  const tail = waits ? (deferred ? sql` DEFERRABLE INITIALLY DEFERRED` : sql` DEFERRABLE`) : sql``
  const form = kind === 'unique' ? sql`UNIQUE` : sql`PRIMARY KEY`
  return [
    stepOf({
      id: `create index ${name}`,
      phase,
      transaction: 'none',
      statements: [
        sql`CREATE UNIQUE INDEX CONCURRENTLY ${identifier(name)} ON ${qualified(schema, tableOf(constraint))} (${columns})${nulls};`,
      ],
      before,
      done: indexIsValid(schema, name),
      cleanup: sql`DROP INDEX CONCURRENTLY IF EXISTS ${qualified(schema, name)};`,
      reverse: [sql`DROP INDEX CONCURRENTLY IF EXISTS ${qualified(schema, name)};`],
    }),
    stepOf({
      id,
      phase,
      statements: [
        ...replacing,
        sql`${alterTable(schema, constraint)} ADD CONSTRAINT ${identifier(constraint.name)} ${form} USING INDEX ${identifier(name)}${tail};`,
      ],
    }),
  ]
}

export const dropConstraint = ({ found }: Planning, constraint: ObjectFacts, phase: Phase): Step =>
  stepOf({
    id: `drop constraint ${shortName(constraint)}`,
    phase,
    statements: [drop(found.schema, constraint)],
    reverse: [added(found.schema, constraint)],
  })

const isFilled = ({ properties }: ObjectFacts): boolean =>
  ['default', 'generated', 'made'].some((name) => (properties[name] ?? null) !== null)

export const addColumn = ({ wanted }: Planning, column: ObjectFacts): Recipe => {
  const { schema } = wanted
  if (column.properties['notNull'] === true && !isFilled(column)) {
    return {
      object: column.id,
      reason: 'rows that are there have no value for it, and it has no default',
    }
  }
  const comments = typeof column.properties['comment'] === 'string' ? [commentOn(schema, column)] : []
  return [
    stepOf({
      id: `add column ${shortName(column)}`,
      phase: 'expand',
      statements: [sql`${alterTable(schema, column)} ADD COLUMN ${columnSql(column)};`, ...comments],
      reverse: [drop(schema, column)],
    }),
  ]
}

/** What code that does not know the column inserts must not be refused before the column is dropped. */
export const dropColumn = ({ found, mode }: Planning, column: ObjectFacts): readonly Step[] => {
  const { schema } = found
  const isRequired = column.properties['notNull'] === true && !isFilled(column)
  const own = identifier(column.name)
  const loosened =
    isRequired && !mode.isQuick
      ? [
          stepOf({
            id: `allow null in ${shortName(column)}`,
            phase: 'expand',
            statements: [sql`${alterTable(schema, column)} ALTER COLUMN ${own} DROP NOT NULL;`],
            reverse: [sql`${alterTable(schema, column)} ALTER COLUMN ${own} SET NOT NULL;`],
          }),
        ]
      : []
  return [
    ...loosened,
    stepOf({
      id: `drop column ${shortName(column)}`,
      phase: 'contract',
      statements: [drop(schema, column)],
      hazards: column.properties['generated'] === null ? ['data-loss'] : [],
    }),
  ]
}

/** A check that no row lacks a value lets the server set NOT NULL without looking at the rows again. */
export const setNotNull = ({ mode, wanted }: Planning, column: ObjectFacts): readonly Step[] => {
  const { schema } = wanted
  const [own, table] = [identifier(column.name), alterTable(schema, column)]
  const name = shortName(column)
  const at = qualified(schema, tableOf(column))
  const nulls: InTheWay = { table: at, where: sql`it.${own} IS NULL`, words: `with no value in ${column.name}` }
  const value = sqlOf(column.properties['default'])
  const fill =
    value === null
      ? []
      : [
          stepOf({
            id: `fill ${name}`,
            phase: 'backfill',
            values: [name],
            statements: [...quietly(wanted, column, sql`UPDATE ${at} SET ${own} = ${value} WHERE ${own} IS NULL;`)],
          }),
        ]
  const set = sql`${table} ALTER COLUMN ${own} SET NOT NULL;`
  const reverse = [sql`${table} ALTER COLUMN ${own} DROP NOT NULL;`]
  if (mode.isQuick) {
    const before = value === null ? [nulls] : []
    return [...fill, stepOf({ id: `require ${name}`, phase: 'contract', statements: [set], before, reverse })]
  }
  const check = identifier(besideName(`${tableOf(column)}_${column.name}`))
  return [
    ...fill,
    stepOf({
      id: `refuse null in ${name}`,
      phase: 'contract',
      statements: [sql`${table} ADD CONSTRAINT ${check} CHECK (${own} IS NOT NULL) NOT VALID;`],
      reverse: [sql`${table} DROP CONSTRAINT ${check};`],
    }),
    ...fill.map((step) => ({ ...step, id: `fill ${name} again`, phase: 'contract' as const })),
    stepOf({
      id: `validate that ${name} has values`,
      phase: 'contract',
      statements: [sql`${table} VALIDATE CONSTRAINT ${check};`],
      before: [nulls],
    }),
    stepOf({
      id: `require ${name}`,
      phase: 'contract',
      statements: [set, sql`${table} DROP CONSTRAINT ${check};`],
    }),
  ]
}

/**
 * A statement that fills in what is missing, while the triggers of its table rest: rows are not touched by it, and those
 * of a table to which rows are only added may be filled in by its owner. Writers wait for the transaction meanwhile, so
 * that none of them passes the triggers by.
 */
const quietly = ({ objects, schema }: Facts, column: ObjectFacts, statement: Sql): readonly Sql[] => {
  const triggers = [...objects.values()].filter(({ kind, parent }) => kind === 'trigger' && parent === column.parent)
  const table = alterTable(schema, column)
  const all = (word: Sql): readonly Sql[] =>
    triggers.map(({ name }) => sql`${table} ${word} TRIGGER ${identifier(name)};`)
  return [...all(sql`DISABLE`), statement, ...all(sql`ENABLE`)]
}

export const dropAll = (found: Facts, objects: readonly ObjectFacts[]): readonly Sql[] =>
  objects.map((object) => drop(found.schema, object))

export const nameOf = shortName
