import { z } from 'zod'
import type { Outside } from '../../ids.js'
import { instant } from '../scalars.js'

/** An id from a column of numbers, which a driver returns as text, a bigint or, if small, a number. */
export const idPostgres = <Id extends string>(
  schema: z.ZodType<Id, Id | Outside>,
): z.ZodType<Id, string | bigint | number> =>
  z.codec(z.union([z.string(), z.bigint(), z.int()]), schema, {
    decode: (value): Id | Outside => String(value),
    encode: (id): string | bigint | number => id,
  })

/** A whole number from a column of 64 bits, which a driver may return as text or a bigint. */
export const numberPostgres = (schema: z.ZodType<number, number>) =>
  z.codec(z.union([z.number(), z.bigint(), z.string().regex(/^-?\d+$/)]), schema, {
    decode: Number,
    encode: (value): number | bigint | string => value,
  })

/** A number of single precision, which Postgres prints with no more digits than tell it apart. */
export const realPostgres = (schema: z.ZodType<number, number>) =>
  z.codec(z.number(), schema, { decode: Math.fround, encode: (value) => value })

/** A whole number of 64 bits, which a driver returns as text, a bigint or, if small, a number. */
export const int64Postgres = (schema: z.ZodType<bigint, bigint>) =>
  z.codec(z.union([z.string().regex(/^-?\d+$/), z.bigint(), z.int()]), schema, {
    decode: BigInt,
    encode: (value): string | bigint | number => String(value),
  })

/** A decimal, which `pg` makes a number of in an array: taken when 15 digits hold it, as only those are sure. */
export const decimalPostgres = (schema: z.ZodType<string, string>, scale: number) =>
  z.codec(
    z.union([z.string(), z.number().refine((value) => Number(value.toPrecision(15)) === value, 'digits are lost')]),
    schema,
    {
      decode: (value) => (typeof value === 'string' ? value : value.toFixed(scale)),
      encode: (value): string | number => value,
    },
  )

const timestamp = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d(?::?\d\d)?)?$/

/** A Date, or Postgres' text of a timestamp. */
const isTimestamp = (value: unknown): boolean =>
  typeof value === 'string' ? timestamp.test(value) : value instanceof Date

/** Postgres' text of a timestamp as an instant: without a zone it is UTC; finer digits fall to their millisecond. */
const instantOf = (text: string): Date => {
  const [, day, time, fraction = '', zone = 'Z'] = timestamp.exec(text) ?? []
  const thousandths = fraction.slice(0, 3).padEnd(3, '0')
  return new Date(`${day}T${time}.${thousandths}${zone.length === 3 ? `${zone}:00` : zone}`)
}

/** What the clock on the wall showed at a date that a driver read in the machine's zone, as if it had been in UTC. */
const wallClock = (date: Date): Date => {
  const utc = new Date(0)
  utc.setUTCFullYear(date.getFullYear(), date.getMonth(), date.getDate())
  utc.setUTCHours(date.getHours(), date.getMinutes(), date.getSeconds(), date.getMilliseconds())
  return utc
}

/** An instant from a column with a zone: a Date, or its text. As a parameter it is text that no driver reads anew. */
export const instantPostgres = z.codec(z.custom<Date | string>(isTimestamp, 'not a timestamp'), instant, {
  decode: (value) => (typeof value === 'string' ? instantOf(value) : value),
  encode: (date): Date | string => date.toISOString(),
})

/**
 * An instant from a column without a zone, which holds UTC. Drivers make a Date of it in the machine's zone, which is
 * undone; around a change of that zone's clock only the text is sure.
 */
export const naivePostgres = z.codec(z.custom<Date | string>(isTimestamp, 'not a timestamp'), instant, {
  decode: (value) => (typeof value === 'string' ? instantOf(value) : wallClock(value)),
  encode: (date): Date | string => date.toISOString(),
})

/** An instant from a column of milliseconds since 1970. */
export const epochPostgres = z.codec(z.union([z.string().regex(/^-?\d+$/), z.bigint(), z.int()]), instant, {
  decode: (value) => new Date(Number(value)),
  encode: (date): string | bigint | number => String(date.getTime()),
})

/** A day, which `pg` returns as midnight of the machine's zone and PGlite as midnight of UTC. */
export const dayPostgres = (schema: z.ZodType<string, string>) =>
  z.codec(z.union([z.string(), z.date()]), schema, {
    decode: (value) => {
      if (typeof value === 'string') return value
      const midnight = value.getTime() % 86_400_000 === 0 ? value : wallClock(value)
      return midnight.toISOString().slice(0, 10)
    },
    encode: (day): string | Date => day,
  })

