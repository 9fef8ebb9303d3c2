import { identifier, joinSql, literal, qualified, type Sql, sql, wrapped } from '../../kernel/safe/sql.js'
import { type Act, dueWords } from '../../model/lifecycle.js'
import { fieldsIn } from '../../model/lookup.js'
import type { Summary } from '../../model/retention.js'
import { conflictTarget } from '../../relational/index.js'
import { type ActContext, tableOf } from '../../relational/retention/conditions.js'
import { arbiterCondition, type SummarySql, summarySql } from '../../relational/retention/summaries.js'
import { assignments } from '../../relational/retention/values.js'
import { indented } from '../indented.js'

/** How wide a list may be on one line. */
const width = 90

/** A list after a word: on its line, or set in below it where it is too wide for that. */
const listed = (word: Sql, items: readonly Sql[]): Sql => {
  const text = wrapped(items, '  ', width)
  return sql`${word}${text.startsWith('\n') ? sql`` : sql` `}${text.trimEnd() as Sql}`
}

/** A list in parentheses. */
const enclosed = (items: readonly Sql[]): Sql => sql`(${wrapped(items, '  ', width)})`

/** What an act does to rows that meet a condition, and how many those were, in `run.done`. */
export const actStatements = (context: ActContext, act: Act, which: Sql): Sql => {
  const { action, summarise } = act
  switch (action.kind) {
    case 'set':
      return counted(sql`UPDATE ${tableOf(context, act)} AS due SET ${assignments(context, action.values)}
WHERE ${which};`)
    case 'archive':
      return moveStatement(context, act, action.into, which)
    case 'delete':
      return summarise === null
        ? counted(sql`DELETE FROM ${tableOf(context, act)} AS due WHERE ${which};`)
        : summariseStatement(context, summarise, deletion(context, act, which))
  }
}

const counted = (statement: Sql): Sql => sql`${statement}
GET DIAGNOSTICS run.done = ROW_COUNT;`

const deletion = (context: ActContext, act: Act, which: Sql): Sql =>
  named(sql`gone`, sql`DELETE FROM ${tableOf(context, act)} AS due WHERE ${which}\nRETURNING *`)

/** An archive has the columns of the row, when it came, and why. */
const moveStatement = (context: ActContext, act: Act, into: string, which: Sql): Sql => {
  const names = fieldsIn(context.entity, 'postgres').map(({ name }) => identifier(name))
  const form = context.options.timestamp === 'naive' ? 'naive' : 'zoned'
  return counted(sql`WITH ${deletion(context, act, which)}
INSERT INTO ${qualified(context.options.schema, into)} ${enclosed([...names, sql`archived_at`, sql`archived_because`])}
${listed(sql`SELECT`, [...names, context.moments({ age: null, form }), literal(dueWords(act))])}
FROM gone;`)
}

const groupNumbers = ({ groups }: SummarySql): Sql =>
  joinSql(
    Array.from({ length: groups }, (_, at) => sql`${at + 1}`),
    ', ',
  )

/** Groups in one order, so that two workers do not wait for each other. */
const grouped = (summary: SummarySql): Sql =>
  summary.groups === 0 ? sql`` : sql`\nGROUP BY ${groupNumbers(summary)} ORDER BY ${groupNumbers(summary)}`

const changes = ({ additions }: SummarySql): Sql => listed(sql`DO UPDATE SET`, additions)

/** The insert of summaries, by the one unique that holds for all groups. */
const upsert = (summary: SummarySql): Sql => {
  const [arbiter] = summary.arbiters
  const conflict =
    arbiter === undefined || summary.additions.length === 0
      ? sql`ON CONFLICT DO NOTHING`
      : sql`ON CONFLICT ${conflictTarget(arbiter)} ${changes(summary)}`
  return sql`INSERT INTO ${summary.table} AS kept ${enclosed(summary.columns)}
${listed(sql`SELECT`, summary.values)}
FROM gone${grouped(summary)}
${conflict}`
}

/** An insert for each combination of nulls, which has its own unique on servers before 15. */
const upserts = (summary: SummarySql, nullable: readonly string[]): readonly Sql[] =>
  summary.arbiters.map((arbiter, at) => {
    const condition = arbiterCondition(arbiter, nullable)
    const where = condition === null ? sql`` : sql`\nWHERE ${condition}`
    const conflict = summary.additions.length === 0 ? sql`DO NOTHING` : changes(summary)
    const insert = sql`INSERT INTO ${summary.table} AS kept ${enclosed(summary.columns)}
SELECT * FROM counted${where}
ON CONFLICT ${conflictTarget(arbiter)} ${conflict}`
    return named(sql`added_${at + 1}`, insert)
  })

/** A part of a WITH. */
const named = (name: Sql, query: Sql): Sql => sql`${name} AS (\n  ${indented(query, '  ')}\n)`

/** Rows are deleted, added to their summaries and counted, all in one statement. */
const summariseStatement = (context: ActContext, summarise: Summary, gone: Sql): Sql => {
  const summary = summarySql(context, context.entity, summarise)
  const parts =
    summary.arbiters.length < 2
      ? [gone, named(sql`added`, upsert(summary))]
      : [gone, countedGroups(summary), ...upserts(summary, nullableIn(summary))]
  return sql`WITH ${joinSql(parts, ', ')}
SELECT count(*) INTO run.done FROM gone;`
}

const nullableIn = ({ arbiters }: SummarySql): readonly string[] => [...new Set(arbiters.flatMap(({ nulls }) => nulls))]

const countedGroups = (summary: SummarySql): Sql => {
  const values = summary.values.map((value, at) => sql`${value} AS ${summary.columns[at] ?? sql`value`}`)
  return named(sql`counted`, sql`${listed(sql`SELECT`, values)}\nFROM gone${grouped(summary)}`)
}
