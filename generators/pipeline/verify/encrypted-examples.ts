import type { PostgresEngine } from '../../engines/postgres/embedded.js'
import type { loadEmitted } from '../../engines/script/load.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { canonical } from '../../kernel/hash.js'
import { literal, qualified, sql } from '../../kernel/safe/sql.js'
import type { Entity } from '../../model/entity.js'
import { fieldOf, keyFieldsOf } from '../../model/lookup.js'
import type { JsonValue } from '../../model/origin.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Table } from '../../relational/index.js'
import { encryptedIn, encryptionNames, isReplaceable } from '../../script/encryption.js'
import { jsonOfRow, rowOfJson } from '../../script/json-form.js'
import { newFields } from '../../script/shapes.js'
import { exampleKey } from './example-key.js'
import type { GivenRow } from './example-rows.js'

type Load = Awaited<ReturnType<typeof loadEmitted>>

type CodeRow = { readonly [property: string]: unknown }

type Statement = (...given: readonly unknown[]) => Promise<unknown>

/** What an example is stored with: the emitted modules, and the database that has the emitted schema. */
export interface EncryptedStoring {
  readonly set: SchemaSet
  readonly engine: PostgresEngine
  readonly schema: string
  readonly load: Load
}

/** What came back of an example that was stored, in JSON form by field; and what is wrong with it. */
export interface StoredExample {
  readonly read: Readonly<Record<string, JsonValue>> | null
  readonly diagnostics: readonly Diagnostic[]
}

/** The emitted functions of an entity, by what they do. */
const statementsOf = (load: Load, entity: Entity) => {
  const emitted = load(`postgres/${entity.name}.ts`)
  const names = encryptionNames(entity)
  const call = (name: string): Statement => emitted[name] as Statement
  return {
    insert: call(names.insert),
    set: (field: Parameters<typeof names.set>[0]) => call(names.set(field)),
    get: (field: Parameters<typeof names.get>[0]) => call(names.get(field)),
  }
}

/** Emitted inserts give no identity: the sequence is set so that the next is the example's. */
const nextIdentity = async ({ engine, schema }: EncryptedStoring, table: Table, { values }: GivenRow) => {
  const column = table.columns.find(({ made, field }) => made === 'identity' && field !== null && field in values)
  const wanted = values[column?.field ?? '']
  if (column === undefined || typeof wanted !== 'string') return
  const sequence = sql`pg_get_serial_sequence(${literal(qualified(schema, table.name))}, ${literal(column.name)})`
  await engine.query(sql`SELECT setval(${sequence}::regclass, ${literal(wanted)}::bigint, false)`)
}

const newRowOf = (set: SchemaSet, { entity, values }: GivenRow): CodeRow => {
  const taken = new Set(newFields(entity).map(({ field }) => field.name))
  return rowOfJson(set, entity, Object.fromEntries(Object.entries(values).filter(([name]) => taken.has(name))))
}

/** The key as the statements take it: one field's value bare, several as an object, none of a singleton. */
const keyOf = (entity: Entity, row: CodeRow): readonly unknown[] => {
  const properties = keyFieldsOf(entity).map((name) => fieldOf(entity, name).property)
  const [first, ...others] = properties
  if (first === undefined || others.length === 0) return properties.map((property) => row[property])
  return [Object.fromEntries(properties.map((property) => [property, row[property]]))]
}

/** The fields whose plain value is not what was given: read after the insert, and again after it was replaced. */
const changedValues = async (
  { load }: EncryptedStoring,
  { entity }: GivenRow,
  given: CodeRow,
  row: CodeRow,
  client: unknown,
): Promise<readonly string[]> => {
  const statements = statementsOf(load, entity)
  const key = keyOf(entity, row)
  const changed: string[] = []
  for (const field of encryptedIn(entity, 'postgres')) {
    const keys = { [field.encrypted.key]: exampleKey }
    const value = given[field.property] ?? null
    const reads = [await statements.get(field)(client, keys, ...key)]
    if (isReplaceable(entity, field)) {
      await statements.set(field)(client, keys, ...key, value)
      reads.push(await statements.get(field)(client, keys, ...key))
    }
    if (reads.some((read) => canonical(read) !== canonical(value))) changed.push(field.name)
  }
  return changed
}

/**
 * Stores an example of an entity with encrypted fields by the statements that are emitted for it, and reads it back.
 * Plain values are in no diagnostic.
 */
export const storeEncrypted = async (
  storing: EncryptedStoring,
  table: Table,
  example: GivenRow,
): Promise<StoredExample> => {
  const { set, engine, load } = storing
  const { entity, row: at } = example
  const client = {
    query: async (text: string, values: readonly unknown[]) => ({ rows: await engine.query(text, values) }),
  }
  const keys = Object.fromEntries(encryptedIn(entity, 'postgres').map(({ encrypted }) => [encrypted.key, exampleKey]))
  try {
    await nextIdentity(storing, table, example)
    const given = newRowOf(set, example)
    const row = (await statementsOf(load, entity).insert(client, keys, given)) as CodeRow
    const changed = await changedValues(storing, example, given, row, client)
    const hidden = '(encrypted)'
    return {
      read: jsonOfRow(set, entity, row),
      diagnostics: changed.map((field) =>
        report('example-changed', at.origin, { field, stored: hidden, read: `another ${hidden}` }),
      ),
    }
  } catch (failure) {
    const message = failure instanceof Error ? failure.message : String(failure)
    return { read: null, diagnostics: [report('example-refused', at.origin, { by: 'Postgres', message })] }
  }
}
