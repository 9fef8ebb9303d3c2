import { z } from 'zod'
import { StoredValueError } from '../stored-value-error.js'
import { readerOf, unread } from './readers.js'

type Values = { readonly [name: string]: unknown }

type Path = readonly (string | number)[]

/** A stored value that cannot be brought into the form of its type. */
class Unreadable extends Error {
  readonly path: Path
  readonly stored: unknown

  constructor(path: Path, stored: unknown) {
    super('unreadable')
    this.path = path
    this.stored = stored
  }
}

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A number in a class of the driver's. */
const isOfDriver = (value: unknown): boolean =>
  isObject(value) && ['Long', 'Int32', 'Double', 'Decimal128'].includes(String(value['_bsontype']))

const digits = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** The number of a text or of a driver's class; undefined where digits would be lost. */
const numberOf = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value
  const text = typeof value === 'bigint' || typeof value === 'string' || isOfDriver(value) ? String(value) : ''
  const number = digits.test(text) ? Number(text) : Number.NaN
  const isRounded = /^-?\d+$/.test(text) && !Number.isSafeInteger(number)
  return Number.isFinite(number) && !isRounded ? number : undefined
}

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value
  if (typeof value === 'bigint' || isOfDriver(value)) return String(value)
  if (typeof value === 'number')
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : String(value)
  return isObject(value) && typeof value['toHexString'] === 'function' ? String(value['toHexString']()) : undefined
}

const bigintOf = (value: unknown): bigint | undefined => {
  if (typeof value === 'bigint') return value
  const text = Number.isSafeInteger(value) || typeof value === 'string' || isOfDriver(value) ? String(value) : ''
  return /^-?\d+$/.test(text) ? BigInt(text) : undefined
}

const instantText = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/

const dateOf = (value: unknown): Date | undefined => {
  const isText = typeof value === 'string' && instantText.test(value)
  const time = value instanceof Date ? value.getTime() : isText ? Date.parse(value) : numberOf(value)
  return time === undefined || Number.isNaN(time) ? undefined : new Date(time)
}

const words: Values = { true: true, t: true, 1: true, false: false, f: false, 0: false }

const booleanOf = (value: unknown): unknown => (typeof value === 'boolean' ? value : words[textOf(value) ?? ''])

/** What brings a value into the form of a type, whatever its limits. */
const carriers: { readonly [type: string]: (value: unknown) => unknown } = {
  number: numberOf,
  string: textOf,
  bigint: bigintOf,
  boolean: booleanOf,
  date: dateOf,
  custom: (value) => value ?? undefined,
}

const carried = (schema: z.core.$ZodType, value: unknown): unknown => {
  const { def } = schema._zod
  if (def.type !== 'literal') return carriers[def.type]?.(value)
  const isNumber = (def as z.core.$ZodLiteralDef<string | number>).values.some((one) => typeof one === 'number')
  return (isNumber ? numberOf : textOf)(value)
}

/** A codec is left out of what it refuses: its inner form is what the value may be in already. */
const readCodec = (
  { in: stored, out, transform }: z.core.$ZodPipeDef & { readonly transform?: unknown },
  value: unknown,
  path: Path,
): unknown => {
  const isInner = stored._zod.def.type === 'pipe' || stored._zod.def.type === 'object'
  const result = isInner ? { success: true as const, data: read(stored, value, path) } : z.safeDecode(stored, value)
  if (!result.success) {
    if (out._zod.def.type === 'custom') throw new Unreadable(path, value)
    return read(out, value, path)
  }
  const renamed = out._zod.def.type === 'transform' ? (out._zod.def as z.core.$ZodTransformDef).transform : null
  const decode = (renamed ?? transform) as (value: unknown, payload: object) => unknown
  try {
    const decoded = decode(result.data, { value: result.data, issues: [] })
    return renamed === null ? read(out, decoded, path) : decoded
  } catch (failure) {
    throw failure instanceof Unreadable ? failure : new Unreadable(path, value)
  }
}

/** The fields of an object: what is missing as its schema says, and nothing that it does not know. */
const readObject = ({ shape }: z.core.$ZodObjectDef, value: unknown, path: Path): unknown => {
  if (!isObject(value)) throw new Unreadable(path, value)
  const entries = Object.entries(shape).flatMap(([name, field]) => {
    const inner = Object.hasOwn(value, name) ? value[name] : undefined
    const isLeftOut = inner === undefined && field._zod.def.type === 'optional'
    return isLeftOut ? [] : [[name, read(field, inner, [...path, name])] as const]
  })
  return Object.fromEntries(entries)
}

/** Returns the stored fields of an object's schema, or null if the schema is not an object. */
const shapeOf = ({ _zod: { def } }: z.core.$ZodType): z.core.$ZodShape | null => {
  if (def.type === 'object') return (def as z.core.$ZodObjectDef).shape
  if (def.type !== 'pipe') return null
  const { in: stored, out } = def as z.core.$ZodPipeDef
  return stored._zod.def.type === 'custom' ? shapeOf(out) : shapeOf(stored)
}

const mayBeMissing: readonly string[] = ['default', 'nullable', 'optional', 'prefault']

