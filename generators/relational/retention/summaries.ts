import { bug } from '../../kernel/bug.js'
import { identifier, joinSql, numeral, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Entity } from '../../model/entity.js'
import { fieldOf, findField } from '../../model/lookup.js'
import type { Summary } from '../../model/retention.js'
import { groupColumn, summariesOf } from '../../model/summary.js'
import { type Arbiter, arbitersOf } from '../arbiters.js'
import { type Context, instantFormOf } from '../forms.js'
import { asZoned } from '../instants.js'
import { millisecondsIn } from '../scalar-checks.js'
import type { InstantForm } from '../tables.js'
import { epochOf } from './moments.js'

type Group = Summary['by'][number]
type Aggregate = Summary['aggregates'][number]

/** How deleted rows are added to their summaries. */
export interface SummarySql {
  readonly table: Sql
  /** In their order: the groups, the count, the aggregates. */
  readonly columns: readonly Sql[]
  /** What the columns are made of, over deleted rows. */
  readonly values: readonly Sql[]
  /** How many of the columns are groups. */
  readonly groups: number
  /** What becomes of a summary that is there: `kept` is it, `EXCLUDED` what is added. */
  readonly additions: readonly Sql[]
  /** What holds the groups apart: one, or one for each combination of nulls on servers that need that. */
  readonly arbiters: readonly Arbiter[]
}

/** The first moment of a period, in UTC and in the form of its field; `date_trunc` of a `date` would go by the session's zone. */
const startOf = (column: Sql, period: string, form: InstantForm): Sql => {
  const start = (utc: Sql): Sql => sql`date_trunc('${period as Sql}', ${utc})`
  switch (form) {
    case 'zoned':
      return sql`${start(sql`${column} AT TIME ZONE 'UTC'`)} AT TIME ZONE 'UTC'`
    case 'naive':
      return start(column)
    case 'milliseconds':
      return epochOf(start(sql`${asZoned(column, 'milliseconds')} AT TIME ZONE 'UTC'`))
    case 'date':
      return sql`${start(sql`${column}::timestamp`)}::date`
  }
}

const groupValue = ({ options }: Context, entity: Entity, { field, period }: Group): Sql => {
  const column = identifier(field)
  if (period === null) return column
  return startOf(column, period, instantFormOf(fieldOf(entity, field).type, options) ?? 'zoned')
}

/** What a sum is taken of: sums of `real` would be rounded to it, and intervals count in their unit. */
const summand = (entity: Entity, field: string): Sql => {
  const { type } = fieldOf(entity, field)
  const column = identifier(field)
  if (type.kind === 'float' && type.width === 'real') return sql`${column}::double precision`
  return type.kind === 'duration' && type.as === 'interval'
    ? sql`extract(epoch FROM ${column}) * 1000 / ${numeral(millisecondsIn[type.unit])}`
    : column
}

const aggregateValue = (entity: Entity, { function: name, field }: Aggregate): Sql =>
  name === 'sum' ? sql`coalesce(sum(${summand(entity, field)}), 0)` : sql`${name as Sql}(${identifier(field)})`

const addition = ({ function: name, as }: Aggregate): Sql => {
  const column = identifier(as)
  const [kept, added] = [sql`kept.${column}`, sql`EXCLUDED.${column}`]
  switch (name) {
    case 'sum':
      return sql`${column} = ${kept} + ${added}`
    case 'min':
      return sql`${column} = least(${kept}, ${added})`
    case 'max':
      return sql`${column} = greatest(${kept}, ${added})`
  }
}

/** The entity that a summary's table is made of. */
const keptIn = (entity: Entity, { into }: Summary): Entity =>
  summariesOf(entity).find(({ table }) => table === into) ?? bug(`no summary ${into}`)

/** How what an act deletes is counted. */
export const summarySql = (context: Context, entity: Entity, summary: Summary): SummarySql => {
  const { by, count, aggregates } = summary
  const kept = keptIn(entity, summary)
  const groups = by.filter((group) => findField(kept, groupColumn(group)) !== undefined)
  const counted = count === null ? [] : [count]
  const [unique] = kept.uniques
  return {
    table: qualified(context.options.schema, kept.table),
    columns: [...groups.map(groupColumn), ...counted, ...aggregates.map(({ as }) => as)].map(identifier),
    values: [
      ...groups.map((group) => groupValue(context, entity, group)),
      ...counted.map(() => sql`count(*)`),
      ...aggregates.map((aggregate) => aggregateValue(entity, aggregate)),
    ],
    groups: groups.length,
    additions: [
      ...counted.map((name) => sql`${identifier(name)} = kept.${identifier(name)} + EXCLUDED.${identifier(name)}`),
      ...aggregates.map(addition),
    ],
    arbiters: unique === undefined ? [] : arbitersOf(context, kept, unique),
  }
}

/** The condition on a group that an arbiter is for; none where there is one for all. */
export const arbiterCondition = ({ nulls, columns }: Arbiter, of: readonly string[]): Sql | null => {
  const tests = [
    ...nulls.map((name) => sql`${identifier(name)} IS NULL`),
    ...columns.filter((name) => of.includes(name)).map((name) => sql`${identifier(name)} IS NOT NULL`),
  ]
  return tests.length === 0 ? null : joinSql(tests, ' AND ')
}
