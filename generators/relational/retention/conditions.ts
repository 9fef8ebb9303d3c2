import { identifier, joinSql, numeral, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Entity } from '../../model/entity.js'
import { fieldsRead } from '../../model/expression.js'
import { type Act, clockOf, type KeptNewest } from '../../model/lifecycle.js'
import { fieldOf, keyFieldsOf } from '../../model/lookup.js'
import { expressionSql } from '../expression.js'
import { type Context, instantFormOf } from '../forms.js'
import { expressionScope } from '../table-context.js'
import type { InstantForm } from '../tables.js'
import type { Moments } from './moments.js'
import { notDone, type SetValues } from './values.js'

/** What the conditions of an entity's acts are printed from. */
export interface ActContext extends Context {
  readonly entity: Entity
  readonly moments: Moments
}

/** A condition on a row; one of several that are joined by OR is set in parentheses among others. */
export interface Condition {
  readonly text: Sql
  readonly isAlternative: boolean
}

const condition = (text: Sql): Condition => ({ text, isAlternative: false })

/** Conditions that all hold. */
export const allOf = (conditions: readonly Condition[], separator = ' AND '): Sql => {
  const [only, ...others] = conditions
  if (only !== undefined && others.length === 0) return only.text
  return joinSql(
    conditions.map(({ text, isAlternative }) => (isAlternative ? sql`(${text})` : text)),
    separator,
  )
}

/** What the rows of an act are called in every statement that looks for them. */
export const rowAlias = sql`due`

const column = (name: string): Sql => sql`${rowAlias}.${identifier(name)}`

const newest = (name: string): Sql => sql`newest.${identifier(name)}`

/** The form of the field that an act's moments are read from. */
export const clockForm = ({ entity, options }: ActContext, clock: string): InstantForm =>
  instantFormOf(fieldOf(entity, clock).type, options) ?? 'zoned'

/** The table or the archive that an act's rows are in. */
export const tableOf = ({ entity, options }: ActContext, { place }: Pick<Act, 'place'>): Sql =>
  qualified(options.schema, place.kind === 'archive' ? place.into : entity.table)

/** What tells rows apart in an order: the key, or where a row lies. */
const tieBreakers = ({ key, postgres, ...entity }: Entity): readonly string[] => {
  const fields = keyFieldsOf({ ...entity, key, postgres })
  if (fields.length > 0) return fields
  return postgres.partition === null ? ['ctid'] : ['tableoid', 'ctid']
}

/** Groups that are alike; by alternatives, each of which an index serves. */
const inOneGroup = ({ entity }: ActContext, name: string): Sql => {
  const equal = sql`${newest(name)} = ${column(name)}`
  return fieldOf(entity, name).nullable ? sql`(${equal} OR ${newest(name)} IS NULL AND ${column(name)} IS NULL)` : equal
}

/** Not among the newest of the group: older than the last of those. Rows without a clock never are among them. */
const beyondNewest = (context: ActContext, { count, per, clock }: KeptNewest): Condition => {
  const { entity, options } = context
  const order = [clock, ...tieBreakers(entity).filter((name) => name !== clock)]
  const isNullable = fieldOf(entity, clock).nullable
  const conditions = [
    ...per.map((name) => inOneGroup(context, name)),
    ...(isNullable ? [sql`${newest(clock)} IS NOT NULL`] : []),
  ]
  const where = conditions.length === 0 ? sql`` : sql`\n  WHERE ${joinSql(conditions, ' AND ')}`
  const descending = order.map((name) => sql`${newest(name)} DESC`)
  const last = sql`(
  SELECT ${joinSql(order.map(newest), ', ')} FROM ${qualified(options.schema, entity.table)} AS newest${where}
  ORDER BY ${joinSql(descending, ', ')} OFFSET ${numeral(count - 1)} LIMIT 1
)`
  const own = joinSql(order.map(column), ', ')
  const older = order.length === 1 ? sql`${own} < ${last}` : sql`(${own}) < ${last}`
  return isNullable ? { text: sql`${column(clock)} IS NULL OR ${older}`, isAlternative: true } : condition(older)
}

/** The moment has come. An act on what is not among the newest has none. */
const isOldEnough = (context: ActContext, { due }: Act): readonly Condition[] => {
  if (due.kind === 'surplus') return []
  const clock = clockOf(due)
  const form = clockForm(context, clock)
  const moment = context.moments({ age: due.kind === 'after' ? due.age : null, form })
  return [condition(sql`${column(clock)} <= ${moment}`)]
}

