import type { ListeningEngine } from '../../engines/postgres/embedded.js'
import type { HazardKind } from '../../evolution/index.js'
import { literal, sql } from '../../kernel/safe/sql.js'
import type { Observed } from './state.js'

interface Relation {
  readonly oid: number
  readonly name: string
  readonly file: number | null
}

/** Tables and their files: one that is written anew gets another. */
const relations = (schema: string) =>
  sql`SELECT c.oid::bigint AS oid, c.relname AS name, pg_relation_filenode(c.oid)::bigint AS file FROM pg_class AS c WHERE c.relnamespace = to_regnamespace(quote_ident(${literal(schema)})) AND c.relkind IN ('r', 'p')`

const held = sql`SELECT l.relation::bigint AS oid, l.mode FROM pg_locks AS l WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation'`

/** From the weakest; what readers alone take is not told. */
const modes = [
  'RowShareLock',
  'RowExclusiveLock',
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
] as const

const strongest = (all: readonly string[]): string | undefined => modes.findLast((mode) => all.includes(mode))

const scanned = /^verifying table "(.*)"$/

/** Indexes that the server builds on a table: with the lock that it holds, others wait for it. */
const built = /^building index ".*" on table "(.*)"/

/** What a step did in a transaction that was taken back, and what somebody has to accept for it. */
export interface Observation {
  readonly observed: Observed
  readonly hazards: readonly HazardKind[]
}

/**
 * Runs statements in a transaction, looks what they lock, write anew and read through, and takes it back: what a crash
 * before the commit leaves is what was there.
 */
export const observe = async (
  engine: ListeningEngine,
  schema: string,
  statements: readonly string[],
): Promise<Observation> => {
  const before = await engine.query<Relation>(relations(schema))
  await engine.exec('BEGIN; SET LOCAL client_min_messages = debug1')
  try {
    const said: string[] = []
    for (const statement of statements) said.push(...(await engine.listen(statement)))
    const locks = await engine.query<{ readonly oid: number; readonly mode: string }>(held)
    const after = new Map((await engine.query<Relation>(relations(schema))).map((one) => [one.oid, one]))
    const lockOf = ({ oid }: Relation): string | undefined =>
      strongest(locks.filter((lock) => lock.oid === oid).map(({ mode }) => mode))
    const matching = (form: RegExp): readonly string[] => said.flatMap((line) => form.exec(line)?.[1] ?? [])
    const rewritten = before.filter(({ file, oid }) => after.has(oid) && after.get(oid)?.file !== file)
    const [verified, indexed] = [new Set(matching(scanned)), new Set(matching(built))]
    const named = (one: Relation): readonly string[] => [one.name, after.get(one.oid)?.name ?? one.name]
    const scans = before.filter((one) => named(one).some((name) => verified.has(name)))
    const isExclusive = (one: Relation): boolean => lockOf(one) === 'AccessExclusiveLock'
    const isBuilt = (one: Relation): boolean => named(one).some((name) => indexed.has(name))
    const blocked = before.filter((one) => isBuilt(one) && !rewritten.includes(one))
    const names = (all: readonly Relation[]): readonly string[] => all.map(({ name }) => name).sort()
    return {
      observed: {
        locks: before
          .flatMap((one) => {
            const lock = lockOf(one)
            return lock === undefined ? [] : [`${one.name} ${lock}`]
          })
          .sort(),
        rewrites: names(rewritten),
        scans: names(scans),
      },
      hazards: [
        ...(rewritten.length > 0 ? (['rewrite'] as const) : []),
        ...(scans.some(isExclusive) && rewritten.length === 0 ? (['scan'] as const) : []),
        ...(blocked.length > 0 ? (['blocks-writes'] as const) : []),
      ],
    }
  } finally {
    await engine.exec('ROLLBACK')
  }
}
