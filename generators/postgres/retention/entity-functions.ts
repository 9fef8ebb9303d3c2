import { identifier, joinSql, literal, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Entity } from '../../model/entity.js'
import { type Act, actsOf, clockOf } from '../../model/lifecycle.js'
import { keyFieldsOf } from '../../model/lookup.js'
import type { PostgresOptions } from '../../model/options.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { hasComments } from '../../relational/index.js'
import {
  type ActContext,
  allOf,
  type Condition,
  clockForm,
  conditionsOf,
  dropsWhole,
  type EntityFunctions,
  earlierActs,
  momentType,
  tableOf,
} from '../../relational/retention/index.js'
import { indented } from '../indented.js'
import { render } from '../layouts.js'
import { actStatements } from './doing.js'
import { type FoundRows, foundRows } from './found-rows.js'
import { actWords, inComment } from './titles.js'
import { type MomentVariables, momentVariables } from './variables.js'

/** What the functions of one entity are printed from. */
export interface Retained {
  readonly set: SchemaSet
  readonly options: PostgresOptions
  readonly entity: Entity
  readonly functions: EntityFunctions
  /** Rows a batch. */
  readonly batch: number
}

interface NumberedAct {
  readonly act: Act
  readonly index: number
}

const numbered = (entity: Entity): readonly NumberedAct[] => actsOf(entity).map((act, index) => ({ act, index }))

/** The act that takes partitions whole. */
const wholeActOf = ({ entity, functions }: Retained): NumberedAct | undefined =>
  functions.drop === null ? undefined : numbered(entity).find(({ act }) => dropsWhole(entity, act))

const contextOf = ({ set, options, entity }: Retained, { moments }: MomentVariables): ActContext => ({
  set,
  options,
  entity,
  moments,
})

const nameOf = ({ options }: Retained, name: string): Sql => qualified(options.schema, name)

const commentIn = ({ options, entity }: Retained, text: string): Sql | null =>
  hasComments(options, entity.enforce) ? literal(text) : null

const titleOf = ({ act }: NumberedAct): Sql => inComment(actWords(act))

/** `FROM … WHERE …`, a condition a line. */
const rowsThat = (context: ActContext, act: Act, conditions: readonly Condition[]): Sql => {
  const lines = conditions.map((one, at) => (at === 0 ? one : { ...one, text: indented(one.text, '  ') }))
  const where = allOf(lines, '\n  AND ')
  return sql`FROM ${tableOf(context, act)} AS due${conditions.length === 0 ? sql`` : sql`\nWHERE ${where}`}`
}

/** Rows that somebody else has locked are for the next batch: they may be on their way. */
const batchOf = (context: ActContext, act: Act): Sql => {
  const conditions = conditionsOf(context, act, earlierActs(actsOf(context.entity), act))
  return sql`${rowsThat(context, act, conditions)}
ORDER BY due.${identifier(clockOf(act.due))} LIMIT run.room FOR UPDATE SKIP LOCKED`
}

const givenKeys = ({ options, entity }: ActContext): readonly Condition[] => {
  const keys = keyFieldsOf(entity)
  if (keys.length === 0) return []
  const columns = (row: Sql): Sql =>
    joinSql(
      keys.map((name) => sql`${row}.${identifier(name)}`),
      ', ',
    )
  const own = keys.length === 1 ? columns(sql`due`) : sql`(${columns(sql`due`)})`
  const rowType = qualified(options.schema, entity.table)
  const given = sql`SELECT ${columns(sql`given`)} FROM json_populate_recordset(NULL::${rowType}, $2) AS given`
  return [{ text: sql`${own} IN (${given})`, isAlternative: false }]
}

/** Workers that settle the same rows lock them in one order, and wait for each other. */
const settledRows = (context: ActContext, act: Act): Sql => {
  const conditions = conditionsOf(context, act, earlierActs(actsOf(context.entity), act))
  const order = [...new Set([clockOf(act.due), ...keyFieldsOf(context.entity)])]
  return sql`${rowsThat(context, act, [...givenKeys(context), ...conditions])}
ORDER BY ${joinSql(
    order.map((name) => sql`due.${identifier(name)}`),
    ', ',
  )} FOR UPDATE`
}

const variablesOf = (variables: MomentVariables, found: readonly FoundRows[]): readonly Sql[] => {
  const held = new Map(found.flatMap((rows) => rows.variables).map(({ name, type }) => [name, type]))
  return [...variables.declarations(), ...[...held].map(([name, type]) => sql`${name} ${type}`)]
}

/** The moment that a function acts as of; what is append-only has a variable of its own for it. */
const untilOf = ({ appendOnly }: Entity): Sql => (appendOnly ? sql`run.until` : sql`at`)

const doneActs = (retained: Retained, acts: readonly NumberedAct[], rows: (context: ActContext, act: Act) => Sql) => {
  const variables = momentVariables(untilOf(retained.entity))
  const context = contextOf(retained, variables)
  const whole = wholeActOf(retained)
  const { drop } = retained.functions
  const dropName = drop === null ? null : nameOf(retained, drop)
  const found = acts.map(({ act }) => foundRows(context, retained.entity, act))
  const views = acts.map((one, at) => {
    const { find, isFound } = found[at] ?? foundRows(context, retained.entity, one.act)
    return {
      title: titleOf(one),
      index: one.index,
      find: indented(find(rows(context, one.act)), '    '),
      act: indented(actStatements(context, one.act, isFound), '    '),
      drop: one.act === whole?.act ? dropName : null,
    }
  })
  return { acts: views, variables: variablesOf(variables, found) }
}

