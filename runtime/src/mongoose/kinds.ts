import { Error as MongooseError, mongo, type Schema, type SchemaType, Types } from 'mongoose'
import { isReservedKey, spellDecimal } from '../functions.js'

/** What is wrong with a value, in words; null when nothing is. */
export type Fault = (value: unknown) => string | null

/** What is known of the values of one kind. */
export interface Kind {
  /** Whether a value is of another type altogether. Mongoose would try to cast it; here it is refused. */
  readonly mistyped: Fault
  /** Anything that is wrong with a value, its type included. */
  readonly fault: Fault
  /** A value as it is stored: the defaults inside of it filled in. */
  readonly complete: (value: unknown) => unknown
  /** What the driver returns, as the program has it. */
  readonly load: (value: unknown) => unknown
  /** What stands inside, by a field's name, a map's key or an index; null when nothing does. */
  readonly at: (step: string) => Slot | null
}

/** A place for a value: its kind, and whether it may be null or left out. */
export interface Slot {
  readonly kind: Kind
  readonly nullable: boolean
  readonly optional: boolean
  /** It keeps its first value. */
  readonly fixed: boolean
}

export const none = (): null => null

export const asIs = (value: unknown): unknown => value

/** Only a value of the right type is completed: what `complete` makes of another, a number as text, would pass as given. */
export const kindOf = (
  mistyped: Fault,
  limits: Fault = none,
  { complete = asIs, ...more }: Partial<Omit<Kind, 'mistyped' | 'fault'>> = {},
): Kind => ({
  mistyped,
  fault: (value) => mistyped(value) ?? limits(value),
  complete: (value) => (mistyped(value) === null ? complete(value) : value),
  load: asIs,
  at: none,
  ...more,
})

/** A fault with the place it is at: `server` and `.xp is missing` are `server.xp is missing`. */
export const at = (path: string, wrong: string): string => (wrong.startsWith('.') ? path + wrong : `${path} ${wrong}`)

const below = (step: string, wrong: string): string => at(`.${step}`, wrong)

export const inSlot = ({ kind, nullable }: Slot, value: unknown): string | null => {
  if (value === null || value === undefined) return nullable ? null : 'is missing'
  return kind.fault(value)
}

export const isText: Fault = (value) => (typeof value === 'string' ? null : 'is not text')

export const characters = (text: string): number => {
  let count = 0
  for (const _ of text) count += 1
  return count
}

export const holdsText = (value: unknown): string | null =>
  typeof value === 'string' && !/[\0\uD800-\uDFFF]/u.test(value) ? null : 'holds a character that no store takes'

export const matching =
  (pattern: RegExp, wrong: string): Fault =>
  (value) =>
    pattern.test(String(value)) ? null : wrong

export const every =
  (...faults: readonly Fault[]): Fault =>
  (value) => {
    for (const fault of faults) {
      const wrong = fault(value)
      if (wrong !== null) return wrong
    }
    return null
  }

const largestSnowflake = 2n ** 63n - 1n

export const isSnowflake: Fault = (value) =>
  /^[1-9]\d{0,18}$/.test(String(value)) && BigInt(String(value)) <= largestSnowflake ? null : 'is not a snowflake'

export const isUuid = matching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'is not a UUID in lower case')

export const unscaled = (decimal: string, scale: number): bigint => {
  const [whole = '', fraction = ''] = decimal.split('.')
  return BigInt(whole + fraction.padEnd(scale, '0'))
}

export const isDecimal: Fault = (value) =>
  value instanceof Types.Decimal128 || typeof value === 'string' ? null : 'is not a decimal'

/** Whether two values of one kind are the same: a Date and a decimal are objects of their own each time. */
export const isAlike = (one: unknown, other: unknown): boolean => {
  if (one instanceof Date && other instanceof Date) return one.getTime() === other.getTime()
  const areDecimals = one instanceof Types.Decimal128 && other instanceof Types.Decimal128
  return areDecimals ? String(one) === String(other) : one === other
}

/** A decimal as text with so many digits after the point, however it is given or stored. */
export const spelled = (value: unknown, scale: number): string =>
  spellDecimal(value as string | Types.Decimal128, scale)

