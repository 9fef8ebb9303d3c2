import type { Facts, ObjectFacts } from '../facts.js'
import { type Ask, rowsOf } from './ask.js'
import { readColumns } from './columns.js'
import { readConstraints } from './constraints.js'
import { readIndexes } from './indexes.js'
import type { Read, Reading } from './reading.js'
import { readRelations } from './relations.js'
import { readFunctions, readTriggers } from './routines.js'
import { inSnapshot } from './session.js'
import { readExtensions, readNamespace, readTypes } from './types.js'

/** In an order in which objects can be made, but for what one needs of its own kind. */
const readers = [
  readNamespace,
  readExtensions,
  readTypes,
  readFunctions,
  readRelations,
  readColumns,
  readConstraints,
  readIndexes,
  readTriggers,
]

interface Dependency {
  readonly from: string
  readonly to: string
}

/** A default stands for its column, and a rule for its view. What a constraint makes inside of it is its own. */
const dependencyQuery = `
SELECT DISTINCT
  CASE d.classid
    WHEN 'pg_attrdef'::regclass THEN (
      SELECT concat_ws(':', 1259, a.adrelid, a.adnum) FROM pg_attrdef AS a WHERE a.oid = d.objid
    )
    WHEN 'pg_rewrite'::regclass THEN (
      SELECT concat_ws(':', 1259, r.ev_class, 0) FROM pg_rewrite AS r WHERE r.oid = d.objid
    )
    ELSE concat_ws(':', d.classid, d.objid, d.objsubid)
  END AS "from",
  concat_ws(':', d.refclassid, d.refobjid, d.refobjsubid) AS "to"
FROM pg_depend AS d
WHERE d.deptype IN ('n', 'a', 'i') AND d.refclassid <> 'pg_namespace'::regclass
  AND d.classid IN (
    'pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass, 'pg_constraint'::regclass,
    'pg_trigger'::regclass, 'pg_attrdef'::regclass, 'pg_rewrite'::regclass
  )
  AND d.objid >= 16384`

const needsOf = (
  read: readonly Read[],
  dependencies: readonly Dependency[],
): ReadonlyMap<string, ReadonlySet<string>> => {
  const ids = new Map(read.flatMap(({ handles, object }) => handles.map((handle) => [handle, object.id] as const)))
  const needs = new Map<string, Set<string>>()
  for (const { from, to } of dependencies) {
    const [object, needed] = [ids.get(from), ids.get(to)]
    if (object === undefined || needed === undefined || object === needed) continue
    needs.set(object, (needs.get(object) ?? new Set()).add(needed))
  }
  return needs
}

/** A table has its columns by being made, so it needs none of them; a column needs its table. */
const withNeeds = (object: ObjectFacts, found: ReadonlySet<string>, namespace: string | null): ObjectFacts => {
  const [own, above] = [object.parent === null ? [] : [object.parent], object.kind === 'schema' ? null : namespace]
  const needs = [...found].filter((id) => object.kind !== 'table' || !id.startsWith('column '))
  return { ...object, needs: [...new Set([...(above === null ? [] : [above]), ...own, ...needs])] }
}

const readSchema = async (ask: Ask, schema: string): Promise<Facts> => {
  const [setting] = await rowsOf<{ readonly version: number }>(
    ask,
    "SELECT current_setting('server_version_num')::integer AS version",
    [],
  )
  const version = setting?.version ?? 0
  const reading: Reading = { ask, schema, major: Math.floor(version / 10_000) }
  const read: Read[] = []
  for (const reader of readers) read.push(...(await reader(reading)))
  const needs = needsOf(read, await rowsOf<Dependency>(ask, dependencyQuery, []))
  const namespace = read.find(({ object }) => object.kind === 'schema')?.object.id ?? null
  const objects = read.map(({ object }) => withNeeds(object, needs.get(object.id) ?? new Set(), namespace))
  return { schema, version, objects: new Map(objects.map((object) => [object.id, object])) }
}

/** What a schema of a database holds, read in one snapshot. Changes nothing, and leaves no setting behind. */
export const readFacts = (ask: Ask, schema: string): Promise<Facts> => inSnapshot(ask, () => readSchema(ask, schema))
