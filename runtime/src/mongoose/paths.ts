import {
  Document,
  Error as MongooseError,
  mongo,
  Schema,
  type SchemaDefinition,
  type SchemaType,
  type Types,
} from 'mongoose'
import {
  asIs,
  at,
  type CountLimits,
  characters,
  counted,
  type DecimalLimits,
  every,
  type Fault,
  firstWrong,
  holdsText,
  isBigint,
  isBoolean,
  isBytes,
  isDate,
  isDay,
  isDecimal,
  isEpoch,
  isFiniteNumber,
  isKey,
  isNumber,
  isObjectId,
  isRecord,
  isSealed,
  isSnowflake,
  isStorableDate,
  isStorableEpoch,
  isText,
  isTime,
  isUuid,
  jsonKind,
  type Kind,
  kindOf,
  listKind,
  loadBigint,
  loadBytes,
  loadDate,
  loadEpoch,
  loadOnlyLists,
  loadSealed,
  mapped,
  matching,
  type NumberLimits,
  none,
  objectKind,
  type Sealed,
  type Slot,
  spelled,
  spelledTime,
  toBinary,
  toEpoch,
  toObjectId,
  unsigned,
  withheld,
  within,
  withinDecimal,
} from './kinds.js'
import { isLoaded, watchLoading } from './loading.js'
import { isSame, wasStored } from './stored.js'

interface Options<T> {
  /** Null is a value, and what is missing is null. */
  readonly nullable?: boolean
  /** The field may be missing. */
  readonly optional?: boolean
  readonly default?: T | null | (() => T)
  readonly immutable?: boolean
  /** The model of what it points at, for `populate`; or what refuses to. */
  readonly ref?: string | (() => never)
  /** The name of the property in code, where the stored name is another. */
  readonly alias?: string
}

/** A path of a schema, whose values are `T`. */
export interface Path<T> extends Slot {
  readonly type: unknown
  /** Never there: it says what the values are. */
  readonly values?: T
}

/** A path for each field of a record, of the field's own type; Mongoose makes the `_id` that is not among them. */
export type Paths<R> = { readonly [Name in Exclude<keyof R, '_id'>]-?: Path<Exclude<R[Name], undefined>> } & {
  readonly [Name in Extract<keyof R, '_id'>]?: Path<R[Name]>
}

/** Refuses to populate a path in its place: Mongoose would leave it as it is without a word. */
export const notInPlace = (why: string) => (): never => {
  throw new MongooseError(why)
}

/** The paths of a schema as Mongoose takes them. */
export const paths = <R>(definition: Paths<R>): SchemaDefinition<R> => definition as unknown as SchemaDefinition<R>

/** What all schemas share: nothing unknown is stored, nothing is left out, nothing is added. */
export const strict = {
  strict: 'throw',
  minimize: false,
  id: false,
  versionKey: false,
  strictQuery: 'throw',
  suppressReservedKeysWarning: true,
} as const

/**
 * Mongoose finds a type by its name among `Schema.Types`, which are those of the whole process: each type takes a name
 * that nothing else has there, so that two sets do not get the types of each other.
 */
const registered = <Type extends object>(name: string, type: Type): Type => {
  let free = name
  for (let count = 2; Object.hasOwn(Schema.Types, free); count += 1) free = `${name}${count}`
  Object.defineProperty(type, 'schemaName', { value: free })
  Object.assign(Schema.Types, { [free]: type })
  return type
}

const exact = (type: SchemaType, value: unknown, init = false): unknown => {
  const kind = type.options['kind'] as Kind
  // A document that `populate` put in the place of its id.
  if (init && value instanceof Document && type.options['ref'] !== undefined) return value
  const given = init ? kind.load(value) : value
  const wrong = kind.mistyped(given)
  if (wrong === null) return init ? given : kind.complete(given)
  throw new MongooseError.CastError(type.instance, value, type.path, new TypeError(wrong), type)
}

