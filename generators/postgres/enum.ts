import { literal, type Sql, sql, wrapped } from '../kernel/safe/sql.js'
import type { EnumType } from '../relational/index.js'
import { named, onlyIf, type Style } from './style.js'

/** How wide the values of an enum may be on one line. */
const valuesWidth = 80

/** An enum type as the statements that create it. */
export const enumStatements = (style: Style, { name, values, comment }: EnumType): readonly Sql[] => {
  const type = named(style, name)
  const create = sql`CREATE TYPE ${type} AS ENUM (${wrapped(values.map(literal), '  ', valuesWidth)});`
  return [
    style.idempotent ? onlyIf(sql`to_regtype(${literal(type)}) IS NULL`, create) : create,
    ...(comment === null ? [] : [sql`\nCOMMENT ON TYPE ${type} IS ${literal(comment)};`]),
  ]
}
