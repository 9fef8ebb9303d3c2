import { mongo } from 'mongoose'
import type { Entity } from '../../generators/model/entity.js'
import type { Field } from '../../generators/model/field.js'
import { fieldsIn } from '../../generators/model/lookup.js'
import type { JsonValue } from '../../generators/model/origin.js'
import type { Type } from '../../generators/model/type.js'

/** A row of any store in one form, by the names of its fields: what a store makes is told by its number. */
export type PlainRow = Readonly<Record<string, JsonValue>>

/** All tables of a set by name, their rows in one order. */
export type Snapshot = Readonly<Record<string, readonly PlainRow[]>>

/** The ids that a store made, by what tests call them: `warning 1` is the first warning that was inserted. */
export interface MadeIds {
  readonly add: (entity: string, id: string) => string
  /** What a test calls an id; the id itself where the store did not make it. */
  readonly nameOf: (brand: string, id: string) => string
  readonly idOf: (name: string) => string
  readonly forget: () => void
}

export const madeIds = (): MadeIds => {
  const names = new Map<string, string>()
  const ids = new Map<string, string>()
  const counts = new Map<string, number>()
  return {
    add: (entity, id) => {
      const count = (counts.get(entity) ?? 0) + 1
      counts.set(entity, count)
      const name = `${entity} ${count}`
      names.set(`${entity} = ${id}`, name)
      ids.set(name, id)
      return name
    },
    nameOf: (brand, id) => names.get(`${brand} = ${id}`) ?? id,
    idOf: (name) => ids.get(name) ?? name,
    forget: () => {
      for (const known of [names, ids, counts]) known.clear()
    },
  }
}

/** The fields that rows are compared by: not those that a store fills by its own clock, nor sealed ones. */
export const comparedFields = (entity: Entity): readonly Field[] =>
  fieldsIn(entity, 'postgres').filter(
    ({ maintained, encrypted, stores }) =>
      maintained !== 'created' && maintained !== 'updated' && encrypted === null && stores.length === 2,
  )

const day = 86_400_000

/** Tests live in 2090 and later: a moment of today is one at which something was done. */
const instant = (value: Date): string => (Math.abs(value.getTime() - Date.now()) < day ? 'now' : value.toISOString())

const withoutZeros = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

/** A value as a store has it: of Postgres as `sqlOf` selects it, of Mongo as the driver gives it. */
export const plainValue = (type: Type, value: unknown, made: MadeIds): JsonValue => {
  if (value === null || value === undefined) return null
  switch (type.kind) {
    case 'identity':
    case 'uuid':
    case 'objectid':
      return made.nameOf(type.brand, String(value))
    case 'snowflake':
    case 'bigint':
      return String(value)
    case 'decimal':
      return withoutZeros(String(value))
    case 'timestamp':
      return instant(value instanceof Date ? value : new Date(Number(value)))
    case 'integer':
    case 'float':
    case 'duration':
      return Number(value)
    case 'list':
      return (value as readonly unknown[]).map((item) => plainValue(type.of, item, made))
    default:
      return mongo.BSON.EJSON.serialize(value as object, { relaxed: true }) as unknown as JsonValue
  }
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Whether JSON's numbers would lose digits. */
const isText = ({ kind }: Type): boolean =>
  kind === 'identity' || kind === 'snowflake' || kind === 'bigint' || kind === 'decimal'

/** The expression that reads a column so that neither the driver nor the session's time zone has a say in it. */
export const sqlOf = ({ name, type }: Field): string => {
  const column = quoted(name)
  switch (type.kind) {
    case 'timestamp':
      return type.form === 'milliseconds'
        ? `${column}::text`
        : `round(extract(epoch FROM ${column}) * 1000)::bigint::text`
    case 'identity':
    case 'uuid':
    case 'objectid':
    case 'snowflake':
    case 'bigint':
    case 'decimal':
    case 'date':
    case 'time':
      return `${column}::text`
    case 'list':
      return `to_jsonb(${column}${isText(type.of) ? '::text[]' : ''})`
    default:
      return `to_jsonb(${column})`
  }
}

/** The name that a document has for a field: a single key is its `_id`. */
export const documentName = ({ key }: Entity, { name }: Field): string =>
  key.kind === 'fields' && key.fields.length === 1 && key.fields[0] === name ? '_id' : name

const order = (a: PlainRow, b: PlainRow): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

export const inOrder = (rows: readonly PlainRow[]): readonly PlainRow[] => [...rows].sort(order)

/** A value of an example as emitted functions take it. */
export const codeValue = (type: Type, value: JsonValue, made: MadeIds): unknown => {
  if (value === null) return null
  switch (type.kind) {
    case 'identity':
    case 'uuid':
    case 'objectid':
      return made.idOf(String(value))
    case 'timestamp':
      return new Date(value as string | number)
    case 'bigint':
      return BigInt(value as string | number)
    case 'list':
      return (value as readonly JsonValue[]).map((item) => codeValue(type.of, item, made))
    default:
      return value
  }
}