const ExactString = registered(
  'ExactString',
  class extends Schema.Types.String {
    override cast<Result>(value: unknown, _document?: Document, init?: boolean): Result {
      return exact(this, value, init) as Result
    }
    /** An empty text is a value. */
    checkRequired(value: unknown): boolean {
      return value !== null && value !== undefined
    }
  },
)

const ExactNumber = registered(
  'ExactNumber',
  class extends Schema.Types.Number {
    override cast<Result>(value: unknown, _document?: Document, init?: boolean): Result {
      return exact(this, value, init) as Result
    }
  },
)

const ExactBigInt = registered(
  'ExactBigInt',
  class extends Schema.Types.BigInt {
    override cast<Result>(value: unknown, _document?: Document, init?: boolean): Result {
      return exact(this, value, init) as Result
    }
  },
)

const ExactBoolean = registered(
  'ExactBoolean',
  class extends Schema.Types.Boolean {
    override cast<Result>(value: unknown, _document?: Document, init?: boolean): Result {
      return exact(this, value, init) as Result
    }
  },
)

const ExactDate = registered(
  'ExactDate',
  class extends Schema.Types.Date {
    override cast<Result>(value: unknown, _document?: Document, init?: boolean): Result {
      return exact(this, value, init) as Result
    }
  },
)

const ExactDecimal128 = registered(
  'ExactDecimal128',
  class extends Schema.Types.Decimal128 {
    override cast<Result>(value: unknown, _document?: Document, init?: boolean): Result {
      return exact(this, value, init) as Result
    }
    /** What is given as text and is no decimal is refused by what is wrong with it. */
    checkRequired(value: unknown): boolean {
      return value !== null && value !== undefined
    }
  },
)

const ExactObjectId = registered(
  'ExactObjectId',
  class extends Schema.Types.ObjectId {
    override cast<Result>(value: unknown, _document?: Document, init?: boolean): Result {
      return exact(this, value, init) as Result
    }
  },
)

const ExactBuffer = registered(
  'ExactBuffer',
  class extends Schema.Types.Buffer {
    override cast<Result>(value: unknown, document?: Document, init?: boolean): Result {
      return super.cast<Result>(toBinary(exact(this, value, init)), document, init)
    }
    /** No bytes at all are a value. */
    checkRequired(value: unknown): boolean {
      return value !== null && value !== undefined
    }
  },
)

/** Values that Mongoose knows nothing of: maps, unions, json, lists of lists. */
const ExactMixed = registered(
  'ExactMixed',
  class extends Schema.Types.Mixed {
    override cast<Result>(value: unknown, _document?: Document, init?: boolean): Result {
      if (init === true) return exact(this, value, init) as Result
      const kind = this.options['kind'] as Kind
      const complete = kind.complete(value)
      return (kind.fault(complete) === null ? complete : value) as Result
    }
    /** Mongoose 8 would hold a part of a value that was changed, whose path is longer, to what the whole is held to. */
    doValidateSync(value: unknown, scope: unknown, options?: { readonly path?: string }): unknown {
      if (options?.path !== undefined && options.path !== this.path) return null
      const validate = Reflect.get(Schema.Types.Mixed.prototype, 'doValidateSync') as () => unknown
      return Reflect.apply(validate, this, [value, scope, options])
    }
  },
)

/** A default that is made for each new document or object. One that is loaded without it gets none: nobody knows what it was. */
export const made = <T>(make: () => T): (() => T) =>
  function (this: unknown) {
    return isLoaded(this) ? (undefined as T) : make()
  }

/** Mongoose sets a plain default before it loads a document, which what is immutable would refuse. */
const madeLate = <T>({ default: initial }: { readonly default?: T | null | (() => T) }): object =>
  initial === undefined || typeof initial === 'function' ? {} : { default: () => initial }

/**
 * Whether what is immutable has its value by now. An object that is put where a stored document had none is new, though
 * Mongoose takes it for as old as its document.
 */
const isStored = (owner: object): boolean => {
  if (!(owner instanceof Document) || Reflect.get(owner, '$isSubdocument') !== true) return true
  const { priorDoc } = Reflect.get(owner, '$__') as { readonly priorDoc?: unknown }
  return wasStored(owner) || (priorDoc !== undefined && priorDoc !== null)
}

