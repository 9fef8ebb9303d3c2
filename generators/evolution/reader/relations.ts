import { objectFacts, printed } from '../facts.js'
import { handleOf, rowsOf } from './ask.js'
import type { Read, Reading } from './reading.js'

interface Row {
  readonly oid: number
  readonly name: string
  readonly kind: string
  readonly row_type: number
  readonly persistence: string
  readonly options: readonly string[] | null
  readonly partition_key: string | null
  readonly default_partition: string | null
  readonly view: string | null
  readonly comment: string | null
}

/** Partitions are left out: they come and go with time, and have what their table has. So are sequences of columns. */
const query = `
SELECT c.oid::bigint AS oid, c.relname AS name, c.relkind AS kind, c.reltype::bigint AS row_type,
  c.relpersistence AS persistence, c.reloptions AS options,
  CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_key,
  (SELECT d.relname FROM pg_class AS d WHERE d.oid = t.partdefid) AS default_partition,
  CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END AS view,
  obj_description(c.oid, 'pg_class') AS comment
FROM pg_class AS c
LEFT JOIN pg_partitioned_table AS t ON t.partrelid = c.oid
WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1)
  AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  AND NOT c.relispartition
  AND NOT EXISTS (
    SELECT FROM pg_depend AS e
    WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid
      AND (e.deptype = 'e' OR c.relkind = 'S' AND e.deptype IN ('a', 'i') AND e.refobjsubid > 0)
  )
ORDER BY c.relname`

const forms: Readonly<Record<string, string>> = {
  r: 'plain',
  p: 'partitioned',
  f: 'foreign',
  v: 'plain',
  m: 'materialised',
}

const persistences: Readonly<Record<string, string>> = { p: 'permanent', u: 'unlogged', t: 'temporary' }

const sequence = ({ name, oid }: Row): Read => ({
  object: objectFacts({ kind: 'sequence', name }),
  handles: [handleOf('relations', oid)],
})

const view = ({ comment, kind, name, oid, options, row_type, view: definition }: Row): Read => ({
  object: objectFacts({
    kind: 'view',
    name,
    properties: { form: forms[kind] ?? kind, query: printed(definition, 'query'), options, comment },
    definition,
  }),
  handles: [handleOf('relations', oid), handleOf('types', row_type)],
})

const table = (row: Row): Read => ({
  object: objectFacts({
    kind: 'table',
    name: row.name,
    properties: {
      form: forms[row.kind] ?? row.kind,
      persistence: persistences[row.persistence] ?? row.persistence,
      partitionKey: row.partition_key,
      defaultPartition: row.default_partition,
      comment: row.comment,
    },
  }),
  handles: [handleOf('relations', row.oid), handleOf('types', row.row_type)],
})

const relation = (row: Row): Read => {
  if (row.kind === 'S') return sequence(row)
  return row.kind === 'v' || row.kind === 'm' ? view(row) : table(row)
}

/** Tables, views, and sequences that are of no column. */
export const readRelations = async ({ ask, schema }: Reading): Promise<readonly Read[]> =>
  (await rowsOf<Row>(ask, query, [schema])).map(relation)
