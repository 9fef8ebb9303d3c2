import { objectFacts, printed, type Value } from '../facts.js'
import { handleOf, rowsOf } from './ask.js'
import { ofTables, type Read, type Reading } from './reading.js'

interface Part {
  readonly text: string
  readonly is_column: boolean
  readonly descending: boolean
  readonly nulls_first: boolean
  readonly operator_class: string | null
  readonly collation: string | null
}

interface Row {
  readonly oid: number
  readonly table_name: string
  readonly name: string
  readonly method: string
  readonly is_unique: boolean
  readonly nulls_not_distinct: boolean
  readonly valid: boolean
  readonly options: readonly string[] | null
  readonly parts: readonly Part[]
  readonly included: readonly string[] | null
  readonly predicate: string | null
  readonly definition: string
  readonly comment: string | null
}

/** Only what is not the default of its type, or its column's own: a class of operators, a collation. */
const parts = `(
    SELECT json_agg(json_build_object(
      'text', pg_get_indexdef(i.indexrelid, n, false),
      'is_column', i.indkey[n - 1] <> 0,
      'descending', i.indoption[n - 1] & 1 = 1,
      'nulls_first', i.indoption[n - 1] & 2 = 2,
      'operator_class', (
        SELECT quote_ident(s.nspname) || '.' || quote_ident(o.opcname)
        FROM pg_opclass AS o JOIN pg_namespace AS s ON s.oid = o.opcnamespace
        WHERE o.oid = i.indclass[n - 1] AND NOT o.opcdefault
      ),
      'collation', (
        SELECT quote_ident(s.nspname) || '.' || quote_ident(l.collname)
        FROM pg_attribute AS p
        JOIN pg_type AS y ON y.oid = p.atttypid
        LEFT JOIN pg_attribute AS b ON b.attrelid = i.indrelid AND b.attnum = i.indkey[n - 1]
        JOIN pg_collation AS l ON l.oid = i.indcollation[n - 1]
        JOIN pg_namespace AS s ON s.oid = l.collnamespace
        WHERE p.attrelid = i.indexrelid AND p.attnum = n
          AND i.indcollation[n - 1] <> coalesce(b.attcollation, y.typcollation)
      )
    ) ORDER BY n)
    FROM generate_series(1, i.indnkeyatts) AS n
  )`

/** `ON ONLY` makes an index of a table without its partitions, which is not valid until they have it. */
const query = (major: number): string => `
SELECT i.indexrelid::bigint AS oid, c.relname AS table_name, x.relname AS name, m.amname AS method,
  i.indisunique AS is_unique, ${major >= 15 ? 'i.indnullsnotdistinct' : 'false'} AS nulls_not_distinct,
  i.indisvalid AND i.indisready AS valid, x.reloptions AS options,
  ${parts} AS parts,
  (
    SELECT json_agg(pg_get_indexdef(i.indexrelid, n, false) ORDER BY n)
    FROM generate_series(i.indnkeyatts + 1, i.indnatts) AS n
  ) AS included,
  pg_get_expr(i.indpred, i.indrelid) AS predicate, CASE WHEN x.relkind = 'I'
    THEN replace(pg_get_indexdef(i.indexrelid), quote_ident(x.relname) || ' ON ONLY ', quote_ident(x.relname) || ' ON ')
    ELSE pg_get_indexdef(i.indexrelid)
  END AS definition,
  obj_description(i.indexrelid, 'pg_class') AS comment
FROM pg_index AS i
JOIN pg_class AS c ON c.oid = i.indrelid
JOIN pg_class AS x ON x.oid = i.indexrelid
JOIN pg_am AS m ON m.oid = x.relam
WHERE NOT EXISTS (
  SELECT FROM pg_constraint AS k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
) AND i.indislive AND ${ofTables}
ORDER BY c.relname, x.relname`

const partOf = (table: string, part: Part): Value => ({
  of: part.is_column ? part.text : printed(part.text, 'expression', table),
  descending: part.descending,
  nullsFirst: part.nulls_first,
  operatorClass: part.operator_class,
  collation: part.collation,
})

const index = (row: Row): Read => ({
  object: objectFacts({
    kind: 'index',
    name: row.name,
    table: row.table_name,
    properties: {
      method: row.method,
      unique: row.is_unique,
      nullsNotDistinct: row.nulls_not_distinct,
      parts: row.parts.map((part) => partOf(row.table_name, part)),
      included: row.included,
      where: printed(row.predicate, 'expression', row.table_name),
      options: row.options,
      comment: row.comment,
    },
    states: { valid: row.valid },
    definition: row.definition,
  }),
  handles: [handleOf('relations', row.oid)],
})

/** Indexes that no constraint made. */
export const readIndexes = async ({ ask, major, schema }: Reading): Promise<readonly Read[]> =>
  (await rowsOf<Row>(ask, query(major), [schema])).map(index)