const meetsCondition = (context: ActContext, { where }: Act): readonly Condition[] => {
  if (where === null) return []
  const { moments } = context
  const scope = {
    ...expressionScope(context, context.entity, rowAlias),
    now: (form: InstantForm) => moments({ age: null, form }),
  }
  return [{ text: expressionSql(scope, where), isAlternative: where.kind === 'or' }]
}

const lacksValues = (context: ActContext, values: SetValues): readonly Condition[] => {
  const tests = notDone(context, values, rowAlias)
  return tests.length === 0 ? [] : [{ text: joinSql(tests, ' OR '), isAlternative: tests.length > 1 }]
}

/** What an act asks of a row beside its age and its place among others. */
const asksOfRow = (context: ActContext, act: Act): readonly Condition[] => [
  ...meetsCondition(context, act),
  ...(act.action.kind === 'set' ? lacksValues(context, act.action.values) : []),
]

const isSurplus = (context: ActContext, { keptNewest }: Act): readonly Condition[] =>
  keptNewest === null ? [] : [beyondNewest(context, keptNewest)]

/** Whether rows that are old enough for `later` are so for `earlier` too: steps stand in order of age. */
const isImplied = (earlier: Act, later: Act): boolean =>
  earlier.due.kind === later.due.kind && clockOf(earlier.due) === clockOf(later.due)

/** A row of `later` has been through `earlier`; both leave the same newest rows. */
const isPast = (context: ActContext, earlier: Act, later: Act): Condition => {
  const pending = [
    ...(isImplied(earlier, later) ? [] : isOldEnough(context, earlier)),
    ...asksOfRow(context, earlier),
    ...(later.keptNewest === null ? isSurplus(context, earlier) : []),
  ]
  return condition(pending.length === 0 ? sql`false` : sql`(${allOf(pending)}) IS NOT TRUE`)
}

/** The conditions on the rows of an act: due, not done, and not waiting for the acts given. */
export const conditionsOf = (context: ActContext, act: Act, waiting: readonly Act[]): readonly Condition[] => [
  ...isOldEnough(context, act),
  ...asksOfRow(context, act),
  ...isSurplus(context, act),
  ...waiting.map((earlier) => isPast(context, earlier, act)),
]

const isOnePlace = (a: Act['place'], b: Act['place']): boolean =>
  a.kind === 'archive' ? b.kind === 'archive' && a.into === b.into : b.kind === 'rows'

/** The fields that decide whether a row is due for an act. */
const fieldsDeciding = ({ due, where, action, keptNewest }: Act): readonly string[] => [
  clockOf(due),
  ...(where === null ? [] : fieldsRead(where).flatMap(([first]) => first ?? [])),
  ...(action.kind === 'set' ? action.values.map(({ field }) => field) : []),
  ...(keptNewest === null ? [] : [...keptNewest.per, keptNewest.clock]),
]

/**
 * What a run does between the turns of two acts, of which the earlier has no hook: acts with hooks have their turn after
 * those without, which have another one then.
 */
const turnsBetween = (acts: readonly Act[], earlier: Act, later: Act): readonly Act[] =>
  acts.filter((act, at) => {
    if (later.before === null) return act.before === null && at > acts.indexOf(earlier) && at < acts.indexOf(later)
    return act.before === null ? at > acts.indexOf(earlier) : at < acts.indexOf(later)
  })

/** Whether rows may become due for an act after its turn, by what the same run does: those are the next run's. */
const mayRenew = (acts: readonly Act[], earlier: Act, later: Act): boolean => {
  const deciding = new Set(fieldsDeciding(earlier))
  const isSet = turnsBetween(acts, earlier, later).some(
    ({ action }) => action.kind === 'set' && action.values.some(({ field }) => deciding.has(field)),
  )
  return isSet || (later.before !== null && earlier.after.length > 0)
}

/**
 * The acts that a row of an act has been through before. Each run does them first; what one of them had to leave, since
 * somebody else held the row, is not for a later one either.
 */
export const earlierActs = (acts: readonly Act[], act: Act): readonly Act[] =>
  acts
    .slice(0, acts.indexOf(act))
    .filter((earlier) => isOnePlace(earlier.place, act.place))
    .filter((earlier) => act.after.includes(earlier) || !mayRenew(acts, earlier, act))
