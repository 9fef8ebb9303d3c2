import { type Differences, differencesOf, type Facts, likenessOn, placesOf, readFacts } from '../../evolution/index.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { type Span, wholeOf } from '../../kernel/source.js'
import type { PostgresOptions } from '../../model/options.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { compileFolder } from '../compile.js'
import { guarded } from '../guard.js'
import type { Host } from '../host.js'
import type { PostgresDatabase } from '../retain/database.js'
import { type Told, tell } from './report.js'
import { type Wanted, wantedFacts } from './wanted.js'

/** A set that is kept in Postgres. */
export interface PostgresSet {
  readonly folder: string
  readonly output: string
  readonly set: SchemaSet
  readonly options: PostgresOptions
  readonly root: Span
}

/** `outcome` is null where there is nothing to compare: the set has errors, or emits no tables. */
export interface Prepared {
  readonly diagnostics: readonly Diagnostic[]
  readonly outcome: PostgresSet | null
}

const prepare = async (host: Host, folder: string): Promise<Prepared> => {
  const { diagnostics, output, root, set } = compileFolder(host, folder)
  const options = set?.targets.postgres ?? null
  if (set === null || options === null) return { diagnostics, outcome: null }
  return { diagnostics, outcome: { folder, output, set, options, root: wholeOf(root) } }
}

/** Compiles a set. Meets no database, and writes nothing. */
export const prepareSet = (host: Host, folder: string): Promise<Prepared> =>
  guarded(
    () => prepare(host, folder),
    (diagnostic): Prepared => ({ diagnostics: [diagnostic], outcome: null }),
  )

/** How a database differs from a set, as `--json` has it. */
export interface SetDrift {
  readonly folder: string
  readonly name: string
  readonly schema: string
  /** `server_version_num` of the server. */
  readonly server: number
  /** Objects that were compared. */
  readonly compared: number
  /** What is in the schema, or in the database as an extension, and no set that was asked for describes. */
  readonly unmanaged: readonly { readonly kind: string; readonly name: string }[]
}

export interface DriftedSet {
  /** Why it was not compared. */
  readonly diagnostics: readonly Diagnostic[]
  readonly told: readonly Told[]
  /** Null where nothing could be compared. */
  readonly drift: SetDrift | null
}

const tablesOf = ({ objects }: Facts): readonly string[] =>
  [...objects.values()].filter(({ kind }) => kind === 'table').map(({ id }) => id)

const namesOf = ({ unmanaged }: Differences): SetDrift['unmanaged'] =>
  unmanaged.map(({ id, kind }) => ({ kind, name: id.slice(kind.length + 1) }))

const compared = async (prepared: PostgresSet, wanted: Wanted, found: Facts): Promise<DriftedSet> => {
  const { folder, options, root, set } = prepared
  const { ask, facts } = wanted
  const { schema } = options
  const tables = tablesOf(facts)
  if (tables.length > 0 && tables.every((id) => !found.objects.has(id))) {
    return {
      diagnostics: [report('drift-wrong-database', root, { tables: tables.length, schema })],
      told: [],
      drift: null,
    }
  }
  const differences = await differencesOf(facts, found, likenessOn(ask, found))
  const placeOf = placesOf(set, options)
  return {
    diagnostics: [],
    told: differences.differences.map((difference) => tell(facts, found, placeOf, difference)),
    drift: {
      folder,
      name: set.name,
      schema,
      server: found.version,
      compared: facts.objects.size,
      unmanaged: namesOf(differences),
    },
  }
}

const readDatabase = async ({ session, reasonOf }: PostgresDatabase, schema: string): Promise<Facts | Diagnostic> => {
  try {
    return await session((client) => readFacts(async (text, values) => (await client.query(text, values)).rows, schema))
  } catch (failure) {
    return report('database-refused', null, { store: 'postgres', reason: reasonOf(failure) })
  }
}

/** Compares a set with a database. Reads the catalogue in one snapshot, and changes nothing. */
export const driftOf = async (prepared: PostgresSet, database: PostgresDatabase): Promise<DriftedSet> => {
  const { options, root, set } = prepared
  const found = await readDatabase(database, options.schema)
  if ('code' in found) return { diagnostics: [found], told: [], drift: null }
  const wanted = await wantedFacts(set, options)
  if (typeof wanted === 'string') {
    return { diagnostics: [report('drift-not-compared', root, { reason: wanted })], told: [], drift: null }
  }
  try {
    return await compared(prepared, wanted, found)
  } finally {
    await wanted.close()
  }
}

/** What no set of several describes: each says it of itself. */
export const unmanagedByAll = (sets: readonly SetDrift[]): readonly SetDrift[] => {
  const isUnmanaged = (schema: string, kind: string, name: string): boolean =>
    sets
      .filter((set) => set.schema === schema || kind === 'extension')
      .every(({ unmanaged }) => unmanaged.some((one) => one.kind === kind && one.name === name))
  return sets.map((set) => ({
    ...set,
    unmanaged: set.unmanaged.filter(({ kind, name }) => isUnmanaged(set.schema, kind, name)),
  }))
}
