import { valueImport } from '../../script/code.js'
import type { Library } from './source.js'

/** What `zod/codecs.ts` may hold. The ending says the other form: of JSON, of a Postgres driver, of a Mongo driver. */
export type CodecName =
  | 'renamed'
  | 'instantJson'
  | 'int64Json'
  | 'bytesJson'
  | 'idPostgres'
  | 'numberPostgres'
  | 'realPostgres'
  | 'int64Postgres'
  | 'decimalPostgres'
  | 'instantText'
  | 'wallClock'
  | 'instantPostgres'
  | 'naivePostgres'
  | 'epochPostgres'
  | 'dayPostgres'
  | 'timePostgres'
  | 'intervalPostgres'
  | 'bytesPostgres'
  | 'jsonb'
  | 'vectorPostgres'
  | 'realsPostgres'
  | 'listPostgres'
  | 'isBsonNumber'
  | 'numberMongo'
  | 'vectorMongo'
  | 'int64Mongo'
  | 'bytesMongo'
  | 'jsonMongo'
  | 'ObjectIdClass'
  | 'objectIdMongo'

const instant = valueImport('zod/scalars', 'instant')

/** The declarations of `zod/codecs.ts`, in its order. */
export const codecLibrary: Library<CodecName> = {
  renamed: {
    text: `/** A codec between two objects whose fields differ in their names. */
export const renamed = <Stored, Document, Row, Given>(
  stored: z.ZodType<Stored, Document>,
  row: z.ZodType<Row, Given>,
  names: { decode: (stored: Stored) => Given; encode: (row: Given) => Stored },
): z.ZodType<Row, Document> => z.codec(stored, row, names)`,
  },
  instantJson: {
    imports: [instant],
    text: `/** An instant in JSON: ISO 8601 in UTC. */
export const instantJson = z.codec(
  z.string().refine((text) => {
    if (!/^\\d{4}-\\d\\d-\\d\\dT\\d\\d:[0-5]\\d:[0-5]\\d(?:\\.\\d{1,3})?Z$/.test(text)) return false
    const read = new Date(text)
    return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text.slice(0, 19))
  }, 'not an instant (YYYY-MM-DDTHH:MM:SS.sssZ)'),
  instant,
  { decode: (text) => new Date(text), encode: (date) => date.toISOString() },
)`,
  },
  int64Json: {
    text: `/** A whole number of 64 bits in JSON: its digits, since a number would round it. */
export const int64Json = (schema: z.ZodType<bigint, bigint>) =>
  z.codec(z.string().regex(/^(?:0|-?[1-9]\\d*)$/, 'not a whole number'), schema, { decode: BigInt, encode: String })`,
  },
  bytesJson: {
    text: `const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/

/** Bytes in JSON: base64, its last digit without idle bits. */
export const bytesJson = (schema: z.ZodType<Uint8Array, Uint8Array>) =>
  z.codec(z.string().regex(base64, 'not base64'), schema, {
    decode: (text): Uint8Array => z.util.base64ToUint8Array(text),
    // Zod encodes once before it looks at checks: of a union, values of the other members come here too.
    encode: (bytes) => (bytes instanceof Uint8Array ? z.util.uint8ArrayToBase64(bytes) : ''),
  })`,
  },
  idPostgres: {
    text: `/** An id from a column of numbers, which a driver returns as text, a bigint or, if small, a number. */
export const idPostgres = <Id extends string>(schema: z.ZodType<Id, Id>): z.ZodType<Id, string | bigint | number> =>
  z.codec(z.union([z.string(), z.bigint(), z.int()]), schema, {
    decode: (value) => String(value) as Id,
    encode: (id): string | bigint | number => id,
  })`,
  },
  numberPostgres: {
    text: `/** A whole number from a column of 64 bits, which a driver may return as text or a bigint. */
export const numberPostgres = (schema: z.ZodType<number, number>) =>
  z.codec(z.union([z.number(), z.bigint(), z.string().regex(/^-?\\d+$/)]), schema, {
    decode: Number,
    encode: (value): number | bigint | string => value,
  })`,
  },
  realPostgres: {
    text: `/** A number of single precision, which Postgres prints with no more digits than tell it apart. */
export const realPostgres = (schema: z.ZodType<number, number>) =>
  z.codec(z.number(), schema, { decode: Math.fround, encode: (value) => value })`,
  },
  int64Postgres: {
    text: `/** A whole number of 64 bits, which a driver returns as text, a bigint or, if small, a number. */
export const int64Postgres = (schema: z.ZodType<bigint, bigint>) =>
  z.codec(z.union([z.string().regex(/^-?\\d+$/), z.bigint(), z.int()]), schema, {
    decode: BigInt,
    encode: (value): string | bigint | number => String(value),
  })`,
  },
  decimalPostgres: {
    text: `/** A decimal, which \`pg\` makes a number of in an array: taken when 15 digits hold it, as only those are sure. */
export const decimalPostgres = (schema: z.ZodType<string, string>, scale: number) =>
  z.codec(
    z.union([z.string(), z.number().refine((value) => Number(value.toPrecision(15)) === value, 'digits are lost')]),
    schema,
    {
      decode: (value) => (typeof value === 'string' ? value : value.toFixed(scale)),
      encode: (value): string | number => value,
    },
  )`,
  },
  instantText: {
    text: `const timestamp = /^(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d:\\d\\d)(?:\\.(\\d+))?(Z|[+-]\\d\\d(?::?\\d\\d)?)?$/

/** A Date, or Postgres' text of a timestamp. */
const isTimestamp = (value: unknown): boolean =>
  typeof value === 'string' ? timestamp.test(value) : value instanceof Date

/** Postgres' text of a timestamp as an instant: without a zone it is UTC; finer digits fall to their millisecond. */
const instantOf = (text: string): Date => {
  const [, day, time, fraction = '', zone = 'Z'] = timestamp.exec(text) ?? []
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0')
  return new Date(\`\${day}T\${time}.\${milliseconds}\${zone.length === 3 ? \`\${zone}:00\` : zone}\`)
}`,
  },
  wallClock: {
    text: `/** What the clock on the wall showed at a date that a driver read in the machine's zone, as if it had been in UTC. */
const wallClock = (date: Date): Date => {
  const utc = new Date(0)
  utc.setUTCFullYear(date.getFullYear(), date.getMonth(), date.getDate())
  utc.setUTCHours(date.getHours(), date.getMinutes(), date.getSeconds(), date.getMilliseconds())
  return utc
}`,
  },
  instantPostgres: {
    needs: ['instantText'],
    imports: [instant],
    text: `/** An instant from a column with a zone: a Date, or its text. As a parameter it is text that no driver reads anew. */
export const instantPostgres = z.codec(z.custom<Date | string>(isTimestamp, 'not a timestamp'), instant, {
  decode: (value) => (typeof value === 'string' ? instantOf(value) : value),
  encode: (date): Date | string => date.toISOString(),
})`,
  },
  naivePostgres: {
    needs: ['instantText', 'wallClock'],
    imports: [instant],
    text: `/**
 * An instant from a column without a zone, which holds UTC. Drivers make a Date of it in the machine's zone, which is
 * undone; around a change of that zone's clock only the text is sure.
 */
export const naivePostgres = z.codec(z.custom<Date | string>(isTimestamp, 'not a timestamp'), instant, {
  decode: (value) => (typeof value === 'string' ? instantOf(value) : wallClock(value)),
  encode: (date): Date | string => date.toISOString(),
})`,
  },
  epochPostgres: {
    imports: [instant],
    text: `/** An instant from a column of milliseconds since 1970. */
export const epochPostgres = z.codec(z.union([z.string().regex(/^-?\\d+$/), z.bigint(), z.int()]), instant, {
  decode: (value) => new Date(Number(value)),
  encode: (date): string | bigint | number => String(date.getTime()),
})`,
  },
  dayPostgres: {
    needs: ['wallClock'],
    text: `/** A day, which \`pg\` returns as midnight of the machine's zone and PGlite as midnight of UTC. */
export const dayPostgres = (schema: z.ZodType<string, string>) =>
  z.codec(z.union([z.string(), z.date()]), schema, {
    decode: (value) => {
      if (typeof value === 'string') return value
      const midnight = value.getTime() % 86_400_000 === 0 ? value : wallClock(value)
      return midnight.toISOString().slice(0, 10)
    },
    encode: (day): string | Date => day,
  })`,
  },
  timePostgres: {
    text: `/** A time of day; finer digits that a column holds fall to their millisecond. */
export const timePostgres = (schema: z.ZodType<string, string>) =>
  z.codec(z.string(), schema, { decode: (value) => value.replace(/(\\.\\d{3})\\d+$/, '$1'), encode: (time) => time })`,
  },
  intervalPostgres: {
    text: `const milliseconds = { ms: 1, seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 }
type Unit = keyof typeof milliseconds

const intervalText = /^(?:(-?\\d+) days? ?)?(?:([+-]?)(\\d+):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?)?$/

const millisecondsOfText = (text: string): number => {
  const [, days = '0', sign, hours = '0', minutes = '0', seconds = '0', fraction = ''] = intervalText.exec(text) ?? []
  const time = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1_000
  const clock = time + Number(fraction.padEnd(6, '0')) / 1_000
  return Number(days) * 86_400_000 + (sign === '-' ? -clock : clock)
}

const intervalParts = z.object({
  days: z.number().default(0),
  hours: z.number().default(0),
  minutes: z.number().default(0),
  seconds: z.number().default(0),
  milliseconds: z.number().default(0),
  years: z.literal(0).optional(),
  months: z.literal(0).optional(),
})

const millisecondsOfParts = (parts: z.output<typeof intervalParts>): number =>
  parts.days * 86_400_000 + parts.hours * 3_600_000 + parts.minutes * 60_000 + parts.seconds * 1_000 + parts.milliseconds

const intervalOf = (value: number, unit: Unit): string => {
  if (unit === 'days') return \`\${value} days\`
  const total = Math.abs(value) * milliseconds[unit]
  const clock = new Date(total % 3_600_000).toISOString().slice(14, 23)
  return \`\${value < 0 ? '-' : ''}\${String(Math.floor(total / 3_600_000)).padStart(2, '0')}:\${clock}\`
}

/** A duration from an interval, which \`pg\` returns in parts and PGlite as text; months have no fixed length. */
export const intervalPostgres = (schema: z.ZodType<number, number>, unit: Unit) =>
  z.codec(z.union([z.string().regex(intervalText), intervalParts]), schema, {
    decode: (value) =>
      (typeof value === 'string' ? millisecondsOfText(value) : millisecondsOfParts(value)) / milliseconds[unit],
    encode: (value): string | z.output<typeof intervalParts> => intervalOf(value, unit),
  })`,
  },
  bytesPostgres: {
    text: `/** Bytes without the driver's own class around them. */
export const bytesPostgres = (schema: z.ZodType<Uint8Array, Uint8Array>) =>
  z.codec(z.instanceof(Uint8Array), schema, { decode: (bytes) => new Uint8Array(bytes), encode: (bytes) => new Uint8Array(bytes) })`,
  },
  jsonb: {
    text: `/** What a jsonb column holds: a driver returns it parsed; as a parameter it is JSON's text, which no driver reads anew. */
export const jsonb = <Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema>, unknown> =>
  z.codec(z.custom<unknown>((value) => value !== undefined), schema, {
    decode: (value) => value as z.input<Schema>,
    encode: (value): unknown => JSON.stringify(value),
  })`,
  },
  vectorPostgres: {
    text: `/** A vector, which a driver returns as the text \`[1,2,3]\`. */
export const vectorPostgres = (schema: z.ZodType<number[], number[]>) =>
  z.codec(z.union([z.string().regex(/^\\[[-+.,\\deE]*\\]$/), z.array(z.number())]), schema, {
    decode: (value): number[] => (typeof value === 'string' ? (JSON.parse(value) as number[]) : value).map(Math.fround),
    encode: (value): string | number[] => JSON.stringify(value.map(Math.fround)),
  })`,
  },
  realsPostgres: {
    text: `/** A vector in an array of single precision, which Postgres prints with no more digits than tell it apart. */
export const realsPostgres = (schema: z.ZodType<number[], number[]>) =>
  z.codec(z.array(z.number()), schema, {
    decode: (values) => values.map(Math.fround),
    encode: (values) => values.map(Math.fround),
  })`,
  },
  listPostgres: {
    text: `const unquoted = (item: string): string => (item.startsWith('"') ? item.slice(1, -1).replace(/\\\\(.)/gs, '$1') : item)

const quoted = (item: unknown): string => \`"\${String(item).replace(/["\\\\]/g, '\\\\$&')}"\`

/** An array of a type of the database's own, which \`pg\` returns as text: \`{low,"very high"}\`. */
export const listPostgres = <Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema>, unknown[] | string> =>
  z.codec(z.union([z.array(z.unknown()), z.string().regex(/^\\{.*\\}$/s)]), schema, {
    decode: (value) =>
      (typeof value === 'string'
        ? (value.slice(1, -1).match(/"(?:[^"\\\\]|\\\\.)*"|[^,]+/gs) ?? []).map(unquoted)
        : value) as z.input<Schema>,
    encode: (items): unknown[] | string => \`{\${(items as readonly unknown[]).map(quoted).join(',')}}\`,
  })`,
  },
  isBsonNumber: {
    text: `const isBsonNumber = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  '_bsontype' in value &&
  ['Long', 'Int32', 'Double'].includes(String(value._bsontype))`,
  },
  numberMongo: {
    needs: ['isBsonNumber'],
    text: `/** A number, which a driver may return as a bigint or as its own class of number. */
export const numberMongo = <Value extends number>(schema: z.ZodType<Value, Value>) =>
  z.codec(z.union([z.number(), z.bigint(), z.custom<object>(isBsonNumber)]), schema, {
    decode: (value) => Number(String(value)) as Value,
    encode: (value): number | bigint | object => value,
  })`,
  },
  vectorMongo: {
    needs: ['isBsonNumber'],
    text: `/** A vector, whose numbers a driver may return as bigints or as its own class of number. */
export const vectorMongo = (schema: z.ZodType<number[], number[]>) =>
  z.codec(z.array(z.union([z.number(), z.bigint(), z.custom<object>(isBsonNumber)])), schema, {
    decode: (values) => values.map((value) => Number(String(value))),
    encode: (values): (number | bigint | object)[] => values,
  })`,
  },
  int64Mongo: {
    needs: ['isBsonNumber'],
    text: `/** A whole number of 64 bits, which a driver returns as a bigint, its own class or, if small, a number. */
export const int64Mongo = (schema: z.ZodType<bigint, bigint>) =>
  z.codec(z.union([z.bigint(), z.number().refine(Number.isInteger), z.custom<object>(isBsonNumber)]), schema, {
    decode: (value) => BigInt(typeof value === 'number' ? value : String(value)),
    encode: (value): bigint | number | object => value,
  })`,
  },
  bytesMongo: {
    text: `/** Bytes, which a driver returns in a class of its own. */
export const bytesMongo = (schema: z.ZodType<Uint8Array, Uint8Array>) =>
  z.codec(
    z.union([
      z.instanceof(Uint8Array),
      z.looseObject({ _bsontype: z.literal('Binary'), buffer: z.instanceof(Uint8Array), position: z.number() }),
    ]),
    schema,
    {
      decode: (value) =>
        new Uint8Array(value instanceof Uint8Array ? value : value.buffer.subarray(0, value.position)),
      encode: (bytes): Uint8Array<ArrayBuffer> => new Uint8Array(bytes),
    },
  )`,
  },
  jsonMongo: {
    needs: ['isBsonNumber'],
    text: `const withPlainNumbers = (value: unknown): unknown => {
  if (typeof value === 'bigint' || isBsonNumber(value)) return Number(String(value))
  if (Array.isArray(value)) return value.map(withPlainNumbers)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withPlainNumbers(inner)]))
}

/** A value of JSON, whose numbers a driver may return in classes of its own. */
export const jsonMongo = <Value>(schema: z.ZodType<Value, Value>): z.ZodType<Value, unknown> =>
  z.codec(z.custom<unknown>((value) => value !== undefined), schema, {
    decode: (value) => withPlainNumbers(value) as Value,
    encode: (value): unknown => value,
  })`,
  },
  ObjectIdClass: {
    text: `/** An ObjectId, as every version of the driver has it. */
export interface ObjectIdLike {
  toHexString(): string
}

/** The class of ObjectIds of the driver in use: \`mongoose.Types.ObjectId\`. */
export type ObjectIdClass<Id extends ObjectIdLike> = new (hexadecimal: string) => Id`,
  },
  objectIdMongo: {
    needs: ['ObjectIdClass'],
    text: `const isObjectIdLike = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'toHexString' in value && typeof value.toHexString === 'function'

/** An ObjectId, which a row has as its hexadecimal digits. */
export const objectIdMongo = <Id extends ObjectIdLike, Text extends string>(
  ObjectId: ObjectIdClass<Id>,
  schema: z.ZodType<Text, Text>,
): z.ZodType<Text, Id> =>
  z.codec(z.custom<Id>(isObjectIdLike, 'not an ObjectId'), schema, {
    decode: (id) => id.toHexString() as Text,
    encode: (text, { issues }) => {
      if (/^[0-9a-f]{24}$/.test(text)) return new ObjectId(text)
      issues.push({ code: 'custom', message: 'not an id that Mongo made', input: text })
      return z.NEVER
    },
  })`,
  },
}
