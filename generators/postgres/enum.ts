import { dollarQuoted, joinSql, literal, type Sql, sql, wrapped } from '../kernel/safe/sql.js'
import type { EnumType } from '../relational/index.js'
import { indented } from './indented.js'
import { named, type Style } from './style.js'

/** How wide the values of an enum may be on one line. */
const valuesWidth = 80

/** Creates a type that is not there; one that is has to have these values in this order. */
const createOrHold = (type: Sql, values: readonly string[], create: Sql): Sql => {
  const wanted = sql`ARRAY[${joinSql(values.map(literal), ', ')}]`
  const body = sql`
DECLARE
  labels text[] := ARRAY(
    SELECT enumlabel FROM pg_catalog.pg_enum WHERE enumtypid = to_regtype(${literal(type)}) ORDER BY enumsortorder
  );
BEGIN
  IF to_regtype(${literal(type)}) IS NULL THEN
    ${indented(create, '    ')}
  ELSIF labels <> ${wanted} THEN
    RAISE EXCEPTION '% differs from its description: its values are %, not %', ${literal(type)}, labels, ${wanted}
      USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Nothing of it was changed. Migrate the type, or correct the description.';
  END IF;
END
`
  return sql`DO ${dollarQuoted(body)};`
}

/** An enum type as the statements that create it. */
export const enumStatements = (style: Style, { name, values, comment }: EnumType): readonly Sql[] => {
  const type = named(style, name)
  const create = sql`CREATE TYPE ${type} AS ENUM (${wrapped(values.map(literal), '  ', valuesWidth)});`
  return [
    style.idempotent ? createOrHold(type, values, create) : create,
    ...(comment === null ? [] : [sql`\nCOMMENT ON TYPE ${type} IS ${literal(comment)};`]),
  ]
}
