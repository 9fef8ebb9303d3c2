import { unreachable } from '../../kernel/bug.js'
import type { Literal } from '../../model/expression.js'
import type { Type } from '../../model/type.js'
import type { ExtendedJson } from '../collections.js'

/**
 * What a value is when it is compared: snowflakes are stored as text and compared as the numbers they stand for, and so
 * are decimals and milliseconds of documents of before, which have text and Dates; everything else as it is stored.
 */
export type Shape =
  | 'number'
  | 'bigint'
  | 'decimal'
  | 'float'
  | 'snowflake'
  | 'objectid'
  | 'instant'
  | 'epoch'
  | 'boolean'
  | 'text'
  | 'list'
  | 'other'

export interface Operand {
  readonly value: ExtendedJson
  readonly shape: Shape
  readonly nullable: boolean
  /** The literal that it is, so that it can take the shape of what it is compared with. */
  readonly literal: Literal | null
}

export const shapeOf = (type: Type): Shape => {
  switch (type.kind) {
    case 'integer':
    case 'duration':
      return 'number'
    case 'float':
      return 'float'
    case 'bigint':
      return 'bigint'
    case 'decimal':
      return 'decimal'
    case 'snowflake':
      return 'snowflake'
    case 'timestamp':
      return type.form === 'milliseconds' ? 'epoch' : 'instant'
    case 'boolean':
      return 'boolean'
    case 'uuid':
    case 'text':
    case 'format':
    case 'date':
    case 'time':
      return 'text'
    case 'list':
    case 'vector':
      return 'list'
    case 'identity':
    case 'objectid':
      return 'objectid'
    case 'enum':
    case 'json':
    case 'object':
    case 'map':
    case 'bytes':
    case 'union':
      return 'other'
    default:
      return unreachable(type)
  }
}

const isWhole = (digits: string): boolean => /^-?\d+$/.test(digits)

const isObjectId = (text: string): boolean => /^[0-9a-f]{24}$/.test(text)

const numberValue = (digits: string): ExtendedJson =>
  isWhole(digits) && !Number.isSafeInteger(Number(digits)) ? { $numberLong: digits } : Number(digits)

/** Compared with whole numbers of 64 bits, a fraction keeps their digits as a decimal. */
const fraction = (digits: string): ExtendedJson => ({ $numberDecimal: digits })

/** A literal in the form that a value of a shape is stored in. */
export const literalValue = (literal: Literal, shape: Shape): ExtendedJson => {
  switch (literal.kind) {
    case 'null':
      return null
    case 'boolean':
      return literal.truth
    case 'string':
      if (shape === 'objectid' && isObjectId(literal.text)) return { $oid: literal.text }
      if (shape === 'epoch') return new Date(literal.text).getTime()
      return shape === 'instant' ? { $date: new Date(literal.text).toISOString() } : literal.text
    case 'number':
      if (shape === 'decimal') return fraction(literal.text)
      if (shape === 'bigint') return isWhole(literal.text) ? { $numberLong: literal.text } : fraction(literal.text)
      return shape === 'snowflake' ? literal.text : numberValue(literal.text)
    default:
      return unreachable(literal)
  }
}

const literalShape = (literal: Literal): Shape => {
  switch (literal.kind) {
    case 'null':
      return 'other'
    case 'boolean':
      return 'boolean'
    case 'string':
      return 'text'
    case 'number':
      return 'number'
    default:
      return unreachable(literal)
  }
}

/** Text that the aggregation language would read as a path is marked as a literal. */
const quoted = (value: ExtendedJson): ExtendedJson =>
  typeof value === 'string' && value.startsWith('$') ? { $literal: value } : value

export const literalOperand = (literal: Literal): Operand => {
  const shape = literalShape(literal)
  return { value: quoted(literalValue(literal, shape)), shape, nullable: literal.kind === 'null', literal }
}

export const operand = (value: ExtendedJson, shape: Shape, nullable: boolean): Operand => ({
  value,
  shape,
  nullable,
  literal: null,
})

const numeric: readonly Shape[] = ['number', 'bigint', 'decimal', 'float']

/** The shape in which two operands are compared: that of the one which is no literal; as in SQL, a float makes the other a float. */
export const commonShape = (left: Operand, right: Operand): Shape => {
  if (left.literal !== null) return right.shape
  if (right.literal !== null) return left.shape
  if (left.shape === 'instant' || right.shape === 'instant') return 'instant'
  return numeric[Math.max(numeric.indexOf(left.shape), numeric.indexOf(right.shape))] ?? left.shape
}

const isFraction = ({ literal }: Operand): boolean => literal?.kind === 'number' && !isWhole(literal.text)

/** The shape in which two numbers are computed with: whole ones and a fraction that is written out make a decimal, as in SQL. */
export const exactShape = (left: Operand, right: Operand): Shape => {
  const common = commonShape(left, right)
  return common !== 'float' && numeric.includes(common) && (isFraction(left) || isFraction(right)) ? 'decimal' : common
}

/** `isNumeric`: as what it stands for. Equality of snowflakes needs no conversion, since each has one spelling. */
export const asShape = ({ value, shape, literal }: Operand, wanted: Shape, isNumeric: boolean): ExtendedJson => {
  if (literal !== null) {
    const plain = quoted(literalValue(literal, wanted))
    return wanted === 'snowflake' && isNumeric && literal.kind !== 'null' ? { $toLong: plain } : plain
  }
  if (wanted === 'decimal') return { $toDecimal: value }
  if (shape === 'epoch') return wanted === 'instant' ? { $toDate: { $toLong: value } } : { $toLong: value }
  if (wanted === 'float' && shape === 'decimal') return { $toDouble: value }
  return shape === 'snowflake' && isNumeric ? { $toLong: value } : value
}

/** Whether a value is null or missing. */
export const isNull = (value: ExtendedJson): ExtendedJson => ({ $eq: [{ $ifNull: [value, null] }, null] })
