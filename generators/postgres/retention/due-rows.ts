import { identifier, joinSql, literal, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Entity } from '../../model/entity.js'
import { type Act, actsOf, clockOf } from '../../model/lifecycle.js'
import { keyFieldsOf } from '../../model/lookup.js'
import { type ActContext, allOf, conditionsOf, earlierActs, tableOf } from '../../relational/retention/index.js'
import { shownColumns, shownFields } from '../access/columns.js'

/** The statement that reads the due rows of an act, page by page, oldest first. */
export interface DueRowsSql {
  readonly select: Sql
  /** The condition on rows after a page. */
  readonly after: Sql
  readonly order: Sql
  /** What a row's place is called among its columns. */
  readonly place: string
}

/** A name that no property has. */
const placeName = (entity: Entity): string => {
  const taken = new Set(shownFields(entity).map(({ property }) => property))
  let name = 'place'
  while (taken.has(name)) name = `${name}_`
  return name
}

/** The clock and the key: where a row stands in the order of due rows. */
const placeColumns = (entity: Entity, act: Act): readonly string[] => [
  ...new Set([clockOf(act.due), ...keyFieldsOf(entity)]),
]

const columns = (names: readonly string[], row: Sql): Sql =>
  joinSql(
    names.map((name) => sql`${row}.${identifier(name)}`),
    ', ',
  )

/** How the rows of an act are read for its hook; parameters are the moment, how many, and the place to go on from. */
export const dueRowsSql = (context: ActContext, act: Act): DueRowsSql => {
  const { entity, options } = context
  const names = placeColumns(entity, act)
  const place = placeName(entity)
  const pairs = joinSql(
    names.map((name) => sql`${literal(name)}, due.${identifier(name)}`),
    ', ',
  )
  const shown = shownColumns(context, entity)
  const conditions = conditionsOf(context, act, earlierActs(actsOf(entity), act))
  const rowType = qualified(options.schema, entity.table)
  const given = sql`SELECT ${columns(names, sql`given`)} FROM json_populate_record(NULL::${rowType}, $3::json) AS given`
  const own = columns(names, sql`due`)
  return {
    select: sql`SELECT ${shown}, json_build_object(${pairs})::text AS ${identifier(place)}
FROM ${tableOf(context, act)} AS due
WHERE ${allOf(conditions, '\n  AND ')}`,
    after: names.length === 1 ? sql`${own} > (${given})` : sql`(${own}) > (${given})`,
    order: own,
    place,
  }
}