/** Whether a stored object has what tells an option of a union: the fields it always has, and its values of an enum. */
const isOption = (option: z.core.$ZodType, value: Values): boolean => {
  const shape = shapeOf(option)
  return (
    shape !== null &&
    Object.entries(shape).every(([name, field]) => {
      const { type } = field._zod.def
      const isTag = type === 'enum' || type === 'literal'
      if (!Object.hasOwn(value, name)) return mayBeMissing.includes(type)
      return !isTag || z.safeDecode(field, value[name] as never).success
    })
  )
}

/** An object of a union by the option that it is of; anything else is in the form of its type already. */
const readUnion = ({ options }: z.core.$ZodUnionDef, value: unknown, path: Path): unknown => {
  if (value === null || value === undefined) throw new Unreadable(path, value)
  if (!isObject(value) || Object.getPrototypeOf(value) !== Object.prototype) return value
  if (!options.some((option) => shapeOf(option) !== null)) return value
  const option = options.find((one) => isOption(one, value))
  if (option === undefined) throw new Unreadable(path, value)
  return read(option, value, path)
}

/** A value by its schema without the limits of that: it was stored, and is not judged again. */
const read = (schema: z.core.$ZodType, value: unknown, path: Path): unknown => {
  const usual = readerOf(schema)(value)
  if (usual !== unread) return usual
  const result = z.safeDecode(schema, value)
  if (result.success) return result.data
  const { def } = schema._zod
  const { innerType, element, valueType } = def as unknown as { readonly [name: string]: z.core.$ZodType }
  switch (def.type) {
    case 'default':
    case 'optional':
    case 'nullable':
      if (innerType === undefined || value === null || value === undefined) break
      return read(innerType, value, path)
    case 'pipe':
      return readCodec(def as z.core.$ZodPipeDef, value, path)
    case 'object':
      return readObject(def as z.core.$ZodObjectDef, value, path)
    case 'union':
      return readUnion(def as z.core.$ZodUnionDef, value, path)
    case 'array':
      if (element === undefined || !Array.isArray(value)) break
      return Array.from(value, (item: unknown, at) => read(element, item, [...path, at]))
    case 'record':
      if (valueType === undefined || !isObject(value)) break
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, read(valueType, inner, [...path, key])]),
      )
    default: {
      const found = carried(schema, value)
      if (found !== undefined) return found
    }
  }
  if (def.type === 'nullable' && value === undefined) return null
  throw new Unreadable(path, value)
}

/** How the rows of an entity are read, and what an error may say of them. */
export interface Readable<Row> {
  readonly entity: string
  readonly row: z.ZodType<Row>
  /** What tells a row: its property, and the name that it is stored under. */
  readonly key?: readonly (readonly [property: string, stored: string])[]
  /** The properties that are stored under another name. */
  readonly stored?: { readonly [property: string]: string }
  /** The properties whose values no error shows. */
  readonly personal?: readonly string[]
}

const told = (value: unknown): unknown => (isObject(value) ? (textOf(value) ?? value) : value)

const unreadable = <Row>(
  { entity, key = [], stored: names = {}, personal = [] }: Readable<Row>,
  stored: unknown,
  { path, stored: value }: Unreadable,
  written: boolean,
): StoredValueError => {
  const propertyOf = (name: string): string =>
    Object.entries(names).find(([, storedAs]) => storedAs === name)?.[0] ?? name
  const [first = '', ...inner] = path.map(String)
  const property = propertyOf(first)
  const isShown = (name: string): boolean => !personal.includes(name)
  const own = isObject(stored) ? stored : {}
  const shownKey = key.filter(([name]) => isShown(name)).map(([name, storedAs]) => [name, told(own[storedAs])] as const)
  return new StoredValueError({
    entity,
    key: Object.fromEntries(shownKey),
    field: [property, ...inner].join('.'),
    isShown: isShown(property),
    stored: isShown(property) ? value : undefined,
    written,
  })
}

/** A stored row in the form that its types have in code. */
export const readRow = <Row>(of: Readable<Row>, stored: unknown, written = false): Row => {
  try {
    return read(of.row, stored, []) as Row
  } catch (failure) {
    throw failure instanceof Unreadable ? unreadable(of, stored, failure, written) : failure
  }
}

/**
 * The rows that can be read of some; `next` is where the rest begins. The first error of those that cannot is thrown, or
 * with `collects` all are returned beside the rows.
 */
export const readPage = <Row, Next>(
  of: Readable<Row>,
  stored: readonly unknown[],
  next: Next,
  collects = false,
): { readonly rows: Row[]; readonly next: Next; readonly unreadable?: readonly StoredValueError[] } => {
  const rows: Row[] = []
  const unreadable: StoredValueError[] = []
  for (const one of stored) {
    try {
      rows.push(readRow(of, one))
    } catch (failure) {
      if (!(failure instanceof StoredValueError)) throw failure
      unreadable.push(failure)
    }
  }
  const [first] = unreadable
  if (collects) return { rows, next, unreadable }
  if (first !== undefined) throw Object.assign(first, { rows, next })
  return { rows, next }
}
