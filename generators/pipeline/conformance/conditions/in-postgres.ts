import type { PostgresEngine } from '../../../engines/postgres/embedded.js'
import { identifier, joinSql, type Sql, sql } from '../../../kernel/safe/sql.js'
import { fieldsRead } from '../../../model/expression.js'
import { findField } from '../../../model/lookup.js'
import type { PostgresOptions } from '../../../model/options.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import { expressionScope, expressionSql, relationalSchema, type Table } from '../../../relational/index.js'
import { type Given, givenOf, value } from '../judges/postgres.js'
import { type Members, memberOf, members, same } from '../rows/sample.js'
import type { Condition } from './condition.js'
import { type Answer, type Asked, type ConditionReader, type Printed, wordsOf } from './reader.js'

/** Conditions that one statement asks about. */
const conditionsAtOnce = 25

const isKept = ({ entity, expression }: Condition): boolean =>
  entity.stores.includes('postgres') &&
  fieldsRead(expression).every(([name = '']) => {
    const field = findField(entity, name)
    return field?.stores.includes('postgres') === true && field.encrypted === null
  })

const placed = (given: readonly Given[], place: number): Sql =>
  sql`(${joinSql([sql`${String(place) as Sql}`, ...given.map(value)], ', ')})`

/** The rows as a table of the columns that are read; null where a value has no form in SQL. */
const tableOf = (table: Table, names: readonly string[], rows: readonly Members[]): Sql | null => {
  const columns = table.columns.filter(({ field }) => field !== null && names.includes(field))
  const whole = rows.map((row) => givenOf(columns, members(columns.map(({ field }) => memberNamed(row, field ?? '')))))
  const given = whole.filter((row) => row !== null)
  if (given.length < whole.length) return null
  const heads = [sql`"the row"`, ...columns.map(({ name }) => identifier(name))]
  return sql`(VALUES ${joinSql(given.map(placed), ', ')}) AS rows (${joinSql(heads, ', ')})`
}

const memberNamed = (row: Members, name: string) => ({ name, property: name, value: memberOf(row, name) ?? same(null) })

const statementOf = (
  set: SchemaSet,
  options: PostgresOptions,
  table: Table,
  { condition: { entity, expression }, rows }: Asked,
  printed: Printed,
): Sql | null => {
  const names = [...new Set(fieldsRead(expression).map(([name = '']) => name))]
  const from = tableOf(table, names, rows)
  if (from === null) return null
  const truth = printed(expressionSql(expressionScope({ set, options }, entity), expression)) as Sql
  return sql`SELECT string_agg(CASE WHEN ${truth} THEN 't' WHEN (${truth}) IS NULL THEN 'u' ELSE 'f' END, '' ORDER BY "the row") FROM ${from}`
}

const answersOf = ({ condition: { reading }, rows }: Asked, said: string): readonly Answer[] =>
  rows.map((_, place) => said[place] === 't' || (reading === 'passes' && said[place] === 'u'))

const askTogether = async (database: PostgresEngine, statements: readonly Sql[]): Promise<readonly string[]> => {
  const text = joinSql(
    statements.map((statement, place) => sql`SELECT ${String(place) as Sql} AS place, (${statement}) AS said`),
    '\nUNION ALL\n',
  )
  const found = await database.query<{ readonly said: string }>(
    sql`SELECT said FROM (${text}) AS answers ORDER BY place`,
  )
  return found.map(({ said }) => said)
}

/** All at once; what the server refuses is asked again one by one, to tell which it was. */
const ask = async (database: PostgresEngine, statements: readonly Sql[]): Promise<readonly (string | Answer)[]> => {
  try {
    return await askTogether(database, statements)
  } catch (error) {
    const [only] = statements
    if (statements.length < 2 || only === undefined) return [wordsOf(error)]
    const answers: (string | Answer)[] = []
    for (const statement of statements) answers.push(...(await ask(database, [statement])))
    return answers
  }
}

/**
 * Conditions as SQL, over rows of the columns' types.
 *
 * @param database one that has the set's schema
 */
export const inPostgres = (set: SchemaSet, database: PostgresEngine, printed: Printed): readonly ConditionReader[] => {
  const options = set.targets.postgres
  if (options === null || !set.stores.includes('postgres')) return []
  const { tables } = relationalSchema(set, options).value
  const statementFor = (asked: Asked): Sql | null => {
    const table = tables.find(({ role, entity }) => role === 'entity' && entity === asked.condition.entity.name)
    return table === undefined || !isKept(asked.condition) ? null : statementOf(set, options, table, asked, printed)
  }
  const read: ConditionReader['read'] = async (asked) => {
    const statements = asked.map(statementFor)
    const said: (string | Answer)[] = []
    const wanted = statements.filter((statement) => statement !== null)
    for (let from = 0; from < wanted.length; from += conditionsAtOnce) {
      said.push(...(await ask(database, wanted.slice(from, from + conditionsAtOnce))))
    }
    let place = 0
    return asked.map((one, index) => {
      if (statements[index] === null) return null
      const answer = said[place++] ?? { words: 'no answer' }
      return typeof answer === 'string' ? answersOf(one, answer) : one.rows.map(() => answer)
    })
  }
  return [{ id: 'Postgres', read }]
}
