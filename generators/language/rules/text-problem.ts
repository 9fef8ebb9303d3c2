import { unreachable } from '../../kernel/bug.js'
import { formatPatterns } from '../../model/formats.js'
import type { JsonValue } from '../../model/origin.js'
import type { BytesType, FormatType, TextType, Type } from '../../model/type.js'
import { isDate, isObjectId, isSnowflake, isTime, isUuid, parseInstant } from '../expression/scalar-text.js'

/** Types whose values are text in the JSON form. */
export type TextualType = Extract<
  Type,
  { kind: 'text' | 'format' | 'bytes' | 'snowflake' | 'identity' | 'uuid' | 'objectid' | 'timestamp' | 'date' | 'time' }
>

interface Lengths {
  readonly minLength: number | null
  readonly maxLength: number | null
}

const lengthProblem = (length: number, { minLength, maxLength }: Lengths, unit: string, shown: string) => {
  if (minLength !== null && length < minLength) return `${shown} has ${length} ${unit}, fewer than ${minLength}`
  if (maxLength !== null && length > maxLength) return `${shown} has ${length} ${unit}, more than ${maxLength}`
  return null
}

/** Long text is shown by its beginning. */
const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)

const charactersProblem = (text: string): string | null => {
  if (text.includes('\u0000')) return `${shown(text)} holds a NUL`
  return text.isWellFormed() ? null : `${shown(text)} holds half of a surrogate pair`
}

const textProblem = (type: TextType, text: string): string | null => {
  const exact = type.form === 'char' ? { minLength: type.maxLength, maxLength: type.maxLength } : type
  const lengths = charactersProblem(text) ?? lengthProblem([...text].length, exact, 'characters', shown(text))
  if (lengths !== null || type.pattern === null) return lengths
  return new RegExp(type.pattern.source, 'u').test(text) ? null : `${shown(text)} does not match ${type.pattern.source}`
}

const formatProblem = (type: FormatType, text: string): string | null => {
  const fits = new RegExp(formatPatterns[type.format], 'u').test(text)
  const form = charactersProblem(text) ?? (fits ? null : `${shown(text)} is no ${type.format}`)
  return form ?? lengthProblem([...text].length, type, 'characters', shown(text))
}

const bytesProblem = (type: BytesType, text: string): string | null => {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') !== text) return `${shown(text)} is not base64`
  return lengthProblem(bytes.length, type, 'bytes', shown(text))
}

const isIdentity = (text: string): boolean => isSnowflake(text) || isObjectId(text)

/** Why a JSON form is no value of a type of text, or null. */
export const textualProblem = (type: TextualType, json: JsonValue): string | null => {
  if (typeof json !== 'string') return `${JSON.stringify(json)} is not text`
  const unless = (fits: boolean, what: string): string | null => (fits ? null : `${shown(json)} is no ${what}`)
  switch (type.kind) {
    case 'text':
      return textProblem(type, json)
    case 'format':
      return formatProblem(type, json)
    case 'bytes':
      return bytesProblem(type, json)
    case 'snowflake':
      return unless(isSnowflake(json), 'snowflake')
    case 'identity':
      return unless(isIdentity(json), 'identity')
    case 'uuid':
      return unless(isUuid(json), 'uuid in lower case')
    case 'objectid':
      return unless(isObjectId(json), 'objectid in lower case')
    case 'timestamp':
      return unless(parseInstant(json) !== null, 'ISO 8601 instant in whole milliseconds')
    case 'date':
      return unless(isDate(json), 'day of the calendar')
    case 'time':
      return unless(isTime(json), 'time of day in whole milliseconds')
    default:
      return unreachable(type)
  }
}
