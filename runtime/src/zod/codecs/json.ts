import { z } from 'zod'
import { instant } from '../scalars.js'

/** An instant in JSON: ISO 8601 in UTC. */
export const instantJson = z.codec(
  z.string().refine((text) => {
    if (!/^\d{4}-\d\d-\d\dT\d\d:[0-5]\d:[0-5]\d(?:\.\d{1,3})?Z$/.test(text)) return false
    const read = new Date(text)
    return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text.slice(0, 19))
  }, 'not an instant (YYYY-MM-DDTHH:MM:SS.sssZ)'),
  instant,
  { decode: (text) => new Date(text), encode: (date) => date.toISOString() },
)

/** A whole number of 64 bits in JSON: its digits, since a number would round it. */
export const int64Json = (schema: z.ZodType<bigint, bigint>) =>
  z.codec(z.string().regex(/^(?:0|-?[1-9]\d*)$/, 'not a whole number'), schema, { decode: BigInt, encode: String })

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/

/** Bytes in JSON: base64, its last digit without idle bits. */
export const bytesJson = (schema: z.ZodType<Uint8Array, Uint8Array>) =>
  z.codec(z.string().regex(base64, 'not base64'), schema, {
    decode: (text): Uint8Array => z.util.base64ToUint8Array(text),
    // Zod encodes once before it looks at checks: of a union, values of the other members come here too.
    encode: (bytes) => (bytes instanceof Uint8Array ? z.util.uint8ArrayToBase64(bytes) : ''),
  })