export interface DecimalLimits {
  /** Digits in all, and behind the point. */
  readonly precision: number
  readonly scale: number
  readonly atLeast?: string | undefined
  readonly atMost?: string | undefined
}

/** Whether a decimal is within its digits and its limits. */
export const withinDecimal = ({ precision, scale, atLeast, atMost }: DecimalLimits): Fault => {
  const outside: Fault = (value) => {
    const amount = unscaled(spelled(value, scale), scale)
    if (atLeast !== undefined && amount < unscaled(atLeast, scale)) return `is less than ${atLeast}`
    return atMost !== undefined && amount > unscaled(atMost, scale) ? `is more than ${atMost}` : null
  }
  const before = precision - scale
  const whole = before > 0 ? `0|[1-9]\\d{0,${before - 1}}` : '0'
  const fraction = scale > 0 ? `(?:\\.\\d{1,${scale}})?` : ''
  const spelling = new RegExp(`^(?!-[0.]*$)-?(?:${whole})${fraction}$`)
  const isSpelled: Fault = (value) =>
    spelling.test(typeof value === 'string' ? value : spelled(value, scale))
      ? null
      : `is not a decimal of ${precision} digits, ${scale} of them behind the point`
  return every(isSpelled, outside)
}

export const isDay: Fault = (value) => {
  const day = String(value)
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || day < '0001') return 'is not a date'
  const instant = new Date(`${day}T00:00:00.000Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day)
    ? null
    : 'is not a day of the calendar'
}

export const isTime = matching(/^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?$/, 'is not a time of day')

/** A time of day without zeros at the end of a fraction, as Postgres has it. */
export const spelledTime = (value: unknown): unknown =>
  typeof value === 'string' && value.includes('.') ? value.replace(/\.?0+$/, '') : value

export const isNumber: Fault = (value) => (typeof value === 'number' ? null : 'is not a number')

export interface NumberLimits {
  readonly atLeast?: number
  readonly atMost?: number
}

export const within =
  ({ atLeast = -Infinity, atMost = Infinity }: NumberLimits): Fault =>
  (value) => {
    if (Number(value) < atLeast) return `is less than ${atLeast}`
    return Number(value) > atMost ? `is more than ${atMost}` : null
  }

/** There is no -0 in a store. */
export const unsigned = (value: unknown): unknown => (value === 0 ? 0 : value)

export const isFiniteNumber: Fault = (value) => (Number.isFinite(value) ? null : 'is not finite')

export const isBigint: Fault = (value) => (typeof value === 'bigint' ? null : 'is not a bigint')

/** The driver gives 64 bits as a number where one holds it. */
export const loadBigint = (value: unknown): unknown => {
  if (value instanceof mongo.Long) return value.toBigInt()
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value
}

export const isBoolean: Fault = (value) => (typeof value === 'boolean' ? null : 'is not a boolean')

export const isDate: Fault = (value) =>
  value instanceof Date && !Number.isNaN(value.getTime()) ? null : 'is not a date'

export const isStorableDate: Fault = (value) => {
  const year = value instanceof Date ? value.getUTCFullYear() : Number.NaN
  return year >= 1 && year <= 9999 ? null : 'is not in the years 1 to 9999'
}

export const loadDate = (value: unknown): unknown => {
  const time = value instanceof mongo.Long ? value.toNumber() : value
  return typeof time === 'number' && Number.isInteger(time) ? new Date(time) : value
}

/** A whole number of milliseconds since 1970, which may be given as a Date. */
export const isEpoch: Fault = (value) => (typeof value === 'number' ? null : isDate(value))

export const toEpoch = (value: unknown): unknown => (value instanceof Date ? value.getTime() : unsigned(value))

export const isStorableEpoch: Fault = (value) => {
  const date = new Date(value as number | Date)
  return Number.isInteger(date.getTime()) && date.getTime() === Number(value)
    ? isStorableDate(date)
    : 'is not a whole number of milliseconds'
}

/** The driver gives 64 bits as a number where one holds it; documents of before have Dates. */
export const loadEpoch = (value: unknown): unknown =>
  toEpoch(value instanceof mongo.Long || typeof value === 'bigint' ? Number(String(value)) : value)

const isHexadecimal = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{24}$/.test(value)

export const isObjectId: Fault = (value) =>
  value instanceof Types.ObjectId || isHexadecimal(value) ? null : 'is not an ObjectId'

export const toObjectId = (value: unknown): unknown => (isHexadecimal(value) ? new Types.ObjectId(value) : value)

/** The driver's own form of bytes too: a copy that Mongoose makes of a document holds that. */
export const isBytes: Fault = (value) =>
  value instanceof Uint8Array || value instanceof mongo.Binary ? null : 'is not bytes'

export const loadBytes = (value: unknown): unknown =>
  value instanceof mongo.Binary ? value.buffer.subarray(0, value.position) : value

/** An encrypted value: the version of its key, and what AES-256-GCM takes and gives. `encryption.ts` seals and opens it. */
export interface Sealed {
  readonly v: number
  readonly iv: Uint8Array
  readonly tag: Uint8Array
  readonly data: Uint8Array
}

export const loadSealed = (value: unknown): unknown => mapped(value, loadBytes)

export const isSealed: Fault = (value) => {
  if (!isRecord(value) || Object.keys(value).sort().join() !== 'data,iv,tag,v') return 'is not sealed'
  const isVersion = Number.isSafeInteger(value['v']) && Number(value['v']) > 0
  return isVersion && ['iv', 'tag', 'data'].every((name) => isBytes(value[name]) === null) ? null : 'is not sealed'
}

/** What stands for a value that was given unsealed: an error would show the value itself. */
export const withheld = '(unsealed)'

/** Mongoose has bytes with change tracking of its own, which it makes from what the driver has. */
export const toBinary = (value: unknown): unknown =>
  value instanceof Uint8Array && !('isMongooseBuffer' in value) ? new mongo.Binary(value) : value

export const isRecord = (value: unknown): value is { [key: string]: unknown } => {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

const isJson: Fault = (value) => {
  if (value === null || typeof value === 'boolean') return null
  if (typeof value === 'string') return holdsText(value)
  if (typeof value === 'number') return isFiniteNumber(value)
  if (value === undefined) return 'is undefined, which JSON does not have'
  if (!Array.isArray(value) && !isRecord(value)) return 'is not JSON'
  if (Object.hasOwn(value, '$ref') && Object.hasOwn(value, '$id')) {
    return 'has the keys $ref and $id, which the driver of MongoDB reads as a reference'
  }
  const entries = Array.isArray(value) ? indexed(value) : Object.entries(value)
  for (const [key, inner] of entries) {
    const wrong = isKept(key)
    if (wrong !== null) return wrong
    const inside = isJson(inner)
    if (inside !== null) return below(key, inside)
  }
  return null
}

/** Some keys would not come back: Mongoose leaves them out of its copies, or the driver reads something else. */
const isKept = (key: string): string | null =>
  isReservedKey(key) ? `has the key ${key}, which Mongoose or the driver of MongoDB reads as its own` : holdsText(key)

export const jsonKind: Kind = kindOf(none, (value) => (value === null ? 'is null' : isJson(value)), {
  at: () => ({ kind: kindOf(none, isJson), nullable: true, optional: true, fixed: false }),
})

export interface CountLimits {
  readonly atLeast?: number
  readonly atMost?: number
}

export const counted = (count: number, { atLeast = 0, atMost = Infinity }: CountLimits): string | null => {
  if (count < atLeast) return `has fewer than ${atLeast} items`
  return count > atMost ? `has more than ${atMost} items` : null
}

export const firstWrong = (entries: readonly (readonly [string, unknown])[], item: Slot): string | null => {
  for (const [key, value] of entries) {
    const wrong = inSlot(item, value)
    if (wrong !== null) return below(key, wrong)
  }
  return null
}

const indexed = (values: readonly unknown[]): readonly (readonly [string, unknown])[] =>
  Array.from(values, (value, index) => [String(index), value] as const)

export const listKind = (item: Slot, limits: CountLimits): Kind =>
  kindOf(
    (value) => (Array.isArray(value) ? null : 'is not a list'),
    (value) =>
      counted((value as readonly unknown[]).length, limits) ?? firstWrong(indexed(value as readonly unknown[]), item),
    {
      complete: (value) => (Array.isArray(value) ? Array.from(value, item.kind.complete) : value),
      load: (value) => (Array.isArray(value) ? value.map(item.kind.load) : value),
      at: (step) => (/^(?:\d+|\$|\$\[.*\])$/.test(step) ? item : null),
    },
  )

/** Not so: names that MongoDB or JavaScript would read as something else, or Mongoose drops. */
export const isKey = (key: string): boolean => !isReservedKey(key) && !/^\$|\./.test(key) && holdsText(key) === null

export const mapped = (value: unknown, change: (inner: unknown) => unknown): unknown =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)])) : value

/** A condition across the fields of an entity or object: what passes it, and what is said of what does not. */
export interface Check {
  /** The path to correct. */
  readonly path: string
  readonly message: string
  readonly passes: (record: never) => boolean
}

export const checksOf = new WeakMap<object, readonly Check[]>()

const plainOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'toObject' in value && typeof value.toObject === 'function'
    ? value.toObject({ virtuals: false, getters: false })
    : value

export const slotsOf = (schema: Schema): readonly (readonly [string, Slot, SchemaType])[] =>
  Object.entries(schema.paths)
    .filter(([, type]) => 'kind' in type.options)
    .map(([name, type]) => [name, type.options as unknown as Slot, type])

const onlyListsIn = new WeakSet<object>()

/** Refuses to load what is no list where a list belongs: Mongoose would take it for a list of one. */
export const loadOnlyLists = (schema: Schema): void => {
  if (onlyListsIn.has(schema)) return
  onlyListsIn.add(schema)
  const lists = slotsOf(schema).filter(([, , { options }]) => Array.isArray(options['type']))
  schema.pre('init', (stored: { [name: string]: unknown }) => {
    const wrong = lists.find(([name]) => !Array.isArray(stored[name] ?? []))
    if (wrong !== undefined) throw new MongooseError.CastError('Array', stored[wrong[0]], wrong[0])
  })
}

const completeObject = (schema: Schema, value: unknown): unknown => {
  if (!isRecord(value)) return value
  const filled = slotsOf(schema).flatMap(([name, slot, type]) => {
    if (Object.hasOwn(value, name)) return [[name, slot.kind.complete(value[name])] as const]
    const standard: unknown = type.options['default']
    if (standard === undefined) return []
    return [[name, slot.kind.complete(typeof standard === 'function' ? standard() : standard)] as const]
  })
  return { ...value, ...Object.fromEntries(filled) }
}

const objectFault = (schema: Schema, value: unknown): string | null => {
  const record = value as { [name: string]: unknown }
  const slots = slotsOf(schema)
  const unknown = Object.keys(record).find((name) => !slots.some(([known]) => known === name))
  if (unknown !== undefined) return `.${unknown} is not a field`
  for (const [name, slot] of slots) {
    if (slot.optional && !Object.hasOwn(record, name)) continue
    const wrong = inSlot(slot, record[name])
    if (wrong !== null) return below(name, wrong)
  }
  const failed = checksOf.get(schema)?.find(({ passes }) => !passes(record as never))
  return failed === undefined ? null : below(failed.path, failed.message)
}

export const objectKind = (schema: Schema): Kind =>
  kindOf(
    (value) => (isRecord(plainOf(value)) ? null : 'is not an object'),
    (value) => objectFault(schema, completeObject(schema, plainOf(value))),
    {
      complete: (value) => completeObject(schema, value),
      load: (value) =>
        isRecord(value)
          ? {
              ...value,
              ...Object.fromEntries(
                slotsOf(schema)
                  .filter(([name]) => Object.hasOwn(value, name))
                  .map(([name, { kind }]) => [name, kind.load(value[name])]),
              ),
            }
          : value,
      at: (step) => slotsOf(schema).find(([name]) => name === step)?.[1] ?? null,
    },
  )
