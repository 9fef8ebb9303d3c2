import { objectFacts, printed, type Value } from '../facts.js'
import { handleOf, rowsOf } from './ask.js'
import { ofTables, type Read, type Reading } from './reading.js'

interface Row {
  readonly table_oid: number
  readonly table_name: string
  readonly number: number
  readonly name: string
  readonly type: string
  readonly not_null: boolean
  readonly not_null_validated: boolean
  readonly identity: string
  readonly generated: string
  readonly collation: string | null
  readonly expression: string | null
  readonly takes_from_sequence: boolean
  readonly comment: string | null
  readonly sequence: { readonly oid: number; readonly name: string; readonly [option: string]: Value } | null
}

/** Only 18 has constraints for NOT NULL, and only there may one be not validated. */
const notNullValidated = (major: number): string =>
  major < 18
    ? 'true'
    : `NOT EXISTS (
    SELECT FROM pg_constraint AS k
    WHERE k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey[1] = a.attnum AND NOT k.convalidated
  )`

/** Where the sequence of a column began, and how many numbers it keeps ready, are no part of what it means. */
const query = (major: number): string => `
SELECT a.attrelid::bigint AS table_oid, c.relname AS table_name, a.attnum AS number, a.attname AS name,
  format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS not_null,
  ${notNullValidated(major)} AS not_null_validated,
  a.attidentity::text AS identity, a.attgenerated::text AS generated,
  CASE WHEN a.attcollation <> t.typcollation THEN (
    SELECT quote_ident(n.nspname) || '.' || quote_ident(l.collname)
    FROM pg_collation AS l JOIN pg_namespace AS n ON n.oid = l.collnamespace WHERE l.oid = a.attcollation
  ) END AS collation,
  pg_get_expr(d.adbin, d.adrelid) AS expression,
  EXISTS (
    SELECT FROM pg_depend AS u
    WHERE u.classid = 'pg_attrdef'::regclass AND u.objid = d.oid
      AND u.refclassid = 'pg_class'::regclass AND u.refobjid = s.seqrelid
  ) AS takes_from_sequence,
  col_description(a.attrelid, a.attnum) AS comment,
  CASE WHEN s.seqrelid IS NOT NULL THEN json_build_object(
    'oid', s.seqrelid::bigint, 'name', s.seqrelid::regclass::text, 'type', format_type(s.seqtypid, NULL), 'increment', s.seqincrement::text,
    'min', s.seqmin::text, 'max', s.seqmax::text, 'cycle', s.seqcycle
  ) END AS sequence
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
JOIN pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_depend AS o
  ON o.refclassid = 'pg_class'::regclass AND o.refobjid = a.attrelid AND o.refobjsubid = a.attnum
  AND o.classid = 'pg_class'::regclass AND o.deptype IN ('a', 'i')
  AND EXISTS (SELECT FROM pg_sequence AS q WHERE q.seqrelid = o.objid)
LEFT JOIN pg_sequence AS s ON s.seqrelid = o.objid
WHERE a.attnum > 0 AND NOT a.attisdropped AND ${ofTables}
ORDER BY c.relname, a.attnum`

const identities: Readonly<Record<string, string>> = { a: 'identity always', d: 'identity by default' }
const generations: Readonly<Record<string, string>> = { s: 'stored', v: 'virtual' }

/** A serial is a default that takes from the column's own sequence, whatever that is called. */
const madeBy = ({ identity, takes_from_sequence: isSerial }: Row): string | null =>
  identities[identity] ?? (isSerial ? 'serial' : null)

const sequenceOf = ({ sequence }: Row): Value => {
  if (sequence === null) return null
  const { name: _, oid: __, ...options } = sequence
  return options
}

const column = (row: Row): Read => {
  const { comment, collation, expression, generated, name, number, sequence, table_name: table, table_oid, type } = row
  const made = madeBy(row)
  const isGenerated = generated !== ''
  return {
    object: objectFacts({
      kind: 'column',
      name,
      table,
      properties: {
        type,
        notNull: row.not_null,
        collation,
        default: isGenerated || made !== null ? null : printed(expression, 'expression', table),
        generated: isGenerated ? printed(expression, 'expression', table) : null,
        generation: generations[generated] ?? null,
        made,
        sequence: sequenceOf(row),
        comment,
      },
      states: { validated: row.not_null_validated },
      definition: sequence?.name ?? null,
    }),
    handles: [
      handleOf('relations', table_oid, number),
      ...(sequence === null ? [] : [handleOf('relations', sequence.oid)]),
    ],
  }
}

/** Columns in their order, which is not compared. */
export const readColumns = async ({ ask, major, schema }: Reading): Promise<readonly Read[]> =>
  (await rowsOf<Row>(ask, query(major), [schema])).map(column)
