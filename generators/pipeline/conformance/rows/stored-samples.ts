import { mongo } from 'mongoose'
import { leaf, type Sample } from './sample.js'

export const bytesSample = (value: Uint8Array): Sample => {
  const json = Buffer.from(value).toString('base64')
  return leaf({ code: value, json, document: value, column: json })
}

export const instantSample = (value: Date): Sample => {
  const json = value.toISOString()
  return leaf({ code: value, json, document: value, column: json })
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
