import type * as Parser from 'libpg-query'
import type { Printed } from './facts.js'

const loaded: { parser: Promise<typeof Parser> | null } = { parser: null }

/** The parser is a WebAssembly module of 1.7 MB: it is loaded for the first two texts that are not the same. */
const load = async (): Promise<typeof Parser> => {
  const parser = await import('libpg-query')
  await parser.loadModule()
  return parser
}

const statements: Readonly<Record<Printed['within'], (sql: string) => string>> = {
  expression: (sql) => `SELECT ${sql}`,
  query: (sql) => sql,
  statement: (sql) => sql,
  arguments: (sql) => `CREATE FUNCTION f(${sql}) RETURNS void LANGUAGE sql AS ''`,
  body: (sql) => `CREATE FUNCTION f() RETURNS void LANGUAGE sql ${sql}`,
}

/** What says where and how a thing was written, and nothing of what it means. */
const writing: ReadonlySet<string> = new Set([
  'location',
  'list_start',
  'list_end',
  'stmt_len',
  'stmt_location',
  'funcformat',
])

const isCatalogue = (node: unknown): boolean =>
  (node as { readonly String?: { readonly sval?: string } } | null)?.String?.sval === 'pg_catalog'

/** `pg_catalog.timezone` is what `AT TIME ZONE` calls; both are the function that its plain name finds first. */
const withoutCatalogue = (key: string, value: unknown): unknown =>
  (key === 'funcname' || key === 'names') && Array.isArray(value) && value.length > 1 && isCatalogue(value[0])
    ? value.slice(1)
    : value

/** Servers before 14 print no `IN` before an argument of a procedure. */
const withoutIn = (key: string, value: unknown): unknown =>
  key === 'mode' && value === 'FUNC_PARAM_IN' ? 'FUNC_PARAM_DEFAULT' : value

type FunctionCall = { readonly funcname?: readonly unknown[]; readonly args?: readonly unknown[] }

const isCallOf = (name: string, call: FunctionCall): boolean =>
  (call.funcname?.at(-1) as { readonly String?: { readonly sval?: string } } | undefined)?.String?.sval === name

const withoutCast = (argument: unknown): unknown =>
  (argument as { readonly TypeCast?: { readonly arg?: unknown } }).TypeCast?.arg ?? argument

/** Before 14 `extract` was another name of `date_part`, and was printed as that. */
const asExtract = (key: string, value: unknown): unknown => {
  if (key !== 'FuncCall') return value
  const call = value as FunctionCall
  if (!isCallOf('date_part', call)) return value
  const [field, ...others] = call.args ?? []
  return { ...call, funcname: [{ String: { sval: 'extract' } }], args: [withoutCast(field), ...others] }
}

const meaning = (tree: unknown, major: number): string =>
  JSON.stringify(tree, (key, value: unknown) => {
    if (writing.has(key)) return undefined
    const plain = withoutIn(key, withoutCatalogue(key, value))
    return major < 14 ? asExtract(key, plain) : plain
  })

const treeOf = ({ parseSync }: typeof Parser, { sql, within }: Printed, major: number): string | null => {
  try {
    return meaning(parseSync(statements[within](sql)), major)
  } catch {
    return null
  }
}

/**
 * Whether Postgres' own parser reads two texts as one. Servers of different versions print one expression differently;
 * `major` is the version that printed the second.
 */
export const isReadAlike = async (a: Printed, b: Printed, major: number): Promise<boolean> => {
  loaded.parser ??= load()
  const parser = await loaded.parser
  const tree = treeOf(parser, a, major)
  return tree !== null && tree === treeOf(parser, b, major)
}
