import { joinSql, type Sql, sql } from '../kernel/safe/sql.js'
import type { Field } from '../model/field.js'
import type { ListType, Type, VectorType } from '../model/type.js'
import { columnType } from './column-type.js'
import { isArray } from './forms.js'
import { isAnyJson, type Structure } from './json-checks.js'
import { lengths, scalarChecks } from './scalar-checks.js'

const noNulls = (value: Sql): Sql => sql`array_position(${value}, NULL) IS NULL`

/** Whether the column's own type limits the length of its text. */
const isLimited = (structure: Structure, type: Type): boolean => /\(\d+\)$/.test(columnType(structure, type).text)

/** The name of lists whose items are checked alike wherever they stand, or null where the field's own limits play a part. */
const commonList = (type: Type): string | null => {
  switch (type.kind) {
    case 'format':
      return type.minLength === null && type.maxLength === null ? type.format : null
    case 'snowflake':
    case 'identity':
      return type.as === null ? type.kind : null
    case 'timestamp':
      return type.form === 'instant' && type.zoned === null ? type.kind : null
    case 'objectid':
    case 'date':
    case 'time':
      return type.kind
    default:
      return null
  }
}

/** The function that checks each item: constraints cannot hold the subquery it takes (Postgres manual, CREATE TABLE). */
const itemsCheck = (structure: Structure, type: ListType, column: Sql): Sql => {
  const conditions = scalarChecks(structure, type.of, sql`item`, isLimited(structure, type.of))
  if (conditions.length === 0) return noNulls(column)
  const common = commonList(type.of)
  const name = common === null ? structure.place : `${common}_list`
  const itemType = columnType(structure, type.of).text.replace(/\(.*\)/, '') as Sql
  const call = structure.book.function(common === null ? `items ${name}` : `list ${name}`, name, structure.set.origin, {
    owner: common === null ? structure.owner : { kind: 'shared' },
    parameters: [{ name: 'items', type: sql`${itemType}[]` }],
    comment: `Whether each item is ${common === null ? `one that ${name} may hold` : `a valid ${common}`}, and none is null.`,
    body: () => sql`${noNulls(sql`items`)}
  AND NOT EXISTS (SELECT 1 FROM unnest(items) AS item WHERE NOT (${joinSql(conditions, ' AND ')}))`,
  })
  return sql`${call}(${column})`
}

const arrayChecks = (structure: Structure, type: ListType, column: Sql): readonly Sql[] => [
  ...lengths(sql`cardinality(${column})`, type.minItems, type.maxItems),
  itemsCheck(structure, type, column),
]

const vectorChecks = (type: VectorType, column: Sql): readonly Sql[] =>
  type.as === 'vector'
    ? []
    : [
        ...lengths(sql`cardinality(${column})`, type.dimensions, type.dimensions),
        noNulls(column),
        sql`'-Infinity' < ALL (${column})`,
        sql`'Infinity' > ALL (${column})`,
      ]

/** What a column's type cannot hold its values to by itself, as conditions that all must hold; null passes each. */
export const columnChecks = (structure: Structure, field: Field, column: Sql): readonly Sql[] => {
  const { type } = field
  switch (type.kind) {
    case 'list':
      if (isArray(type)) return arrayChecks(structure, type, column)
      return [sql`${structure.nested(structure, type)}(${column})`]
    case 'object':
    case 'map':
    case 'union':
      return [sql`${structure.nested(structure, type)}(${column})`]
    case 'json':
      return [isAnyJson(structure, type.as === 'json' ? sql`${column}::jsonb` : column)]
    case 'vector':
      return vectorChecks(type, column)
    default:
      return scalarChecks(structure, type, column, isLimited(structure, type))
  }
}
