import { known, unreachable } from '../../kernel/bug.js'
import type { Arithmetic, Expression, FunctionName } from '../../model/expression.js'
import type { Type } from '../../model/type.js'
import { all, any, type Condition, isNever, leaf, never, opposite, printCondition } from './condition.js'
import { asShape, commonShape, derived, exact, literalOperand, type Operand, operand, type Shape } from './operand.js'
import type { RuntimeFunction } from './runtime.js'
import type { Read } from './scope.js'
import type { Terms } from './terms.js'

/** What a value of a type is in code. */
export const shapeOf = (type: Type): Shape => {
  switch (type.kind) {
    case 'timestamp':
      return 'instant'
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
    case 'identity':
      return 'id'
    case 'boolean':
      return 'boolean'
    case 'uuid':
    case 'objectid':
    case 'text':
    case 'format':
    case 'date':
    case 'time':
      return 'text'
    case 'enum':
    case 'json':
    case 'object':
    case 'list':
    case 'map':
    case 'bytes':
    case 'vector':
    case 'union':
      return 'other'
    default:
      return unreachable(type)
  }
}

const largestOf = (type: Type): bigint => {
  if (type.kind !== 'integer') return exact
  return { smallint: 2n ** 15n, integer: 2n ** 31n, long: exact }[type.width]
}

/** Whether a field was not given, as in a patch. */
export const absentTest = (read: Read): Condition => (read.given === null ? never : leaf(`${read.given} === undefined`))

const unknownTest = (read: Read): Condition => {
  if (!read.nullable) return absentTest(read)
  const either = read.given !== null || read.nested
  return leaf(`${read.code} ${either ? '== null' : '=== null'}`)
}

const nullTest = (read: Read): Condition => {
  if (!read.nullable) return never
  if (!read.nested) return leaf(`${read.code} === null`)
  return all([opposite(absentTest(read)), leaf(`${read.code} == null`)])
}

/** The value of a field in the form of rows, where documents have it in another. */
const ofStored = ({ type, code }: Read): Pick<Operand, 'code' | 'uses'> | null => {
  if (type.kind === 'decimal' && type.inMongo === 'decimal128')
    return { code: `spellDecimal(${code}, ${type.scale})`, uses: ['spellDecimal'] }
  return type.kind === 'timestamp' && type.form === 'milliseconds' ? { code: `new Date(${code})`, uses: [] } : null
}

const fieldOperand = (read: Read): Operand => {
  const converted = read.stored ? ofStored(read) : null
  return operand(converted?.code ?? read.code, shapeOf(read.type), {
    unknown: unknownTest(read),
    absent: absentTest(read),
    isNull: nullTest(read),
    yieldsNull: converted === null,
    largest: largestOf(read.type),
    uses: converted?.uses ?? [],
  })
}

/** The type of a field's values in TypeScript, in documents (`stored`) or rows. */
export const fieldTypeText = (type: Type, stored: boolean): string => {
  if (stored && type.kind === 'decimal' && type.inMongo === 'decimal128') return '{ toString(): string }'
  if (stored && type.kind === 'timestamp' && type.form === 'milliseconds') return 'number'
  return typeTextOf(shapeOf(type))
}

/** The value of an expression, in the given terms. */
export const operandOf = (expression: Expression, terms: Terms): Operand => {
  switch (expression.kind) {
    case 'field':
      return fieldOperand(terms.read(expression.path))
    case 'literal':
      return literalOperand(expression.value)
    case 'now':
      return operand('new Date()', 'instant')
    case 'negate':
      return negated(operandOf(expression.operand, terms))
    case 'arithmetic':
      return computed(expression.operator, operandOf(expression.left, terms), operandOf(expression.right, terms))
    case 'call':
      return called(
        expression.function,
        expression.arguments.map((argument) => operandOf(argument, terms)),
      )
    case 'not':
    case 'and':
    case 'or':
    case 'compare':
    case 'is-null':
    case 'in':
    case 'between':
      return truthValue(expression, terms)
    default:
      return unreachable(expression)
  }
}

const truthValue = (expression: Expression, terms: Terms): Operand => {
  const holds = terms.truth(expression, 'holds')
  const passes = terms.truth(expression, 'passes')
  const code = `(${printCondition(holds.condition)})`
  const same = printCondition(passes.condition) === code.slice(1, -1)
  const unknown = same ? never : all([passes.condition, leaf(`!${code}`)])
  return operand(code, 'boolean', { unknown, isNull: unknown, uses: holds.uses })
}

