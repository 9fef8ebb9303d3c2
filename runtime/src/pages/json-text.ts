import { z } from 'zod'

/** JSON in base64url, by ASCII alone. */
export const encodeJson = (content: unknown): string => {
  const json = JSON.stringify(content).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return z.util.uint8ArrayToBase64url(Uint8Array.from(json, (unit) => unit.charCodeAt(0)))
}

/** The JSON in a text of `encodeJson`; null where it is none. */
export const decodeJson = (text: string): unknown => {
  try {
    return JSON.parse(Array.from(z.util.base64urlToUint8Array(text), (byte) => String.fromCharCode(byte)).join(''))
  } catch {
    return null
  }
}
