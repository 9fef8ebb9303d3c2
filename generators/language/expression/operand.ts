import { unreachable } from '../../kernel/bug.js'
import type { Arithmetic, Literal } from '../../model/expression.js'
import { findEnum } from '../../model/lookup.js'
import type { EnumDefinition, SchemaSet } from '../../model/schema-set.js'
import type { Type } from '../../model/type.js'

export type IdKind = 'snowflake' | 'identity' | 'uuid' | 'objectid'

/**
 * A number by what can be lost of it: `decimal` has at most so many digits after the point, `single` survives single
 * precision.
 */
export interface NumberOperand {
  readonly kind: 'number'
  readonly of: 'whole' | 'decimal' | 'single' | 'double'
  readonly digits: number
}

export const whole: NumberOperand = { kind: 'number', of: 'whole', digits: 0 }

const single: NumberOperand = { kind: 'number', of: 'single', digits: Number.POSITIVE_INFINITY }
const double: NumberOperand = { ...single, of: 'double' }

const decimal = (digits: number): NumberOperand => ({ kind: 'number', of: 'decimal', digits })

/**
 * What an expression is to the checker. Literals stay what they are written as until the other side says what they
 * mean; `any` has been reported already and fits everywhere; `opaque` answers `is null` and nothing else.
 */
export type Operand =
  | { readonly kind: 'boolean' | 'text' | 'timestamp' | 'date' | 'time' | 'null' | 'any' }
  | NumberOperand
  | { readonly kind: 'id'; readonly of: IdKind }
  | { readonly kind: 'enum'; readonly enum: EnumDefinition }
  | { readonly kind: 'opaque'; readonly type: Type['kind'] }
  | { readonly kind: 'literal'; readonly value: Literal & { readonly kind: 'string' | 'number' } }

const enumOperand = (set: SchemaSet, name: string): Operand => {
  const definition = findEnum(set, name)
  return definition === undefined ? { kind: 'any' } : { kind: 'enum', enum: definition }
}

/** What a field of a type is to the checker. */
export const operandOfType = (set: SchemaSet, type: Type): Operand => {
  switch (type.kind) {
    case 'snowflake':
    case 'identity':
    case 'uuid':
    case 'objectid':
      return { kind: 'id', of: type.kind }
    case 'text':
    case 'format':
      return { kind: 'text' }
    case 'integer':
    case 'bigint':
    case 'duration':
      return whole
    case 'float':
      return type.width === 'real' ? single : double
    case 'decimal':
      return decimal(type.scale)
    case 'boolean':
    case 'timestamp':
    case 'date':
    case 'time':
      return { kind: type.kind }
    case 'enum':
      return enumOperand(set, type.enum)
    case 'json':
    case 'object':
    case 'list':
    case 'map':
    case 'bytes':
    case 'vector':
    case 'union':
      return { kind: 'opaque', type: type.kind }
    default:
      return unreachable(type)
  }
}

export const operandOfLiteral = (value: Literal): Operand => {
  switch (value.kind) {
    case 'boolean':
    case 'null':
      return { kind: value.kind }
    case 'string':
    case 'number':
      return { kind: 'literal', value }
    default:
      return unreachable(value)
  }
}

const digitsOf = (text: string): number => text.split('.')[1]?.length ?? 0

/** A number as it is computed with; null for what is none. A literal is what its digits make it. */
export const numberOf = (operand: Operand): NumberOperand | null => {
  if (operand.kind === 'number') return operand
  if (operand.kind !== 'literal' || operand.value.kind !== 'number') return null
  const digits = digitsOf(operand.value.text)
  return digits === 0 ? whole : decimal(digits)
}

const isExact = ({ of }: NumberOperand): boolean => of === 'whole' || of === 'decimal'

const exactNumber = (a: NumberOperand, b: NumberOperand, digits: number): NumberOperand =>
  a.of === 'whole' && b.of === 'whole' ? whole : decimal(digits)

/** What is computed from two numbers: of floats a double. */
export const computedNumber = (operator: Arithmetic, a: NumberOperand, b: NumberOperand): NumberOperand => {
  if (!isExact(a) || !isExact(b)) return double
  return exactNumber(a, b, operator === '*' ? a.digits + b.digits : Math.max(a.digits, b.digits))
}

/** What is one of two numbers. */
export const eitherNumber = (a: NumberOperand, b: NumberOperand): NumberOperand => {
  if (isExact(a) && isExact(b)) return exactNumber(a, b, Math.max(a.digits, b.digits))
  return a.of === 'single' && b.of === 'single' ? single : double
}

/** Whether a field of one number's type holds every value of another, with no digit lost. */
export const holdsNumber = (wanted: NumberOperand, found: NumberOperand): boolean => {
  if (wanted.of === 'double') return true
  if (found.of === 'whole') return wanted.of !== 'single'
  return wanted.of === found.of && found.digits <= wanted.digits
}

const opaqueWords: Readonly<Record<string, string>> = {
  json: 'JSON',
  object: 'an object',
  list: 'a list',
  map: 'a map',
  bytes: 'bytes',
  vector: 'a vector',
  union: 'a union',
}

const describeNumber = ({ of, digits }: NumberOperand): string => {
  switch (of) {
    case 'whole':
      return 'a whole number'
    case 'decimal':
      return `a decimal with up to ${digits} digits after the point`
    case 'single':
      return 'a number of single precision'
    case 'double':
      return 'a number'
    default:
      return unreachable(of)
  }
}

/** An operand as a message names it. */
export const describeOperand = (operand: Operand): string => {
  switch (operand.kind) {
    case 'boolean':
      return 'a boolean'
    case 'text':
      return 'text'
    case 'timestamp':
    case 'date':
    case 'time':
      return `a ${operand.kind}`
    case 'null':
    case 'any':
      return 'null'
    case 'number':
      return describeNumber(operand)
    case 'id':
      return `${/^[aeiou]/.test(operand.of) && operand.of !== 'uuid' ? 'an' : 'a'} ${operand.of}`
    case 'enum':
      return `the enum \`${operand.enum.name}\``
    case 'opaque':
      return opaqueWords[operand.type] ?? operand.type
    case 'literal':
      return operand.value.kind === 'string'
        ? `the text ${shownLiteral(operand.value)}`
        : `the number ${operand.value.text}`
    default:
      return unreachable(operand)
  }
}

/** A literal as it is written in a predicate. */
export const shownLiteral = (value: Literal): string => {
  switch (value.kind) {
    case 'string':
      return `'${value.text.replaceAll("'", "''")}'`
    case 'number':
      return value.text
    case 'boolean':
      return String(value.truth)
    case 'null':
      return 'null'
    default:
      return unreachable(value)
  }
}
