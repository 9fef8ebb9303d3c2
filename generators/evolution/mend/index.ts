import { identifier, joinSql, literal, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Change, Difference } from '../differ.js'
import type { Facts, ObjectFacts, Value } from '../facts.js'
import { alterColumn } from './alter-column.js'
import { createAll, defaultPartitionSql } from './create.js'
import { around, dependentsOf, replaced } from './replace.js'
import { alterTable, commentOn, engineText, named } from './text.js'

type Different = Extract<Difference, { kind: 'different' }>

const labelsOf = (value: Value): readonly string[] => (Array.isArray(value) ? value.map(String) : [])

/** Values can be added to an enum at any place, and never taken away or moved. */
const addValues = (schema: string, { name }: ObjectFacts, { found, wanted }: Change): readonly Sql[] | null => {
  const [there, all] = [labelsOf(found), labelsOf(wanted)]
  const kept = all.filter((label) => there.includes(label))
  if (kept.length < there.length || kept.some((label, at) => label !== there[at])) return null
  return all.flatMap((label, at) => {
    if (there.includes(label)) return []
    const before = all[at - 1]
    const place = before === undefined ? sql`BEFORE ${literal(there[0] ?? '')}` : sql`AFTER ${literal(before)}`
    return [sql`ALTER TYPE ${qualified(schema, name)} ADD VALUE ${literal(label)} ${place};`]
  })
}

export const alterType = (schema: string, object: ObjectFacts, changes: readonly Change[]): readonly Sql[] | null => {
  const [change, ...others] = changes
  return change?.property === 'values' && others.length === 0 ? addValues(schema, object, change) : null
}

export const alterTableItself = (
  schema: string,
  table: ObjectFacts,
  changes: readonly Change[],
): readonly Sql[] | null => {
  const statements = changes.map(({ found, property, wanted }) => {
    if (property === 'persistence' && found === 'unlogged') return sql`${alterTable(schema, table)} SET LOGGED;`
    if (property === 'defaultPartition' && found === null)
      return defaultPartitionSql(schema, table.name, String(wanted))
    return null
  })
  return statements.every((statement) => statement !== null) ? statements : null
}

/** Replacing a function checks no row again: the checks that call it are made anew, so that they hold of all rows. */
const replaceFunction = (
  wanted: Facts,
  found: Facts,
  object: ObjectFacts,
  changes: readonly Change[],
): readonly Sql[] | null => {
  if (changes.some(({ property }) => ['kind', 'arguments', 'result'].includes(property))) {
    return replaced(wanted, found, object)
  }
  const create = createAll(wanted, [object])
  const callers = dependentsOf(found, object.id, ({ kind }) => kind === 'constraint')
  return around(wanted, callers, create)
}

const alter = (wanted: Facts, found: Facts, { changes, object }: Different): readonly Sql[] | null => {
  const { schema } = wanted
  if (changes.every(({ property }) => property === 'comment')) return [commentOn(schema, object)]
  switch (object.kind) {
    case 'column':
      return alterColumn(wanted, found, object, changes)
    case 'type':
      return alterType(schema, object, changes)
    case 'table':
      return alterTableItself(schema, object, changes)
    case 'function':
      return replaceFunction(wanted, found, object, changes)
    case 'extension':
      return [
        sql`ALTER EXTENSION ${identifier(object.name)} SET SCHEMA ${identifier(String(object.properties['schema']))};`,
      ]
    default:
      return replaced(wanted, found, object)
  }
}

const enforce = (wanted: Facts, found: Facts, object: ObjectFacts, state: string): readonly Sql[] | null => {
  const { schema } = wanted
  const own = identifier(object.name)
  switch (state) {
    case 'validated':
      return object.kind === 'column'
        ? [sql`${alterTable(schema, object)} ALTER COLUMN ${own} SET NOT NULL;`]
        : [sql`${alterTable(schema, object)} VALIDATE CONSTRAINT ${own};`]
    case 'valid':
      return [sql`REINDEX INDEX ${qualified(schema, object.name)};`]
    case 'enabled':
      return [sql`${alterTable(schema, object)} ENABLE TRIGGER ${own};`]
    case 'closed':
      return [sql`REVOKE EXECUTE ON ${named(schema, object)} FROM PUBLIC;`]
    default:
      return replaced(wanted, found, object)
  }
}

/** What nobody described is not offered for deletion. */
const statementsFor = (wanted: Facts, found: Facts, difference: Difference): readonly Sql[] | null => {
  switch (difference.kind) {
    case 'missing':
      return createAll(wanted, [difference.object, ...difference.alongside])
    case 'different':
      return alter(wanted, found, difference)
    case 'unfit':
      return enforce(wanted, found, difference.object, difference.state)
    case 'extra':
      return null
  }
}

/** The statements that make a database what is wanted in one point, in one transaction; null where there are none that lose nothing. */
export const mendOf = (wanted: Facts, found: Facts, difference: Difference): Sql | null => {
  const statements = statementsFor(wanted, found, difference)
  if (statements === null || statements.length === 0) return null
  const text = joinSql(statements, '\n')
  // A new value of an enum may be used only after the transaction that added it.
  return statements.length === 1 || text.startsWith('ALTER TYPE') ? text : sql`BEGIN;\n${engineText(text)}\nCOMMIT;`
}
