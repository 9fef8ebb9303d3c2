import { objectFacts, printed } from '../facts.js'
import { handleOf, rowsOf } from './ask.js'
import { ofNoExtension, ofTables, type Read, type Reading } from './reading.js'

interface FunctionRow {
  readonly oid: number
  readonly name: string
  readonly types: string
  readonly arguments: string
  readonly result: string | null
  readonly language: string
  readonly kind: string
  readonly security_definer: boolean
  readonly leakproof: boolean
  readonly strict: boolean
  readonly volatility: string
  readonly parallel: string
  readonly config: readonly string[] | null
  readonly source: string
  readonly body: string | null
  readonly definition: string | null
  readonly closed: boolean
  readonly comment: string | null
}

/** Servers before 14 have no bodies but texts. Nobody prints an aggregate. */
const functionQuery = (major: number): string => `
SELECT p.oid::bigint AS oid, p.proname AS name, oidvectortypes(p.proargtypes) AS types,
  pg_get_function_arguments(p.oid) AS arguments, pg_get_function_result(p.oid) AS result, l.lanname AS language,
  p.prokind::text AS kind, p.prosecdef AS security_definer, p.proleakproof AS leakproof, p.proisstrict AS strict,
  p.provolatile::text AS volatility, p.proparallel::text AS parallel, p.proconfig AS config, p.prosrc AS source,
  ${major >= 14 ? 'pg_get_function_sqlbody(p.oid)' : 'NULL::text'} AS body,
  CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END AS definition,
  NOT has_function_privilege('public', p.oid, 'EXECUTE') AS closed,
  obj_description(p.oid, 'pg_proc') AS comment
FROM pg_proc AS p
JOIN pg_language AS l ON l.oid = p.prolang
WHERE p.pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1)
  AND ${ofNoExtension('pg_proc', 'p.oid')}
ORDER BY p.proname, types`

/** A file that was applied on Windows may have got other line ends. */
const oneLineEnd = (text: string): string => text.replaceAll('\r\n', '\n')

const routine = (row: FunctionRow): Read => ({
  object: objectFacts({
    kind: 'function',
    name: `${row.name}(${row.types})`,
    properties: {
      kind: row.kind,
      arguments: printed(row.arguments, 'arguments'),
      result: row.result,
      language: row.language,
      volatility: row.volatility,
      strict: row.strict,
      leakproof: row.leakproof,
      parallel: row.parallel,
      securityDefiner: row.security_definer,
      config: row.config,
      body: row.body === null ? oneLineEnd(row.source) : printed(row.body, 'body'),
      comment: row.comment,
    },
    states: { closed: row.closed },
    definition: row.definition,
  }),
  handles: [handleOf('functions', row.oid)],
})

/** Functions and procedures, each with the types that it takes in its name. */
export const readFunctions = async ({ ask, major, schema }: Reading): Promise<readonly Read[]> =>
  (await rowsOf<FunctionRow>(ask, functionQuery(major), [schema])).map(routine)

interface TriggerRow {
  readonly oid: number
  readonly table_name: string
  readonly name: string
  readonly enabled: boolean
  readonly definition: string
  readonly comment: string | null
}

const triggerQuery = `
SELECT t.oid::bigint AS oid, c.relname AS table_name, t.tgname AS name, t.tgenabled IN ('O', 'A') AS enabled,
  pg_get_triggerdef(t.oid) AS definition, obj_description(t.oid, 'pg_trigger') AS comment
FROM pg_trigger AS t
JOIN pg_class AS c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND ${ofTables}
ORDER BY c.relname, t.tgname`

const trigger = (row: TriggerRow): Read => ({
  object: objectFacts({
    kind: 'trigger',
    name: row.name,
    table: row.table_name,
    properties: { definition: printed(row.definition, 'statement'), comment: row.comment },
    states: { enabled: row.enabled },
    definition: row.definition,
  }),
  handles: [handleOf('triggers', row.oid)],
})

/** Triggers that somebody made; those of references are the server's own. */
export const readTriggers = async ({ ask, schema }: Reading): Promise<readonly Read[]> =>
  (await rowsOf<TriggerRow>(ask, triggerQuery, [schema])).map(trigger)
