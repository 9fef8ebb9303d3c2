import type { PostgresEngine } from '../../engines/postgres/embedded.js'
import { loadEmitted } from '../../engines/script/load.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { canonical } from '../../kernel/hash.js'
import { fieldsIn } from '../../model/lookup.js'
import type { JsonValue } from '../../model/origin.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { insertStatement, type RelationalSchema, relationalSchema, type Table } from '../../relational/index.js'
import { encryptedIn } from '../../script/encryption.js'
import { hasAccess } from '../../script/has-access.js'
import { jsonOfRow } from '../../script/json-form.js'
import { entityNames } from '../../script/names.js'
import { meaning } from '../meaning.js'
import { storeEncrypted } from './encrypted-examples.js'
import {
  exampleStep,
  examplesOf,
  type GivenRow,
  inReferenceOrder,
  type Link,
  linksOf,
  rowFinder,
  seedsOf,
} from './example-rows.js'
import { parseExample } from './examples-accepted.js'
import { counted, type Evidence, nothingToProve, type Proven } from './proof.js'
import type { Watch } from './watch.js'

/** What it takes to store an example: its table, the emitted modules, the server. */
interface Storing {
  readonly evidence: Evidence
  readonly engine: PostgresEngine
  readonly schema: RelationalSchema
  readonly tables: ReadonlyMap<string, Table>
  readonly load: Awaited<ReturnType<typeof loadEmitted>>
}

/** An example with everything that an insert fills in, as the emitted code would send it. */
const completed = ({ evidence: { set }, load }: Storing, example: GivenRow): Readonly<Record<string, JsonValue>> => {
  if (set.targets.zod === null) return example.values
  const { data } = parseExample(set, load, example)
  return data === undefined ? example.values : { ...example.values, ...jsonOfRow(set, example.entity, data) }
}

interface Codec {
  readonly safeDecode: (row: unknown) => {
    readonly data?: { readonly [property: string]: unknown }
    readonly error?: Error
  }
}

/** Of the fields that a row shows, those that are read as another value than was given. */
const differences = (
  set: SchemaSet,
  { entity, row }: Pick<GivenRow, 'entity' | 'row'>,
  given: Readonly<Record<string, JsonValue>>,
  read: Readonly<Record<string, JsonValue>>,
): readonly Diagnostic[] => {
  return fieldsIn(entity, 'postgres').flatMap(({ name, type, encrypted }) => {
    const [before, after] = [given[name], read[name]]
    const mean = (value: unknown): string => canonical(meaning(set, type, value))
    if (before === undefined || encrypted !== null || mean(before) === mean(after)) return []
    return [report('example-changed', row.origin, { field: name, stored: canonical(before), read: canonical(after) })]
  })
}

const changesIn = (
  { evidence: { set }, load }: Storing,
  { entity, row }: GivenRow,
  given: Readonly<Record<string, JsonValue>>,
  stored: unknown,
): readonly Diagnostic[] => {
  if (set.targets.zod === null) return []
  const names = entityNames(entity)
  const codec = load(`zod/${names.module}.ts`)[names.postgresCodec] as Codec
  const { data, error } = codec.safeDecode(stored)
  if (data === undefined) {
    return [report('example-refused', row.origin, { by: 'the codec of stored rows', message: error?.message ?? '' })]
  }
  return differences(set, { entity, row }, given, jsonOfRow(set, entity, data))
}

/** An example of an entity with encrypted fields, stored by the statements that are emitted for it. */
const storeSealed = async (storing: Storing, table: Table, example: GivenRow): Promise<readonly Diagnostic[]> => {
  const { evidence, engine, schema, load } = storing
  const parts = { set: evidence.set, engine, schema: schema.schema, load }
  const { read, diagnostics } = await storeEncrypted(parts, table, example)
  return read === null ? diagnostics : [...diagnostics, ...differences(evidence.set, example, example.values, read)]
}

const store = async (storing: Storing, example: GivenRow): Promise<readonly Diagnostic[]> => {
  const table = storing.tables.get(example.entity.name)
  if (table === undefined) return []
  if (encryptedIn(example.entity, 'postgres').length > 0) return storeSealed(storing, table, example)
  const row = completed(storing, example)
  const { text, values } = insertStatement(storing.schema, table, row)
  try {
    const [stored] = await storing.engine.query(`${text} RETURNING *`, values)
    return changesIn(storing, example, row, stored)
  } catch (failure) {
    const message = failure instanceof Error ? failure.message : String(failure)
    return [report('example-refused', example.row.origin, { by: 'Postgres', message })]
  }
}

/** Encrypted fields are only written by functions of the entity, which a set may do without. */
const canBeSealed = (set: SchemaSet, { entity }: GivenRow): boolean =>
  encryptedIn(entity, 'postgres').length === 0 || hasAccess(set, 'postgres')

/**
 * Stores every example in a database that holds the emitted schema, in reference order, reads it back and decodes it
 * with the emitted codec: what comes back equals what was stored.
 */
export const storeExamples = async (evidence: Evidence, engine: PostgresEngine, watch: Watch): Promise<Proven> => {
  const { set } = evidence
  const examples = examplesOf(set).filter(({ entity }) => entity.stores.includes('postgres'))
  if (examples.length === 0 || set.targets.postgres === null) return nothingToProve
  const schema = relationalSchema(set, set.targets.postgres).value
  const tables = new Map(schema.tables.filter(({ role }) => role === 'entity').map((table) => [table.entity, table]))
  const storing: Storing = { evidence, engine, schema, tables, load: await loadEmitted(evidence.files) }
  const find = rowFinder([...seedsOf(set), ...examples])
  const linked = (row: GivenRow): readonly Link[] => linksOf(set, row, find)
  const ordered = inReferenceOrder(examples, linked)
  const diagnostics: Diagnostic[] = []
  const unsealed = new Set<GivenRow>()
  for (const example of ordered) {
    const links = linked(example)
    if (!canBeSealed(set, example) || links.some(({ to }) => to !== null && unsealed.has(to))) unsealed.add(example)
    else if (links.every(({ to }) => to !== null)) {
      const step = exampleStep(evidence.output, example, 'in Postgres')
      diagnostics.push(
        ...(await watch.step(
          step,
          () => store(storing, example),
          (finding) => [finding],
        )),
      )
    }
  }
  const rows = ordered.length - unsealed.size
  const held = diagnostics.length > 0 || rows === 0 ? null : counted(rows, 'row')
  const left = `${counted(unsealed.size, 'example')} with encrypted fields, or pointing at such: the set emits no functions that seal them`
  return { held, diagnostics, unproved: unsealed.size === 0 ? [] : [left] }
}
