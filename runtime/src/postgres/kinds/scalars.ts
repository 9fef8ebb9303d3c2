import { z } from 'zod'
import { type DurationUnit, intervalText } from '../../zod/codecs/postgres.js'
import { day, idOf, isObjectId, isSnowflake, isUuid, text as storableText, timeOfDay } from '../../zod/scalars.js'
import { type Form, orderedText, undoneText } from '../wire.js'
import type { ColumnKind } from './kind.js'

const textOf = (value: unknown): string => String(value)

const asText = (column: string): string => `${column}::text`

const base = {
  encode: textOf,
  returned: asText,
  form: null,
  asks: 'order',
  isText: false,
  place: asText,
  readPlace: null,
  next: null,
  sum: null,
  item: null,
  ordering: null,
} as const satisfies Partial<ColumnKind>

const isDecimal = (value: string): boolean => /^-?\d+(?:\.\d+)?$/.test(value)

const wholeNumber = z
  .bigint()
  .min(-(2n ** 63n))
  .max(2n ** 63n - 1n)

/** What is asked for in the bytes that the server sends, since its text depends on settings of the session. */
const sent = (send: string, form: Form): Pick<ColumnKind, 'returned' | 'form' | 'place' | 'readPlace'> => {
  const returned = (column: string): string => `encode(${send}(${column}), 'hex')`
  return { returned, form, place: returned, readPlace: (bytes) => orderedText(undoneText(form, bytes)) ?? '' }
}

const wholeSum = { amount: z.int(), type: 'numeric' } as const

/** Discord's ids, and keys that Postgres numbers: digits in code, ordered as numbers. */
export const id: ColumnKind = {
  ...base,
  type: 'bigint',
  carrier: idOf(isSnowflake, 'not an id of 1 to 19 digits'),
}

/** A key that Postgres numbers, in a set whose other store makes keys of another order. */
export const identity: ColumnKind = { ...id, asks: 'equality' }

/** Discord's ids in a column of text: they are ordered as the numbers that they are. */
export const textId: ColumnKind = {
  ...id,
  type: 'text',
  returned: (column) => column,
  ordering: { sql: (column) => `${column}::numeric`, kind: { ...id, type: 'numeric' } },
}

/** The keys that Mongo makes, in a column of text. */
export const objectId: ColumnKind = {
  ...base,
  type: 'text',
  returned: (column) => column,
  asks: 'equality',
  carrier: idOf(isObjectId, 'not 24 hexadecimal digits in lower case'),
}

/** Text: case counts, and order is by code point. */
export const text: ColumnKind = {
  ...base,
  type: 'text',
  returned: (column) => column,
  place: (column) => column,
  carrier: storableText,
  isText: true,
}

export const varchar: ColumnKind = { ...text, type: 'varchar' }

/** Text of a column whose values are padded with spaces, which no value ends in. */
export const fixedText: ColumnKind = { ...text, type: 'bpchar', returned: asText, place: asText }

export const integer: ColumnKind = {
  ...base,
  type: 'integer',
  form: 'number',
  carrier: z.int().min(-2_147_483_648).max(2_147_483_647),
  sum: wholeSum,
}

export const smallint: ColumnKind = { ...integer, type: 'smallint', carrier: z.int().min(-32_768).max(32_767) }

/** A column of 64 bits whose values code has as numbers. */
export const long: ColumnKind = { ...base, type: 'bigint', carrier: z.int(), sum: wholeSum }

export const bigint: ColumnKind = {
  ...base,
  type: 'bigint',
  carrier: wholeNumber,
  sum: { amount: wholeNumber, type: 'numeric' },
}

export const real: ColumnKind = {
  ...base,
  type: 'real',
  ...sent('float4send', 'real'),
  carrier: z.number(),
  sum: { amount: z.number(), type: 'double precision' },
}

export const double: ColumnKind = {
  ...base,
  type: 'double precision',
  ...sent('float8send', 'double'),
  carrier: z.number(),
  sum: { amount: z.number(), type: 'double precision' },
}