type Setter = (this: unknown, value: unknown, prior: unknown, type: SchemaType) => unknown

/** Refuses another value for what is immutable: inside of an object, Mongoose would leave the change out without a word. */
const keepingFirst = (set: Setter): Setter =>
  function (value, prior, type) {
    const given = set.call(this, value, prior, type)
    if (!(this instanceof Document) || Reflect.get(this, '$isNew') === true || !isStored(this)) return given
    const { priorDoc } = Reflect.get(this, '$__') as { readonly priorDoc?: object | null }
    const held: unknown = Reflect.get(Reflect.get(priorDoc ?? this, '_doc') as object, type.path)
    const before: unknown = held instanceof Document ? held.toObject() : held
    if (isSame(given ?? null, before ?? null) || String(given) === String(before)) return given
    throw Reflect.construct(MongooseError.StrictModeError, [type.path, at(type.path, 'is immutable'), true])
  }

/**
 * Whether a value stands as it was loaded. Mongoose validates a required one all the same, with unknown keys inside of it
 * that it cannot leave out.
 */
const isUntouched = (owner: unknown, path: string): boolean =>
  owner instanceof Document &&
  Reflect.get(owner, '$isNew') === false &&
  !Document.prototype.isModified.call(owner, path)

const pathOf = <T>(type: unknown, kind: Kind, options: Options<T>, validated: Fault = kind.fault): Path<T> => {
  const { nullable = false, optional = false, immutable = false, ...others } = options
  const fault: Fault = (value) => (value === null ? (nullable ? null : 'is null') : validated(value))
  return {
    ...(nullable && !optional ? { default: null } : {}),
    ...(immutable ? { immutable: isStored, set: keepingFirst(asIs) } : {}),
    ...others,
    ...(immutable ? madeLate(others) : {}),
    ...{
      type,
      kind,
      nullable,
      optional,
      fixed: immutable,
      required: !nullable && !optional,
      validate: {
        propsParameter: true,
        validator(this: unknown, value: unknown, { path = '' }: { readonly path?: string } = {}) {
          return fault(value) === null || (type === ExactMixed && isUntouched(this, path))
        },
        message: ({ path, value }: { path: string; value: unknown }) => at(path, fault(value) ?? 'is refused'),
      },
    },
  }
}

interface TextLimits {
  readonly atLeast?: number
  readonly atMost?: number
  readonly pattern?: RegExp
}

/** Text; lengths count characters (code points). */
export const text = <T extends string = string>({
  atLeast = 0,
  atMost = Infinity,
  pattern,
  ...options
}: Options<T> & TextLimits = {}): Path<T> => {
  const limits = every(
    holdsText,
    (value) => (characters(String(value)) < atLeast ? `is shorter than ${atLeast} characters` : null),
    (value) => (characters(String(value)) > atMost ? `is longer than ${atMost} characters` : null),
    pattern === undefined ? none : matching(pattern, `does not match ${pattern.source}`),
  )
  return pathOf<T>(ExactString, kindOf(isText, limits), options)
}

/** Text of exactly so many characters, the last of them no space: a store that pads would take that for padding. */
export const fixedText = <T extends string = string>({
  length,
  pattern,
  ...options
}: Options<T> & { readonly length: number; readonly pattern?: RegExp }): Path<T> => {
  const limits = every(
    holdsText,
    (value) => (characters(String(value)) === length ? null : `is not of ${length} characters`),
    (value) => (String(value).endsWith(' ') ? 'ends in a space' : null),
    pattern === undefined ? none : matching(pattern, `does not match ${pattern.source}`),
  )
  return pathOf<T>(ExactString, kindOf(isText, limits), options)
}

/** A Discord id. */
export const snowflake = <T extends string = string>(options: Options<T> = {}): Path<T> =>
  pathOf<T>(ExactString, kindOf(isText, isSnowflake), options)

