import { bug } from '../../kernel/bug.js'
import { stringLiteral } from '../../kernel/safe/typescript.js'
import type { Literal } from '../../model/expression.js'
import { all, always, any, bare, type Condition, never, opposite } from './condition.js'
import type { RuntimeFunction } from './runtime.js'

/** What a value is while the program computes with it, which decides how it is compared. */
export type Shape = 'instant' | 'number' | 'float' | 'bigint' | 'decimal' | 'id' | 'text' | 'boolean' | 'other'

/** A value of an expression as TypeScript, apart from whether it is there. */
export interface Operand {
  /** An expression that binds at least as tightly as a call, valid where no condition of `unknown` holds. */
  readonly code: string
  readonly shape: Shape
  /** True when the value is null or was not given. */
  readonly unknown: Condition
  /** True when it was not given: then even `is null` has no answer. */
  readonly absent: Condition
  /** True when it was given, and is null. */
  readonly isNull: Condition
  /** Whether the code itself is null where the value is, as that of a field. Of what is computed it is anything, or throws. */
  readonly yieldsNull: boolean
  /** The largest magnitude of a whole number; what may leave the exact range of a number is computed as a bigint. */
  readonly largest: bigint
  /** The literal it is, if it is one: it takes the shape of what it meets. */
  readonly literal: Literal | null
  readonly uses: readonly RuntimeFunction[]
}

export const exact = 2n ** 53n - 1n

export const operand = (code: string, shape: Shape, parts: Partial<Operand> = {}): Operand => ({
  code,
  shape,
  unknown: never,
  absent: never,
  isNull: never,
  yieldsNull: false,
  largest: exact,
  literal: null,
  uses: [],
  ...parts,
})

/** An operand computed from others: unknown when one of them is. */
export const derived = (
  code: string,
  shape: Shape,
  from: readonly Operand[],
  parts: Partial<Operand> = {},
): Operand => {
  const unknown = any(from.map((inner) => inner.unknown))
  const absent = any(from.map((inner) => inner.absent))
  const isNull = all([opposite(absent), unknown])
  return operand(code, shape, { unknown, absent, isNull, uses: from.flatMap((inner) => inner.uses), ...parts })
}

const isWhole = (text: string): boolean => /^-?\d+$/.test(text)

const magnitude = (text: string): bigint => BigInt(text.replace(/^-/, ''))

export const literalOperand = (literal: Literal): Operand => {
  switch (literal.kind) {
    case 'string':
      return operand(stringLiteral(literal.text), 'text', { literal })
    case 'boolean':
      return operand(String(literal.truth), 'boolean', { literal })
    case 'null':
      return operand('null', 'other', { literal, unknown: always, isNull: always, yieldsNull: true })
    case 'number':
      if (!isWhole(literal.text)) return operand(literal.text, 'float', { literal })
      if (magnitude(literal.text) > exact) return operand(`${literal.text}n`, 'bigint', { literal })
      return operand(literal.text, 'number', { literal, largest: magnitude(literal.text) })
  }
}

/** The instant of a timestamp literal, as ISO 8601 in UTC: a text without a zone is UTC. */
export const instantOf = (text: string): string => {
  const iso = text.trim().replace(' ', 'T')
  const zoned = !iso.includes('T') || /(?:Z|[+-]\d{2}(?::?\d{2})?)$/i.test(iso)
  const read = new Date(zoned ? iso : `${iso}Z`)
  return Number.isNaN(read.getTime()) ? bug(`no timestamp: ${text}`) : read.toISOString()
}

const literalAs = (literal: Literal, shape: Shape, inner: Operand): Operand => {
  if (literal.kind === 'null') return inner
  const text = literal.kind === 'string' || literal.kind === 'number' ? literal.text : inner.code
  switch (shape) {
    case 'instant':
      return operand(`new Date('${instantOf(text)}')`, shape, { literal })
    case 'bigint':
      return isWhole(text) ? operand(`${BigInt(text)}n`, shape, { literal }) : inner
    case 'decimal':
    case 'id':
    case 'text':
      return operand(stringLiteral(text), shape, { literal })
    default:
      return inner
  }
}

/** The operand as a value of another shape: of two shapes that meet, the one that loses nothing. */
export const asShape = (inner: Operand, shape: Shape): Operand => {
  if (inner.shape === shape) return inner
  if (inner.literal !== null) return literalAs(inner.literal, shape, inner)
  const by = (name: string): Operand => ({ ...inner, shape, code: `${name}(${bare(inner.code)})`, yieldsNull: false })
  switch (shape) {
    case 'bigint':
      return by('BigInt')
    case 'decimal':
      return by('String')
    case 'float':
      return inner.shape === 'number' ? inner : by('Number')
    case 'number':
      return inner.shape === 'bigint' ? by('Number') : inner
    default:
      return inner
  }
}

const numeric: readonly Shape[] = ['number', 'bigint', 'decimal', 'float']

/** The shape in which two values can be compared or computed with; as in SQL, a float makes the other a float. */
export const commonShape = (left: Operand, right: Operand): Shape => {
  if (left.shape === right.shape) return left.shape
  if (left.literal !== null && right.literal === null) return shapeForLiteral(left, right.shape)
  if (right.literal !== null && left.literal === null) return shapeForLiteral(right, left.shape)
  return numeric[Math.max(numeric.indexOf(left.shape), numeric.indexOf(right.shape))] ?? left.shape
}

/** A fraction beside whole numbers: beside a bigint it is a decimal, since a float would round the bigint. */
const shapeForLiteral = (literal: Operand, other: Shape): Shape => {
  if (other === 'bigint' && literal.shape === 'float') return 'decimal'
  if (other === 'number' && (literal.shape === 'float' || literal.shape === 'bigint')) return literal.shape
  return other
}