const zero = (shape: Shape): string => (shape === 'bigint' ? '0n' : '0')

const negated = (inner: Operand): Operand => {
  if (inner.shape === 'decimal') return decimalCall('subtractDecimals', operand("'0'", 'decimal'), inner)
  return derived(`(${zero(inner.shape)} - ${inner.code})`, inner.shape, [inner], { largest: inner.largest })
}

const decimalFunctions: Readonly<Record<Arithmetic, RuntimeFunction>> = {
  '+': 'addDecimals',
  '-': 'subtractDecimals',
  '*': 'multiplyDecimals',
}

const decimalCall = (name: RuntimeFunction, left: Operand, right: Operand): Operand =>
  derived(`${name}(${left.code}, ${right.code})`, 'decimal', [left, right], {
    uses: [...left.uses, ...right.uses, name],
  })

const largestResult = (operator: Arithmetic, left: Operand, right: Operand): bigint =>
  operator === '*' ? left.largest * right.largest : left.largest + right.largest

const isWholeOrLiteral = ({ shape, literal }: Operand): boolean => shape !== 'float' || literal !== null

/** Whole numbers and a fraction that is written out make a decimal, as in SQL: a float would round it. */
const exactShape = (left: Operand, right: Operand): Shape => {
  const common = commonShape(left, right)
  return common === 'float' && isWholeOrLiteral(left) && isWholeOrLiteral(right) ? 'decimal' : common
}

const computed = (operator: Arithmetic, left: Operand, right: Operand): Operand => {
  const common = exactShape(left, right)
  const largest = largestResult(operator, left, right)
  const shape = common === 'number' && largest > exact ? 'bigint' : common
  const [a, b] = [asShape(left, shape), asShape(right, shape)]
  if (shape === 'decimal') return decimalCall(decimalFunctions[operator], a, b)
  return derived(`(${a.code} ${operator} ${b.code})`, shape, [a, b], { largest })
}

const called = (name: FunctionName, given: readonly Operand[]): Operand => {
  const first = known(given[0], `the argument of ${name}`)
  switch (name) {
    case 'length':
      if (first.shape !== 'text') return derived(`${first.code}.length`, 'number', [first], { largest: 2n ** 31n })
      return derived(`countCharacters(${first.code})`, 'number', [first], {
        largest: 2n ** 31n,
        uses: [...first.uses, 'countCharacters'],
      })
    case 'lower':
      return derived(`lowerAscii(${first.code})`, 'text', [first], { uses: [...first.uses, 'lowerAscii'] })
    case 'upper':
      return derived(`upperAscii(${first.code})`, 'text', [first], { uses: [...first.uses, 'upperAscii'] })
    case 'coalesce':
      return given.slice(1).reduce(coalesced, first)
    default:
      return unreachable(name)
  }
}

const typeText: Readonly<Record<Shape, string>> = {
  instant: 'Date',
  number: 'number',
  float: 'number',
  bigint: 'bigint',
  decimal: 'string',
  id: 'string',
  text: 'string',
  boolean: 'boolean',
  other: 'unknown',
}

/** The type of a shape's values in TypeScript. */
export const typeTextOf = (shape: Shape): string => typeText[shape]

/** The first of two that is not null; unknown when one was not given, for who knows what it is. */
const coalesced = (left: Operand, right: Operand): Operand => {
  const shape = exactShape(left, right)
  const chosen = `(${orNull(asShape(left, shape))} ?? ${orNull(asShape(right, shape))})`
  const absent = any([left.absent, right.absent])
  const parts = {
    absent,
    uses: [...left.uses, ...right.uses],
    largest: exact,
    yieldsNull: true,
  }
  if (isNever(right.unknown)) return operand(chosen, shape, { ...parts, unknown: absent })
  return operand(`(${chosen} as ${typeTextOf(shape)})`, shape, {
    ...parts,
    unknown: any([absent, leaf(`${chosen} == null`)]),
    isNull: all([opposite(absent), leaf(`${chosen} == null`)]),
  })
}

/** The code of a value that is null where the value is. */
const orNull = (inner: Operand): string =>
  isNever(inner.unknown) || inner.yieldsNull ? inner.code : `(${printCondition(inner.unknown)} ? null : ${inner.code})`