/** A UUID in lower case; `made`: each new document gets one of its own. */
export const uuid = <T extends string = string>({
  made: isMade = false,
  ...options
}: Options<T> & { readonly made?: boolean } = {}): Path<T> =>
  pathOf<T>(ExactString, kindOf(isText, isUuid), {
    ...(isMade ? { default: made(() => new mongo.UUID().toString() as T) } : {}),
    ...options,
  })

/** A decimal as a number of 128 bits; it may be given as text, and documents of before have text. */
export const decimal = ({
  precision,
  scale,
  atLeast,
  atMost,
  ...options
}: Options<Types.Decimal128> & DecimalLimits): Path<Types.Decimal128> => {
  const limits = withinDecimal({ precision, scale, atLeast, atMost })
  const toDecimal = (value: unknown): unknown =>
    isDecimal(value) === null && limits(value) === null ? mongo.Decimal128.fromString(spelled(value, scale)) : value
  return pathOf<Types.Decimal128>(
    ExactDecimal128,
    kindOf(isDecimal, limits, { complete: toDecimal, load: toDecimal }),
    options,
  )
}

/** A decimal as text; documents of before may have a number of 128 bits. */
export const decimalText = ({
  precision,
  scale,
  atLeast,
  atMost,
  ...options
}: Options<string> & DecimalLimits): Path<string> => {
  const limits = withinDecimal({ precision, scale, atLeast, atMost })
  const complete = (value: unknown): unknown => (limits(value) === null ? spelled(value, scale) : value)
  const load = (value: unknown): unknown => (value instanceof mongo.Decimal128 ? spelled(value, scale) : value)
  return pathOf<string>(ExactString, kindOf(isText, limits, { complete, load }), options)
}

/** A day of the calendar as text, `2024-02-29`. */
export const day = (options: Options<string> = {}): Path<string> =>
  pathOf<string>(ExactString, kindOf(isText, isDay), options)

/** A time of day as text, `23:59:59.999`. */
export const time = (options: Options<string> = {}): Path<string> =>
  pathOf<string>(ExactString, kindOf(isText, isTime, { complete: spelledTime, load: spelledTime }), options)

/** A whole number that a JavaScript number holds exactly: within ±(2^53 - 1). */
export const long = <T extends number = number>({
  atLeast = Number.MIN_SAFE_INTEGER,
  atMost = Number.MAX_SAFE_INTEGER,
  ...options
}: Options<T> & NumberLimits = {}): Path<T> => {
  const isWhole: Fault = (value) => (Number.isInteger(value) ? null : 'is not a whole number')
  return pathOf<T>(
    ExactNumber,
    kindOf(isNumber, every(isWhole, within({ atLeast, atMost })), { complete: unsigned }),
    options,
  )
}

/** A whole number of 32 bits. */
export const integer = <T extends number = number>(options: Options<T> & NumberLimits = {}): Path<T> =>
  long<T>({ atLeast: -2_147_483_648, atMost: 2_147_483_647, ...options })

/** A whole number of 16 bits. */
export const smallint = <T extends number = number>(options: Options<T> & NumberLimits = {}): Path<T> =>
  long<T>({ atLeast: -32_768, atMost: 32_767, ...options })

/** A number; `single`: one that single precision holds as it is. */
export const float = ({
  atLeast = -Infinity,
  atMost = Infinity,
  single = false,
  ...options
}: Options<number> & NumberLimits & { readonly single?: boolean } = {}): Path<number> => {
  const isSingle: Fault = (value) =>
    single && Math.fround(Number(value)) !== value ? 'is rounded by single precision' : null
  return pathOf<number>(
    ExactNumber,
    kindOf(isNumber, every(isFiniteNumber, isSingle, within({ atLeast, atMost })), { complete: unsigned }),
    options,
  )
}