/** A decimal with so many digits after the point: an amount with more of them would be rounded. */
export const decimal = (scale: number): ColumnKind => ({
  ...base,
  type: 'numeric',
  carrier: z.string().refine(isDecimal, 'not a decimal in digits'),
  sum: {
    amount: z
      .string()
      .refine(
        (value) => isDecimal(value) && (value.split('.')[1] ?? '').length <= scale,
        `more than ${scale} digits after the point`,
      ),
    type: 'numeric',
  },
})

export const boolean: ColumnKind = { ...base, type: 'boolean', form: 'boolean', carrier: z.boolean() }

/** What lies after the last millisecond of the year 9999 has a year of five digits, which Postgres reads without a sign. */
const isoText = (value: unknown): string => z.date().parse(value).toISOString().replace(/^\+0*/, '')

const aMillisecondLater = (value: unknown): unknown => new Date(z.date().parse(value).getTime() + 1)

/** An instant in a column without a zone, which holds UTC. */
export const timestamp: ColumnKind = {
  ...base,
  type: 'timestamp',
  encode: isoText,
  returned: (column) => `to_jsonb(${column}) #>> '{}'`,
  place: (column) => `to_jsonb(${column}) #>> '{}'`,
  carrier: z.date(),
  next: aMillisecondLater,
}

/** An instant in a column with a zone. */
export const timestamptz: ColumnKind = {
  ...timestamp,
  type: 'timestamptz',
  returned: (column) => `to_jsonb(${column} AT TIME ZONE 'UTC') #>> '{}'`,
  place: (column) => `to_jsonb(${column} AT TIME ZONE 'UTC') #>> '{}'`,
  readPlace: (sent) => `${sent}Z`,
}

/** An instant in a column of milliseconds since 1970. */
export const epoch: ColumnKind = {
  ...base,
  type: 'bigint',
  encode: (value) => String(z.date().parse(value).getTime()),
  carrier: z.date(),
}

export const date: ColumnKind = {
  ...base,
  type: 'date',
  returned: (column) => `to_jsonb(${column}) #>> '{}'`,
  place: (column) => `to_jsonb(${column}) #>> '{}'`,
  carrier: day,
}

export const time: ColumnKind = { ...base, type: 'time', carrier: timeOfDay }

/** A duration that code has as a number of its unit. */
export const interval = (unit: DurationUnit): ColumnKind => ({
  ...base,
  type: 'interval',
  encode: (value) => intervalText(z.number().parse(value), unit),
  ...sent('interval_send', 'interval'),
  carrier: z.number(),
})

export const uuid: ColumnKind = {
  ...base,
  type: 'uuid',
  asks: 'equality',
  carrier: idOf(isUuid, 'not a UUID in lower case'),
}

/** A word of an enum: in a type of the database's own, or as text. */
export const word = (type: string, carrier: z.ZodType): ColumnKind => ({ ...base, type, asks: 'equality', carrier })

/** A number of an enum, in a column of a kind of numbers. */
export const numberWord = (kind: ColumnKind, carrier: z.ZodType): ColumnKind => ({
  ...kind,
  asks: 'equality',
  carrier,
  sum: null,
})

export const bytes: ColumnKind = {
  ...base,
  type: 'bytea',
  encode: (value) => `\\x${z.util.uint8ArrayToHex(z.instanceof(Uint8Array).parse(value))}`,
  returned: (column) => `encode(${column}, 'hex')`,
  form: 'bytes',
  asks: 'null',
  carrier: z.never(),
}

/** JSON, objects, maps and unions; the codec makes JSON's text of a value. */
export const jsonb = (codec: z.ZodType): ColumnKind => ({
  ...base,
  type: 'jsonb',
  encode: (value) => z.string().parse(z.encode(codec, value)),
  form: 'json',
  asks: 'null',
  carrier: z.never(),
})

/** The same in a column of `json`, which keeps the text as it is. */
export const jsonText = (codec: z.ZodType): ColumnKind => ({ ...jsonb(codec), type: 'json' })

/** A vector of pgvector, whose type has this name: with its schema. */
export const vector = (type: string): ColumnKind => ({
  ...base,
  type,
  encode: (value) => JSON.stringify(z.array(z.number()).parse(value).map(Math.fround)),
  asks: 'null',
  carrier: z.never(),
})

/** A structure inside of JSON, of which only null is asked. */
export const structure: ColumnKind = { ...base, type: 'jsonb', asks: 'null', carrier: z.never() }
