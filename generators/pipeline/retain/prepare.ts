import { loadEmitted } from '../../engines/script/load.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { hasErrors } from '../../kernel/result.js'
import { wholeOf } from '../../kernel/source.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Store } from '../../model/store.js'
import { hasAccess } from '../../script/has-access.js'
import { retainedIn } from '../../script/retention.js'
import { compileFolder } from '../compile.js'
import { emitFiles } from '../emit.js'
import { guarded } from '../guard.js'
import type { Host } from '../host.js'
import { memoryHost } from '../memory-host.js'
import { join } from '../paths.js'
import { unitsOfSet } from '../units.js'
import type { EmittedRetention } from './report.js'

/** A set whose retention can be planned and run. */
export interface RetainedSet {
  readonly folder: string
  readonly output: string
  readonly store: Store
  readonly set: SchemaSet
  readonly retention: EmittedRetention
  /** The text of `postgres/retention.sql`; null in Mongo, which needs no functions. */
  readonly sql: string | null
}

/** `outcome` is null where there is nothing to plan or run: the set has errors, or nothing of it ages in this store. */
export interface Prepared {
  readonly diagnostics: readonly Diagnostic[]
  readonly outcome: RetainedSet | null
}

const sqlFile = 'postgres/retention.sql'

const modules = { postgres: 'postgres/retention.ts', mongo: 'mongoose/access/retention.ts' } as const
const targets = { postgres: 'postgres', mongo: 'mongoose' } as const

/** The set without the targets that are no part of what runs: docs, and the other store. */
const onlyFor = (store: Store, set: SchemaSet): SchemaSet => {
  const { mongoose, postgres } = set.targets
  const stored = store === 'postgres' ? { postgres, mongoose: null } : { mongoose, postgres: null }
  return { ...set, targets: { ...set.targets, ...stored, 'json-schema': null, markdown: null } }
}

/** The files of a set that run, made anew in memory: whatever stands on the disk may be of another day. */
const emittedFiles = async (set: SchemaSet, store: Store) => {
  const units = await unitsOfSet(onlyFor(store, set))
  const { value, diagnostics } = await emitFiles(memoryHost(new Map()), '.', units.value)
  const files = await Promise.all(value.map(async ({ path, text }) => ({ path, text: await text() })))
  return { files, diagnostics: [...units.diagnostics, ...diagnostics] }
}

const prepare = async (host: Host, folder: string, store: Store): Promise<Prepared> => {
  const { diagnostics, output, root, set } = compileFolder(host, folder)
  if (set === null || retainedIn(set, store).length === 0) return { diagnostics, outcome: null }
  if (!hasAccess(set, store)) {
    const refusal = report('retention-without-access', wholeOf(root), { store, target: targets[store] })
    return { diagnostics: [...diagnostics, refusal], outcome: null }
  }
  host.progress(`${folder}: preparing`)
  const emitted = await emittedFiles(set, store)
  const found = [...diagnostics, ...emitted.diagnostics]
  if (hasErrors(found)) return { diagnostics: found, outcome: null }
  const load = await loadEmitted(emitted.files)
  const sql = store === 'mongo' ? null : (emitted.files.find(({ path }) => path === sqlFile)?.text ?? null)
  const retention = load(modules[store]) as unknown as EmittedRetention
  return { diagnostics: found, outcome: { folder, output, store, set, retention, sql } }
}

/** Where the functions of a set's retention stand for people to apply them. */
export const sqlFileOf = ({ output }: RetainedSet): string => join(output, sqlFile)

/** Compiles a set and loads the code that its bot would run. Writes nothing, and meets no database. */
export const prepareSet = (host: Host, folder: string, store: Store): Promise<Prepared> =>
  guarded(
    () => prepare(host, folder, store),
    (diagnostic): Prepared => ({ diagnostics: [diagnostic], outcome: null }),
  )