/** A whole number of 64 bits. */
export const bigint = ({
  atLeast = -(2n ** 63n),
  atMost = 2n ** 63n - 1n,
  ...options
}: Options<bigint> & { readonly atLeast?: bigint; readonly atMost?: bigint } = {}): Path<bigint> => {
  const limits: Fault = (value) =>
    BigInt(value as bigint) < atLeast
      ? `is less than ${atLeast}`
      : BigInt(value as bigint) > atMost
        ? `is more than ${atMost}`
        : null
  return pathOf<bigint>(ExactBigInt, kindOf(isBigint, limits, { load: loadBigint }), options)
}

export const bool = (options: Options<boolean> = {}): Path<boolean> =>
  pathOf<boolean>(ExactBoolean, kindOf(isBoolean), options)

/** An instant, in whole milliseconds; documents of before may have a number of them. */
export const date = (options: Options<Date> = {}): Path<Date> =>
  pathOf<Date>(ExactDate, kindOf(isDate, isStorableDate, { load: loadDate }), options)

/** An instant as milliseconds since 1970; it may be given as a Date, and documents of before have Dates. */
export const epoch = (options: Options<number> = {}): Path<number> =>
  pathOf<number>(ExactNumber, kindOf(isEpoch, isStorableEpoch, { complete: toEpoch, load: loadEpoch }), options)

/** An ObjectId, or the 24 hexadecimal digits that a row has of it; `made`: each new object gets one of its own. */
export const objectId = ({
  made: isMade = false,
  ...options
}: Options<Types.ObjectId> & { readonly auto?: boolean; readonly made?: boolean } = {}): Path<Types.ObjectId> =>
  pathOf<Types.ObjectId>(ExactObjectId, kindOf(isObjectId, none, { complete: toObjectId, load: toObjectId }), {
    ...(isMade ? { default: made(() => new mongo.ObjectId()) } : {}),
    ...options,
  })

const ExactSealed = registered(
  'ExactSealed',
  class extends Schema.Types.Mixed {
    override cast<Result>(value: unknown, _document?: Document, init?: boolean): Result {
      const given = init === true ? loadSealed(value) : value
      return (init === true || isSealed(given) === null ? given : withheld) as Result
    }
  },
)

/** A value that is stored encrypted, by `encryption.ts`. */
export const sealed = (options: Options<Sealed> = {}): Path<Sealed> => {
  const complete = (value: unknown): unknown => (isSealed(value) === null ? value : withheld)
  const kind = { ...kindOf(isSealed, none, { load: loadSealed }), complete }
  return pathOf<Sealed>(ExactSealed, kind, options)
}

/** Bytes; lengths count them. */
export const bytes = ({
  atLeast = 0,
  atMost = Infinity,
  ...options
}: Options<Uint8Array> & NumberLimits = {}): Path<Uint8Array> => {
  const limits: Fault = (value) => {
    const { length } = loadBytes(value) as Uint8Array
    if (length < atLeast) return `is shorter than ${atLeast} bytes`
    return length > atMost ? `is longer than ${atMost} bytes` : null
  }
  return pathOf<Uint8Array>(ExactBuffer, kindOf(isBytes, limits, { load: loadBytes, complete: loadBytes }), options)
}

/** One of these values. */
export const oneOf = <T extends string | number>(values: readonly T[], options: Options<NoInfer<T>> = {}): Path<T> => {
  const isString = values.some((value) => typeof value === 'string')
  const isValue: Fault = (value) => (values.some((one) => one === value) ? null : `is none of ${values.join(', ')}`)
  return pathOf<T>(isString ? ExactString : ExactNumber, kindOf(isString ? isText : isNumber, isValue), options)
}

/** Any JSON value but null. */
export const json = <T = unknown>(options: Options<T> = {}): Path<T> => pathOf<T>(ExactMixed, jsonKind, options)

/** Whether Mongoose validates each item of an array of such paths by itself. */
const isPlain = ({ type }: { readonly type: unknown }): boolean => type !== ExactMixed && !Array.isArray(type)

/** An item that Mongoose knows nothing of, such as json or another list: the list around it is validated as a whole. */
const mixedItem = ({ kind }: Slot): object => ({ type: ExactMixed, kind })