/** The function that does one batch of all acts without hooks; null where there is none. */
export const retireFunction = async (retained: Retained): Promise<Sql | null> => {
  const { entity, functions, batch } = retained
  if (functions.retire === null) return null
  const acts = numbered(entity).filter(({ act }) => act.before === null)
  return render('retire', {
    name: nameOf(retained, functions.retire),
    ...doneActs(retained, acts, batchOf),
    batch,
    appendOnly: entity.appendOnly,
    until: entity.appendOnly ? untilOf(entity) : sql`$1`,
    comment: commentIn(
      retained,
      `One batch of what retention does to ${entity.name} as of a moment, from an act on; how many rows of each act.`,
    ),
  })
}

/** The function that does an act with a hook to rows of given keys; null where there is none. */
export const settleFunction = async (retained: Retained): Promise<Sql | null> => {
  const { entity, functions } = retained
  if (functions.settle === null) return null
  const acts = numbered(entity).filter(({ act }) => act.before !== null)
  return render('retire-rows', {
    name: nameOf(retained, functions.settle),
    ...doneActs(retained, acts, settledRows),
    appendOnly: entity.appendOnly,
    comment: commentIn(
      retained,
      `An act of ${entity.name} to those rows of the keys given that are still due; how many they were.`,
    ),
  })
}

/** The earliest clock as a `timestamptz`. */
const oldestOf = (context: ActContext, act: Act): Sql => {
  const clock = clockOf(act.due)
  const least = sql`min(due.${identifier(clock)})`
  switch (clockForm(context, clock)) {
    case 'zoned':
      return least
    case 'naive':
      return sql`${least} AT TIME ZONE 'UTC'`
    case 'milliseconds':
      return sql`to_timestamp(${least} / 1000.0)::timestamptz(3)`
    case 'date':
      return sql`${least}::timestamp AT TIME ZONE 'UTC'`
  }
}

/** The function that counts the rows that are due for each act. */
export const dueFunction = (retained: Retained): Promise<Sql> => {
  const { entity, functions } = retained
  const variables = momentVariables(sql`at`)
  const context = contextOf(retained, variables)
  const acts = numbered(entity).map((one) => ({
    title: titleOf(one),
    index: one.index,
    oldest: sql`${oldestOf(context, one.act)}${clockForm(context, clockOf(one.act.due)) === 'zoned' ? sql`::timestamptz` : sql``}`,
    rows: indented(rowsThat(context, one.act, conditionsOf(context, one.act, one.act.after)), '    '),
  }))
  return render('due-rows', {
    name: nameOf(retained, functions.due),
    variables: variables.declarations(),
    acts,
    comment: commentIn(retained, `How many rows of ${entity.name} are due for each act of retention, and since when.`),
  })
}

/** Whether rows are counted or kept elsewhere when they go, which takes too long for a table that nobody else may read. */
const isCopied = ({ action, summarise }: Act): boolean => action.kind === 'archive' || summarise !== null

/** The function that drops a partition: whole, or once its rows were copied; and after the acts before, in any case. */
export const dropFunction = async (retained: Retained): Promise<Sql | null> => {
  const { entity, functions, options } = retained
  const whole = wholeActOf(retained)
  if (functions.drop === null || whole === undefined || whole.act.due.kind !== 'after') return null
  const variables = momentVariables(sql`at`)
  const context = contextOf(retained, variables)
  const { age, of: clock } = whole.act.due
  const form = clockForm(context, clock)
  const column = sql`due.${identifier(clock)}`
  const inside = [sql`${column} >= run.low`, sql`${column} < run.high`].map((text) => ({ text, isAlternative: false }))
  const earlier = earlierActs(actsOf(entity), whole.act)
  const pending = {
    text: joinSql(
      earlier.map((act) => allOf(conditionsOf(context, act, []))),
      ' OR ',
    ),
    isAlternative: true,
  }
  const keeps = isCopied(whole.act) ? inside : earlier.length === 0 ? null : [...inside, pending]
  const table = qualified(options.schema, entity.table)
  return render('retire-partitions', {
    name: nameOf(retained, functions.drop),
    table,
    tableText: literal(table),
    boundType: momentType[form],
    moment: context.moments({ age, form }),
    waiting: keeps === null ? null : indented(sql`SELECT ${rowsThat(context, whole.act, keeps)}`, '        '),
    counted: isCopied(whole.act) ? null : indented(rowsThat(context, whole.act, inside), '      '),
    variables: variables.declarations(),
    comment: commentIn(
      retained,
      isCopied(whole.act)
        ? `Drops a partition of ${entity.table} that is due and empty.`
        : `Drops a partition of ${entity.table} whose rows are all due; how many rows they were.`,
    ),
  })
}
