import { objectFacts, printed, type Value } from '../facts.js'
import { handleOf, rowsOf } from './ask.js'
import { ofTables, type Read, type Reading } from './reading.js'

interface Row {
  readonly oid: number
  readonly index_oid: number
  readonly table_name: string
  readonly name: string
  readonly kind: string
  readonly deferrable: boolean
  readonly deferred: boolean
  readonly validated: boolean
  readonly enforced: boolean
  readonly no_inherit: boolean
  readonly columns: readonly string[] | null
  readonly included: readonly string[] | null
  readonly nulls_not_distinct: boolean
  readonly target: string | null
  readonly target_columns: readonly string[] | null
  readonly on_update: string
  readonly on_delete: string
  readonly match: string
  readonly set_null: readonly string[] | null
  readonly condition: string | null
  readonly definition: string
}

const names = (table: string, numbers: string): string => `(
    SELECT json_agg(n.attname ORDER BY u.place)
    FROM unnest(${numbers}) WITH ORDINALITY AS u (number, place)
    JOIN pg_attribute AS n ON n.attrelid = ${table} AND n.attnum = u.number
  )`

/** NOT NULL is a fact of its column: only 18 has constraints for it. Constraint triggers are triggers. */
const query = (major: number): string => `
SELECT k.oid::bigint AS oid, k.conindid::bigint AS index_oid, c.relname AS table_name, k.conname AS name,
  k.contype::text AS kind, k.condeferrable AS deferrable, k.condeferred AS deferred, k.convalidated AS validated,
  ${major >= 18 ? 'k.conenforced' : 'true'} AS enforced,
  k.connoinherit AND k.contype = 'c' AS no_inherit,
  CASE WHEN k.contype <> 'c' THEN ${names('k.conrelid', 'k.conkey')} END AS columns,
  CASE WHEN k.contype IN ('p', 'u') AND i.indnatts > i.indnkeyatts
    THEN ${names('k.conrelid', '(i.indkey::int2[])[i.indnkeyatts:i.indnatts - 1]')} END AS included,
  ${major >= 15 ? "coalesce(k.contype = 'u' AND i.indnullsnotdistinct, false)" : 'false'} AS nulls_not_distinct,
  CASE WHEN k.contype = 'f' THEN k.confrelid::regclass::text END AS target,
  CASE WHEN k.contype = 'f' THEN ${names('k.confrelid', 'k.confkey')} END AS target_columns,
  k.confupdtype::text AS on_update, k.confdeltype::text AS on_delete, k.confmatchtype::text AS match,
  ${major >= 15 ? `CASE WHEN k.contype = 'f' THEN ${names('k.conrelid', 'k.confdelsetcols')} END` : 'NULL::json'} AS set_null,
  CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid) END AS condition,
  pg_get_constraintdef(k.oid) AS definition
FROM pg_constraint AS k
JOIN pg_class AS c ON c.oid = k.conrelid
LEFT JOIN pg_index AS i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u')
WHERE k.contype IN ('c', 'f', 'p', 'u', 'x') AND k.conparentid = 0 AND ${ofTables}
ORDER BY c.relname, k.conname`

const actions: Readonly<Record<string, string>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}

const kinds: Readonly<Record<string, string>> = {
  c: 'check',
  f: 'foreign key',
  p: 'primary key',
  u: 'unique',
  x: 'exclusion',
}

const detailsOf = (row: Row): Readonly<Record<string, Value>> => {
  const { columns, deferrable, deferred } = row
  const waiting = { deferrable, deferred }
  switch (row.kind) {
    case 'c':
      return { condition: printed(row.condition, 'expression', row.table_name), noInherit: row.no_inherit }
    case 'f':
      return {
        columns,
        target: row.target,
        targetColumns: row.target_columns,
        onUpdate: actions[row.on_update] ?? row.on_update,
        onDelete: actions[row.on_delete] ?? row.on_delete,
        setNull: row.set_null,
        match: row.match,
        ...waiting,
      }
    case 'x':
      return { definition: printed(`ALTER TABLE x ADD ${row.definition}`, 'statement'), ...waiting }
    default:
      return { columns, included: row.included, nullsNotDistinct: row.nulls_not_distinct, ...waiting }
  }
}

const constraint = (row: Row): Read => ({
  object: objectFacts({
    kind: 'constraint',
    name: row.name,
    table: row.table_name,
    properties: { kind: kinds[row.kind] ?? row.kind, ...detailsOf(row) },
    states: { validated: row.validated, enforced: row.enforced },
    definition: row.definition,
  }),
  handles: [
    handleOf('constraints', row.oid),
    // A foreign key has the index of what it points at, which is not its own.
    ...(row.index_oid === 0 || row.kind === 'f' ? [] : [handleOf('relations', row.index_oid)]),
  ],
})

/** Keys, uniques, references, checks and exclusions of tables. */
export const readConstraints = async ({ ask, major, schema }: Reading): Promise<readonly Read[]> =>
  (await rowsOf<Row>(ask, query(major), [schema])).map(constraint)