/** Mongoose would make an object of a Date or a Map. */
const onlyObjects = (value: unknown, _prior: unknown, { path }: SchemaType): unknown => {
  if (value === null || value === undefined || value instanceof Document || isRecord(value)) return value
  throw new MongooseError.CastError('Object', value, path)
}

/** Mongoose would make a list of one document. In a query, which has no value before, it gives the path in that one's place. */
const onlyLists = (value: unknown, prior: unknown, type: SchemaType = prior as SchemaType): unknown => {
  if (value === null || value === undefined) return value
  if (!Array.isArray(value)) throw new MongooseError.CastError('Array', value, type.path)
  if ('schema' in type) for (const item of value) onlyObjects(item, prior, type)
  return value
}

/** A list, without nulls. */
export const listOf = <T>(
  item: Path<T>,
  { atLeast, atMost, ...options }: Options<T[]> & CountLimits = {},
): Path<T[]> => {
  const limits = { ...(atLeast === undefined ? {} : { atLeast }), ...(atMost === undefined ? {} : { atMost }) }
  const kind = listKind(item, limits)
  const shallow: Fault = (value) =>
    counted((value as readonly T[]).length, limits) ??
    (Array.from(value as readonly unknown[]).some((one) => one === null || one === undefined) ? 'holds null' : null)
  const list = isPlain(item)
    ? pathOf<T[]>([item], { ...kind, complete: asIs, load: asIs }, options, shallow)
    : pathOf<T[]>([mixedItem(item)], { ...kind, load: asIs }, options)
  const set = options.immutable === true ? keepingFirst(onlyLists) : onlyLists
  return { ...{ default: undefined, castNonArrays: false }, ...list, ...{ set } }
}

/** A record of values by their keys. */
export const mapOf = <T>(
  item: Path<T>,
  { atLeast, atMost, ...options }: Options<{ [key: string]: T }> & CountLimits = {},
): Path<{ [key: string]: T }> => {
  const limits = { ...(atLeast === undefined ? {} : { atLeast }), ...(atMost === undefined ? {} : { atMost }) }
  const kind = kindOf(
    (value) => (isRecord(value) ? null : 'is not a map'),
    (value) => {
      const entries = Object.entries(value as { [key: string]: unknown })
      if (!entries.every(([key]) => isKey(key))) return 'has a key that MongoDB does not take'
      return counted(entries.length, limits) ?? firstWrong(entries, item)
    },
    {
      complete: (value) => mapped(value, item.kind.complete),
      load: (value) => mapped(value, item.kind.load),
      at: (step) => (isKey(step) ? { ...item, optional: true } : null),
    },
  )
  return pathOf<{ [key: string]: T }>(ExactMixed, kind, options)
}

/** A value that fits one of these, the first that it fits. */
export const anyOf = <T>(members: readonly Path<T>[], options: Options<T> = {}): Path<T> => {
  const fitting = (value: unknown): Kind | undefined =>
    members.map(({ kind }) => kind).find(({ fault, complete }) => fault(complete(value)) === null)
  const kind = kindOf(none, (value) => (fitting(value) === undefined ? 'fits none of its types' : null), {
    complete: (value) => fitting(value)?.complete(value) ?? value,
    load: (value) =>
      members.map(({ kind: { load } }) => load(value)).find((loaded) => fitting(loaded) !== undefined) ?? value,
  })
  return pathOf<T>(ExactMixed, kind, options)
}

/** An object of a schema of its own, whose fields Mongoose itself validates. A default may leave out what has its own. */
export const object = <T>(
  schema: Schema<T>,
  {
    default: initial,
    ...options
  }: Omit<Options<T>, 'default'> & { readonly default?: object | null | (() => object) } = {},
): Path<T> => {
  loadOnlyLists(schema as unknown as Schema)
  watchLoading(schema as unknown as Schema)
  const all = { ...options, ...(initial === undefined ? {} : { default: initial }) } as Options<T>
  const set = options.immutable === true ? keepingFirst(onlyObjects) : onlyObjects
  return { ...pathOf<T>(schema, objectKind(schema as unknown as Schema), all, none), ...{ set } }
}