/** A time of day; finer digits that a column holds fall to their millisecond. */
export const timePostgres = (schema: z.ZodType<string, string>) =>
  z.codec(z.string(), schema, { decode: (value) => value.replace(/(\.\d{3})\d+$/, '$1'), encode: (time) => time })

const milliseconds = { ms: 1, seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 }
/** What code counts a duration in. */
export type DurationUnit = keyof typeof milliseconds

const intervalPattern = /^(?:(-?\d+) days? ?)?(?:([+-]?)(\d+):(\d\d):(\d\d)(?:\.(\d{1,6}))?)?$/

const millisecondsOfText = (text: string): number => {
  const [, days = '0', sign, hours = '0', minutes = '0', seconds = '0', fraction = ''] =
    intervalPattern.exec(text) ?? []
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
  parts.days * 86_400_000 +
  parts.hours * 3_600_000 +
  parts.minutes * 60_000 +
  parts.seconds * 1_000 +
  parts.milliseconds

/** The text of a duration, as Postgres reads an interval: of days, or of a clock. */
export const intervalText = (value: number, unit: DurationUnit): string => {
  if (unit === 'days') return `${value} days`
  const total = Math.abs(value) * milliseconds[unit]
  const clock = new Date(total % 3_600_000).toISOString().slice(14, 23)
  return `${value < 0 ? '-' : ''}${String(Math.floor(total / 3_600_000)).padStart(2, '0')}:${clock}`
}

/** A duration from an interval, which `pg` returns in parts and PGlite as text; months have no fixed length. */
export const intervalPostgres = (schema: z.ZodType<number, number>, unit: DurationUnit) =>
  z.codec(z.union([z.string().regex(intervalPattern), intervalParts]), schema, {
    decode: (value) =>
      (typeof value === 'string' ? millisecondsOfText(value) : millisecondsOfParts(value)) / milliseconds[unit],
    encode: (value): string | z.output<typeof intervalParts> => intervalText(value, unit),
  })

/** Bytes without the driver's own class around them. */
export const bytesPostgres = (schema: z.ZodType<Uint8Array, Uint8Array>) =>
  z.codec(z.instanceof(Uint8Array), schema, {
    decode: (bytes) => new Uint8Array(bytes),
    encode: (bytes) => new Uint8Array(bytes),
  })

/** What a jsonb column holds: a driver returns it parsed; as a parameter it is JSON's text, which no driver reads anew. */
export const jsonb = <Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema>, unknown> =>
  z.codec(
    z.custom<unknown>((value) => value !== undefined),
    schema,
    {
      decode: (value) => value as z.input<Schema>,
      encode: (value): unknown => JSON.stringify(value),
    },
  )

/** A vector, which a driver returns as the text `[1,2,3]`. */
export const vectorPostgres = (schema: z.ZodType<number[], number[]>) =>
  z.codec(z.union([z.string().regex(/^\[[-+.,\deE]*\]$/), z.array(z.number())]), schema, {
    decode: (value): number[] => (typeof value === 'string' ? (JSON.parse(value) as number[]) : value).map(Math.fround),
    encode: (value): string | number[] => JSON.stringify(value.map(Math.fround)),
  })

/** A vector in an array of single precision, which Postgres prints with no more digits than tell it apart. */
export const realsPostgres = (schema: z.ZodType<number[], number[]>) =>
  z.codec(z.array(z.number()), schema, {
    decode: (values) => values.map(Math.fround),
    encode: (values) => values.map(Math.fround),
  })

const unquoted = (item: string): string => (item.startsWith('"') ? item.slice(1, -1).replace(/\\(.)/gs, '$1') : item)

const quoted = (item: unknown): string => `"${String(item).replace(/["\\]/g, '\\$&')}"`

/** An array of a type of the database's own, which `pg` returns as text: `{low,"very high"}`. */
export const listPostgres = <Schema extends z.ZodType>(
  schema: Schema,
): z.ZodType<z.output<Schema>, unknown[] | string> =>
  z.codec(z.union([z.array(z.unknown()), z.string().regex(/^\{.*\}$/s)]), schema, {
    decode: (value) =>
      (typeof value === 'string'
        ? (value.slice(1, -1).match(/"(?:[^"\\]|\\.)*"|[^,]+/gs) ?? []).map(unquoted)
        : value) as z.input<Schema>,
    encode: (items): unknown[] | string => `{${(items as readonly unknown[]).map(quoted).join(',')}}`,
  })
