import { z } from 'zod'

/** Brings a stored value into the form of a type, or returns `unread` where the value is in no form that is usual for it. */
export type Reader = (value: unknown) => unknown

/** A value that has to be looked at more closely. */
export const unread: unique symbol = Symbol('unread')

type Values = { readonly [name: string]: unknown }

const isPlain = (value: unknown): value is Values => {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** What a schema itself makes of a value, with all its limits. */
const ofSchema =
  (schema: z.core.$ZodType): Reader =>
  (value) => {
    const result = z.safeDecode(schema, value as never)
    return result.success ? result.data : unread
  }

type Check = z.core.$ZodCheck

/** The checks of a schema that make another value of one: -0 is 0, and a decimal has one spelling. */
const overwritesOf = ({ _zod: { def } }: z.core.$ZodType): readonly Check[] =>
  (def.checks ?? []).filter((check) => check._zod.def.check === 'overwrite')

const ofType =
  (type: 'string' | 'boolean' | 'bigint'): Reader =>
  (value) =>
    typeof value === type ? value : unread

/** -0 is 0 wherever a schema makes another value of a number. */
const readNumber = (schema: z.core.$ZodType): Reader =>
  overwritesOf(schema).length === 0
    ? (value) => (typeof value === 'number' ? value : unread)
    : (value) => (typeof value === 'number' ? value + 0 : unread)

const readDate: Reader = (value) => (value instanceof Date && !Number.isNaN(value.getTime()) ? value : unread)

/** A word of an enum: what is no longer one is passed on, in the type that words have. */
const readWord = ({ values }: z.core.$ZodLiteralDef<string | number>): Reader => {
  const types = new Set(values.map((value) => typeof value))
  return (value) => (types.has(typeof value as 'string' | 'number') ? value : unread)
}

const orNull =
  (inner: Reader): Reader =>
  (value) =>
    value === null ? null : inner(value)

const unlessMissing =
  (inner: Reader): Reader =>
  (value) =>
    value === undefined || value === null ? unread : inner(value)

const readArray =
  (item: Reader): Reader =>
  (value) => {
    if (!Array.isArray(value)) return unread
    const items: unknown[] = []
    for (const one of value as readonly unknown[]) {
      const read = item(one)
      if (read === unread) return unread
      items.push(read)
    }
    return items
  }

const readRecord =
  (item: Reader): Reader =>
  (value) => {
    if (!isPlain(value)) return unread
    const entries: [string, unknown][] = []
    for (const [name, one] of Object.entries(value)) {
      const read = item(one)
      if (read === unread) return unread
      entries.push([name, read])
    }
    return Object.fromEntries(entries)
  }

const readObject = (shape: z.core.$ZodShape): Reader => {
  const fields = Object.entries(shape).map(
    ([name, field]) => [name, readerOf(field), field._zod.def.type === 'optional'] as const,
  )
  return (value) => {
    if (!isPlain(value)) return unread
    const row: { [name: string]: unknown } = {}
    for (const [name, field, isOptional] of fields) {
      const own = Object.hasOwn(value, name) ? value[name] : undefined
      if (own === undefined && isOptional) continue
      const read = field(own)
      if (read === unread) return unread
      row[name] = read
    }
    return row
  }
}

const hasChecks = ({ _zod: { def } }: z.core.$ZodType): boolean => (def.checks ?? []).length > 0

/** The forms that a store gives a value in, each with its checks, since they tell what can be decoded. */
const readStored = (schema: z.core.$ZodType): Reader => {
  const { def } = schema._zod
  if (def.type === 'union') {
    const options = (def as z.core.$ZodUnionDef).options.map(readStored)
    return (value) => {
      for (const option of options) {
        const found = option(value)
        if (found !== unread) return found
      }
      return unread
    }
  }
  if (hasChecks(schema)) return ofSchema(schema)
  if (def.type !== 'custom') return readerOf(schema)
  const { fn } = def as z.core.$ZodCustomDef
  return (value) => (fn(value as never) === true ? value : unread)
}

const readCodec = (def: z.core.$ZodPipeDef & { readonly transform?: unknown }): Reader | null => {
  const stored = readStored(def.in)
  const isRenamed = def.out._zod.def.type === 'transform'
  const { transform } = isRenamed ? (def.out._zod.def as z.core.$ZodTransformDef) : def
  if (typeof transform !== 'function') return null
  const out = isRenamed ? null : readerOf(def.out)
  return (value) => {
    const inner = stored(value)
    if (inner === unread) return unread
    const payload = { value: inner, issues: [] }
    try {
      const decoded: unknown = transform(inner, payload)
      if (payload.issues.length > 0) return unread
      return out === null ? decoded : out(decoded)
    } catch {
      return unread
    }
  }
}

/** The reader of a type, or null where only the schema itself knows. */
const usualReader = (schema: z.core.$ZodType): Reader | null => {
  const { def } = schema._zod
  const { innerType, element, valueType } = def as unknown as { readonly [name: string]: z.core.$ZodType | undefined }
  switch (def.type) {
    case 'string':
      return overwritesOf(schema).length === 0 ? ofType('string') : null
    case 'boolean':
    case 'bigint':
      return ofType(def.type)
    case 'number':
      return readNumber(schema)
    case 'date':
      return readDate
    case 'literal':
      return readWord(def as z.core.$ZodLiteralDef<string | number>)
    case 'nullable':
      return innerType === undefined ? null : orNull(readerOf(innerType))
    case 'default':
    case 'optional':
      return innerType === undefined ? null : unlessMissing(readerOf(innerType))
    case 'array':
      return element === undefined ? null : readArray(readerOf(element))
    case 'record':
      return valueType === undefined ? null : readRecord(readerOf(valueType))
    case 'object':
      return readObject((def as z.core.$ZodObjectDef).shape)
    case 'pipe':
      return readCodec(def as z.core.$ZodPipeDef)
    default:
      return null
  }
}

const readers = new WeakMap<z.core.$ZodType, Reader>()

/**
 * Reads what most rows hold: values in the forms that the store gives them, without their limits, which are not judged
 * again. It is made once of a schema. Anything unusual is left to `readRow`, which knows all that may have been stored.
 */
export const readerOf = (schema: z.core.$ZodType): Reader => {
  const known = readers.get(schema)
  if (known !== undefined) return known
  // Objects may hold themselves: the reader is made when it is first used.
  let made: Reader | null = null
  const reader: Reader = (value) => {
    made ??= usualReader(schema) ?? ofSchema(schema)
    return made(value)
  }
  readers.set(schema, reader)
  return reader
}
