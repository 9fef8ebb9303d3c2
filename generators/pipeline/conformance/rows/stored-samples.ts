import { mongo } from 'mongoose'
import type { DecimalType, TimestampType } from '../../../model/type.js'
import { leaf, type Sample } from './sample.js'

export const bytesSample = (value: Uint8Array): Sample => {
  const json = Buffer.from(value).toString('base64')
  return leaf({ code: value, json, document: value, column: json })
}

export const instantSample = (value: Date): Sample => {
  const json = value.toISOString()
  return leaf({ code: value, json, document: value, column: json })
}

/** An instant that documents have as milliseconds since 1970. */
export const epochSample = (value: Date): Sample => {
  const json = value.toISOString()
  return leaf({ code: value, json, document: value.getTime(), column: json })
}

export const sampleOfInstant = ({ form }: TimestampType, value: Date): Sample =>
  form === 'milliseconds' ? epochSample(value) : instantSample(value)

/** A decimal; documents have it as a number of 128 bits, where it spells one. */
export const decimalSample = ({ inMongo }: DecimalType, text: string): Sample => {
  const isNumber =
    inMongo === 'decimal128' && /^-?\d{1,34}(?:\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= 34
  const document = isNumber ? mongo.Decimal128.fromString(text) : text
  return leaf({ code: text, json: text, document, column: text })
}

export const bigintSample = (value: bigint): Sample =>
  leaf({ code: value, json: String(value), document: value, column: String(value) })

/** An id that is an ObjectId in a document: of as many digits as Postgres counts, or hexadecimal. */
export const objectIdSample = (id: string): Sample => {
  const hex = /^[0-9a-f]{24}$/.test(id) ? id : BigInt(id).toString(16).padStart(24, '0')
  return leaf({ code: id, json: id, document: new mongo.ObjectId(hex), column: id })
}

export const firstInstant = new Date('0001-01-01T00:00:00.000Z')
export const lastInstant = new Date('9999-12-31T23:59:59.999Z')
