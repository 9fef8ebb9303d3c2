import { regexLiteral } from '../kernel/safe/typescript.js'
import { floatBounds, largestReal } from '../model/bounds.js'
import type { BigintType, FloatType, FormatType, IntegerType, TextType } from '../model/type.js'
import { type Code, code, trusted } from '../script/code.js'
import { scalar } from './shared-names.js'

/** A number's digits in groups of three, as emitted code writes long ones. */
const digits = (value: number | bigint): string => {
  const [, sign = '', whole = '', rest = ''] = /^(-?)(\d{5,})(.*)$/.exec(String(value)) ?? []
  if (whole === '' || rest !== '') return String(value)
  return sign + whole.replace(/\B(?=(?:\d{3})+$)/g, '_')
}

export const numberCode = (value: number): Code => trusted(digits(value))

const bound = (method: 'min' | 'max', value: number | bigint | null): string => {
  if (value === null) return ''
  return `.${method}(${digits(value)}${typeof value === 'bigint' ? 'n' : ''})`
}

/** `.min(0).max(100)`: only the limits that the type itself does not have. */
export const limitsOf = (type: IntegerType | BigintType): Code =>
  trusted(bound('min', type.min) + bound('max', type.max))

export const floatLimits = (type: FloatType): Code => {
  const { min, max } = floatBounds(type)
  const own = (value: number | null) => (value !== null && Math.abs(value) < largestReal ? value : null)
  return trusted(bound('min', own(min)) + bound('max', own(max)))
}

/** An object of limits, `{ atLeast: 1, atMost: 9 }`; nothing when there are none. */
export const limitsObject = (
  least: number | null,
  most: number | null,
  matching: string | null = null,
): Code | null => {
  const parts = [
    ...(least === null ? [] : [`atLeast: ${digits(least)}`]),
    ...(most === null ? [] : [`atMost: ${digits(most)}`]),
    ...(matching === null ? [] : [`matching: ${matching}`]),
  ]
  return parts.length === 0 ? null : trusted(`{ ${parts.join(', ')} }`)
}

export const textCode = (type: TextType): Code => {
  const matching = type.pattern === null ? null : regexLiteral(type.pattern.source)
  if (type.form === 'char' && type.maxLength !== null) {
    const exact = code`${scalar('textOfLength')}(${numberCode(type.maxLength)})`
    return matching === null ? exact : code`${scalar('textOf')}(${trusted(`{ matching: ${matching} }`)}, ${exact})`
  }
  if (type.maxLength !== null && type.minLength === null && matching === null) {
    return code`${scalar('textUpTo')}(${numberCode(type.maxLength)})`
  }
  const limits = limitsObject(type.minLength, type.maxLength, matching)
  return limits === null ? code`${scalar('text')}` : code`${scalar('textOf')}(${limits})`
}

export const formatCode = (type: FormatType): Code => {
  const limits = limitsObject(type.minLength, type.maxLength)
  if (limits === null) return code`${scalar(type.format)}`
  return code`${scalar('textOf')}(${limits}, ${scalar(type.format)})`
}
