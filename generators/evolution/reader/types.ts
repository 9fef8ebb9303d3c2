import { objectFacts, printed } from '../facts.js'
import { handleOf, rowsOf } from './ask.js'
import { ofNoExtension, type Read, type Reading } from './reading.js'

interface TypeRow {
  readonly oid: number
  readonly array_oid: number
  readonly name: string
  readonly form: string
  readonly values: readonly string[] | null
  readonly base: string | null
  readonly not_null: boolean
  readonly default: string | null
  readonly checks: readonly string[] | null
  readonly comment: string | null
}

/** The row types of tables, arrays and multiranges come with what they are of. */
const typeQuery = `
SELECT t.oid::bigint AS oid, t.typarray::bigint AS array_oid, t.typname AS name, t.typtype::text AS form,
  (
    SELECT json_agg(v.enumlabel ORDER BY v.enumsortorder) FROM pg_enum AS v WHERE v.enumtypid = t.oid
  ) AS values,
  CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END AS base,
  t.typnotnull AS not_null, pg_get_expr(t.typdefaultbin, 0) AS default,
  (
    SELECT json_agg(pg_get_constraintdef(k.oid) ORDER BY k.conname)
    FROM pg_constraint AS k WHERE k.contypid = t.oid AND k.contype = 'c'
  ) AS checks,
  obj_description(t.oid, 'pg_type') AS comment
FROM pg_type AS t
WHERE t.typnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1)
  AND (
    t.typtype IN ('e', 'd', 'r')
    OR t.typtype = 'b' AND t.typcategory <> 'A'
    OR t.typtype = 'c' AND (SELECT c.relkind = 'c' FROM pg_class AS c WHERE c.oid = t.typrelid)
  )
  AND ${ofNoExtension('pg_type', 't.oid')}
ORDER BY t.typname`

const forms: Readonly<Record<string, string>> = { e: 'enum', d: 'domain', r: 'range', b: 'base', c: 'composite' }

const type = (row: TypeRow): Read => ({
  object: objectFacts({
    kind: 'type',
    name: row.name,
    properties: {
      form: forms[row.form] ?? row.form,
      values: row.values,
      base: row.base,
      notNull: row.not_null,
      default: printed(row.default),
      checks: row.checks,
      comment: row.comment,
    },
  }),
  handles: [handleOf('types', row.oid), ...(row.array_oid === 0 ? [] : [handleOf('types', row.array_oid)])],
})

export const readTypes = async ({ ask, schema }: Reading): Promise<readonly Read[]> =>
  (await rowsOf<TypeRow>(ask, typeQuery, [schema])).map(type)

interface ExtensionRow {
  readonly oid: number
  readonly name: string
  readonly schema: string
}

const extensionQuery = `
SELECT x.oid::bigint AS oid, x.extname AS name, n.nspname AS schema
FROM pg_extension AS x JOIN pg_namespace AS n ON n.oid = x.extnamespace
ORDER BY x.extname`

/** Extensions of the whole database, by name and schema: a newer version is none of ours to tell. */
export const readExtensions = async ({ ask }: Reading): Promise<readonly Read[]> =>
  (await rowsOf<ExtensionRow>(ask, extensionQuery, [])).map(({ name, oid, schema }) => ({
    object: objectFacts({ kind: 'extension', name, properties: { schema } }),
    handles: [handleOf('extensions', oid)],
  }))

const namespaceQuery = 'SELECT n.oid::bigint AS oid FROM pg_namespace AS n WHERE n.nspname = $1'

/** The schema itself, where it is there. */
export const readNamespace = async ({ ask, schema }: Reading): Promise<readonly Read[]> =>
  (await rowsOf<{ readonly oid: number }>(ask, namespaceQuery, [schema])).map(({ oid }) => ({
    object: objectFacts({ kind: 'schema', name: schema }),
    handles: [handleOf('namespaces', oid)],
  }))
