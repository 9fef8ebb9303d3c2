import { unreachable } from '../../kernel/bug.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import type { Span } from '../../kernel/source.js'
import type { Literal } from '../../model/expression.js'
import { describeOperand, type IdKind, type Operand, shownLiteral } from './operand.js'
import { isDate, isObjectId, isSnowflake, isTime, isUuid, parseInstant } from './scalar-text.js'

type Written = Literal & { readonly kind: 'string' | 'number' }

const idForms: Readonly<Record<IdKind, { readonly fits: (text: string) => boolean; readonly wanted: string }>> = {
  snowflake: { fits: isSnowflake, wanted: "a snowflake stands in quotes: '123456789012345678'" },
  identity: {
    fits: (text) => /^[1-9]\d{0,18}$/.test(text) || isObjectId(text),
    wanted: "an identity stands in quotes: '42'",
  },
  uuid: { fits: isUuid, wanted: "a uuid stands in quotes, in lower case: '9b2f0a52-6c0e-4f0c-8a44-1f0e6c1b7d11'" },
  objectid: { fits: isObjectId, wanted: 'an objectid is 24 hexadecimal digits in quotes, in lower case' },
}

const temporalForms = {
  timestamp: {
    fits: (text: string) => parseInstant(text) !== null,
    wanted: "a timestamp is ISO 8601 with a zone: '2024-05-01T00:00:00Z'",
  },
  date: { fits: isDate, wanted: "a date is written '2024-05-01'" },
  time: {
    // Stored times have no zeros at the end of a fraction, and MongoDB compares them as texts.
    fits: (text: string) => isTime(text) && !/\.\d*0$/.test(text),
    wanted: "a time is written '18:30:00' or '18:30:00.5', without zeros at the end of the fraction",
  },
} as const

const misfit = (value: Written, operand: Operand, at: Span, wanted: string): Diagnostic =>
  report('predicate-literal', at, { literal: shownLiteral(value), type: describeOperand(operand), wanted })

const ofEnum = (value: Written, operand: Operand & { readonly kind: 'enum' }, at: Span): Diagnostic | null => {
  const { name, values } = operand.enum
  const fits = values.some((member) =>
    value.kind === 'string' ? member.value === value.text : member.value === Number(value.text),
  )
  if (fits) return null
  const words = values.map((member) => String(member.value))
  const nearby = nearest(value.text, words)
  return report('unknown-enum-value', at, { value: value.text, enum: name, values: words, nearest: nearby })
}

/** What is wrong with a text or a number where a value of `operand` is wanted; null when nothing is. */
export const literalMisfit = (value: Written, operand: Operand, at: Span): Diagnostic | null => {
  const isText = value.kind === 'string'
  switch (operand.kind) {
    case 'any':
      return null
    case 'text':
      return isText ? null : misfit(value, operand, at, `text stands in quotes: '${value.text}'`)
    case 'number':
      return isText ? misfit(value, operand, at, 'numbers stand without quotes') : null
    case 'literal':
      return value.kind === operand.value.kind ? null : misfit(value, operand, at, 'compare text with text')
    case 'enum':
      return ofEnum(value, operand, at)
    case 'id': {
      const { fits, wanted } = idForms[operand.of]
      return isText && fits(value.text) ? null : misfit(value, operand, at, wanted)
    }
    case 'timestamp':
    case 'date':
    case 'time': {
      const { fits, wanted } = temporalForms[operand.kind]
      return isText && fits(value.text) ? null : misfit(value, operand, at, wanted)
    }
    case 'boolean':
      return misfit(value, operand, at, 'a boolean is true or false, without quotes')
    case 'opaque':
    case 'null':
      return misfit(value, operand, at, 'only `is null` and `is not null` can be asked of it')
    default:
      return unreachable(operand)
  }
}
