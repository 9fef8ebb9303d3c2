import { loadEmitted } from '../../engines/script/load.js'
import type { Diagnostic } from '../../kernel/diagnostic.js'
import { camelCase } from '../../kernel/identifiers.js'
import type { Entity } from '../../model/entity.js'
import { findEntity } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Store } from '../../model/store.js'
import { encryptedEntities, encryptedIn } from '../../script/encryption.js'
import { hasAccess } from '../../script/has-access.js'
import type { SetResult } from '../each-set.js'
import type { Host } from '../host.js'
import { type OutputClaims, outputsOf } from '../outputs.js'
import type { Asking } from './asking.js'
import { type GivenCall, givenCalls } from './given.js'
import { askingMongo } from './on-mongo.js'
import { askingPostgres } from './on-postgres.js'

/** What one call sends: SQL, or calls of the driver of MongoDB, in their order. */
export interface ExplainedCall {
  readonly call: string
  readonly sends: readonly string[]
}

/** What the calls on rows of an entity send to each store that has them. */
export interface ExplainedEntity {
  readonly output: string
  readonly set: string
  readonly entity: string
  readonly stores: readonly { readonly store: Store; readonly calls: readonly ExplainedCall[] }[]
}

/** Of a set without the entity: its entities, so that the nearest can be named. */
export interface OtherEntities {
  readonly output: string
  readonly entities: readonly string[]
}

/** Keys that open nothing: nothing is encrypted where nothing is sent. */
const keysOf = (set: SchemaSet, store: Store): Readonly<Record<string, string>> =>
  Object.fromEntries(
    encryptedEntities(set, store).flatMap((entity) =>
      encryptedIn(entity, store).map(({ encrypted }) => [encrypted.key, Buffer.alloc(32).toString('base64')]),
    ),
  )

const functionAt = (
  of: object,
  path: readonly string[],
): ((...given: readonly unknown[]) => Promise<unknown>) | null => {
  const found = path.reduce<unknown>((inner, name) => Reflect.get(Object(inner), name), of)
  return typeof found === 'function' ? (found as (...given: readonly unknown[]) => Promise<unknown>) : null
}

const explainedCalls = async (
  { storage, sentBy }: Asking,
  entity: Entity,
  calls: readonly GivenCall[],
): Promise<readonly ExplainedCall[]> => {
  const explained: ExplainedCall[] = []
  for (const { shown, path, given, isThere } of calls) {
    const run = functionAt(storage, [camelCase(entity.name), ...path])
    if (run !== null) explained.push({ call: shown, sends: await sentBy(async () => run(...given), isThere) })
  }
  return explained
}

/**
 * Runs each call of the emitted storage on stores that have no rows and keep what they are asked, so that what is told is
 * what is sent. Nothing is connected to.
 */
export const explainEntity = async (
  host: Host,
  folder: string,
  claims: OutputClaims,
  name: string,
): Promise<SetResult<ExplainedEntity | OtherEntities>> => {
  const { value, diagnostics } = await outputsOf(host, folder, claims)
  const set = value?.compiled.set ?? null
  if (value === null || set === null) return { diagnostics, outcome: null }
  const { output } = value.compiled
  const entity = findEntity(set, name)
  if (entity === undefined)
    return { diagnostics: [], outcome: { output, entities: set.entities.map((one) => one.name) } }
  const files = await Promise.all(value.files.map(async ({ path, text }) => ({ path, text: await text() })))
  const load = await loadEmitted(files)
  const kept = entity.stores.filter((store) => hasAccess(set, store))
  const stores: { readonly store: Store; readonly calls: readonly ExplainedCall[] }[] = []
  for (const store of kept) {
    const keys = keysOf(set, store)
    const asking =
      store === 'postgres'
        ? askingPostgres(load('postgres/storage.ts'), keys)
        : await askingMongo(load('mongoose/access/storage.ts'), keys)
    stores.push({ store, calls: await explainedCalls(asking, entity, givenCalls(set, entity, store)) })
  }
  return { diagnostics: noErrors(diagnostics), outcome: { output, set: set.name, entity: entity.name, stores } }
}

/** What `generate` says of the set is not asked here, unless it keeps it from being. */
const noErrors = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.filter(({ severity }) => severity === 'error')
