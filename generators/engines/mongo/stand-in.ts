import { Ajv } from 'ajv'
import { Context, evalExpr } from 'mingo/core'
import * as expressionOperators from 'mingo/operators/expression'
import * as queryOperators from 'mingo/operators/query'
import { Query } from 'mingo/query'
import { mongo } from 'mongoose'
import type { ExtendedJson, ExtendedJsonObject } from '../../document/index.js'
import { addDecimals, multiplyDecimals, negateDecimal, withScale } from '../../kernel/decimal.js'
import { bsonOrder, bsonTypeOf } from './bson-order.js'
import { comparisons, decimalOf, type Operator, ofDecimals, toDate, toDecimal, toDouble, toLong } from './decimals.js'
import { ownQueryOperators } from './query-operators.js'

/**
 * A stand-in for a server where there is none: `$jsonSchema` is judged by ajv with MongoDB's `bsonType`, the rest of a
 * validator by mingo. Neither is MongoDB; tests that need the real one ask for `MONGODB_URI`.
 */
export type Accepts = (document: { readonly [path: string]: unknown }) => boolean

const { BSON } = mongo

/** ajv compares numbers only; bounds of documents are also those of 64 bits. */
const readable = (schema: ExtendedJson): ExtendedJson => {
  if (Array.isArray(schema)) return schema.map((item: ExtendedJson) => readable(item))
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) =>
      numeric.has(key) && !isSchema(value) ? [`${key}InBson`, value] : [key, readable(value)],
    ),
  )
}

const numeric: ReadonlySet<string> = new Set(['minimum', 'maximum', 'multipleOf'])

/** A field may be called by a keyword's name; a bound is a number, bare or marked as one of 64 bits or a decimal. */
const isSchema = (value: ExtendedJson): boolean =>
  typeof value === 'object' && value !== null && !('$numberLong' in value) && !('$numberDecimal' in value)

type Bound = number | { readonly $numberLong: string } | { readonly $numberDecimal: string }

const boundOf = (bound: Bound): number | bigint | mongo.Decimal128 => {
  if (typeof bound === 'number') return bound
  return '$numberLong' in bound ? BigInt(bound.$numberLong) : mongo.Decimal128.fromString(bound.$numberDecimal)
}

type BsonNumber = ReturnType<typeof boundOf>

const isNumeric = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint'

const isNumber = (value: unknown): value is BsonNumber => isNumeric(value) || value instanceof mongo.Decimal128

/** NaN is within no bounds. */
const ordered =
  (holds: (order: number) => boolean) =>
  (value: BsonNumber, bound: BsonNumber): boolean =>
    holds(bsonOrder(value, bound) ?? Number.NaN)

const isMultiple = (value: BsonNumber, of: BsonNumber): boolean => {
  if (typeof value === 'number') return Number.isInteger(value / Number(String(of)))
  const [a, b] = [decimalOf(value), decimalOf(of)]
  if (a === null || b === null) return false
  const scale = Math.max(a.scale, b.scale)
  return withScale(a, scale).units % withScale(b, scale).units === 0n
}

const structureOf = (schema: ExtendedJson): Accepts => {
  const ajv = new Ajv({ strict: false, unicodeRegExp: true })
  ajv.addKeyword({
    keyword: 'bsonType',
    validate: (types: string | readonly string[], value: unknown) => [types].flat().includes(bsonTypeOf(value)),
  })
  const ofNumbers = (keyword: string, holds: (value: BsonNumber, bound: BsonNumber) => boolean) =>
    ajv.addKeyword({
      keyword: `${keyword}InBson`,
      validate: (bound: Bound, value: unknown) => !isNumber(value) || holds(value, boundOf(bound)),
    })
  ofNumbers(
    'minimum',
    ordered((order) => order >= 0),
  )
  ofNumbers(
    'maximum',
    ordered((order) => order <= 0),
  )
  ofNumbers('multipleOf', isMultiple)
  const validate = ajv.compile(readable(schema) as object)
  return (document) => validate(document) === true
}

const sizeOf = (value: unknown): number | null => {
  if (value instanceof mongo.Binary) return value.length()
  return value instanceof Uint8Array ? value.length : null
}

const binarySize = (...[document, expression, options]: Parameters<typeof evalExpr>) =>
  sizeOf(evalExpr(document, expression, options))

/** `$toLower` and `$toUpper` change letters of ASCII only, and take null for an empty text; mingo's change all letters. */
const inAscii =
  (letters: RegExp, change: (letter: string) => string) =>
  (...[document, expression, options]: Parameters<typeof evalExpr>): string =>
    String([evalExpr(document, expression, options)].flat()[0] ?? '').replace(letters, change)

/** Whole numbers of 64 bits are calculated exactly; mingo refuses them. Beside a fraction, or beyond 64 bits, all are doubles. */
const ofLongs =
  (
    byMingo: Operator,
    exactly: (left: bigint, right: bigint) => bigint,
    rounded: (left: number, right: number) => number,
  ): Operator =>
  (document, expression, options) => {
    const operands: readonly unknown[] = [expression]
      .flat()
      .map((one) => evalExpr(document, one as Parameters<typeof evalExpr>[1], options))
    if (operands.some((value) => value === null || value === undefined)) return null
    if (!operands.some((value) => typeof value === 'bigint') || !operands.every(isNumeric))
      return byMingo(document, expression, options)
    if (!operands.every((value) => typeof value === 'bigint' || Number.isInteger(value)))
      return operands.map(Number).reduce(rounded)
    const result = operands.map((value) => BigInt(value)).reduce(exactly)
    return BigInt.asIntN(64, result) === result ? result : Number(result)
  }

/** What mingo lacks of the aggregation language, or reads otherwise than MongoDB. */
const ownOperators = Object.fromEntries([
  ['$binarySize', binarySize],
  [
    '$add',
    ofDecimals(
      ofLongs(
        expressionOperators.$add,
        (left, right) => left + right,
        (left, right) => left + right,
      ),
      addDecimals,
    ),
  ],
  [
    '$subtract',
    ofDecimals(
      ofLongs(
        expressionOperators.$subtract,
        (left, right) => left - right,
        (left, right) => left - right,
      ),
      (left, right) => addDecimals(left, negateDecimal(right)),
    ),
  ],
  [
    '$multiply',
    ofDecimals(
      ofLongs(
        expressionOperators.$multiply,
        (left, right) => left * right,
        (left, right) => left * right,
      ),
      multiplyDecimals,
    ),
  ],
  ...comparisons,
  ['$toDecimal', toDecimal],
  ['$toDouble', toDouble],
  ['$toLong', toLong],
  ['$toDate', toDate],
  ['$toLower', inAscii(/[A-Z]/g, (letter) => letter.toLowerCase())],
  ['$toUpper', inAscii(/[a-z]/g, (letter) => letter.toUpperCase())],
])

const context = Context.init({
  expression: { ...expressionOperators, ...ownOperators },
  query: queryOperators,
})

const options = { context } as Parameters<typeof evalExpr>[2]

/** In an expression mingo would take an object for an operator, and has no decimals of its own. */
const inExpression = (value: unknown): unknown => {
  if (value instanceof mongo.Decimal128) return { $toDecimal: value.toString() }
  if (Array.isArray(value)) return value.map(inExpression)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (value instanceof mongo.ObjectId) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inExpression(inner)]))
}

/** mingo reads the operators that are not read here; it prints what it reads, which no bigint can be. */
const byMingo = (path: string, operator: string, operand: unknown): Test => {
  const query = new Query({ [path]: { [operator]: operand } }, { context })
  return (document) => query.test(document)
}

type Test = (document: Document) => boolean

type Document = Record<string, unknown>

const isOperators = (condition: unknown): condition is Readonly<Record<string, unknown>> =>
  typeof condition === 'object' && condition !== null && Object.keys(condition).some((key) => key.startsWith('$'))

const testOfPath = (path: string, condition: unknown): Test => {
  const tests = Object.entries(isOperators(condition) ? condition : { $eq: condition }).map(
    ([operator, operand]) => ownQueryOperators[operator]?.(path, operand) ?? byMingo(path, operator, operand),
  )
  return (document) => tests.every((test) => test(document))
}

const testOf = (key: string, operand: unknown): Test => {
  if (key === '$expr') {
    const expression = inExpression(operand) as Parameters<typeof evalExpr>[1]
    return (document) => Boolean(evalExpr(document, expression, options))
  }
  const tests = (): readonly Test[] => [operand].flat().map((query) => testOfQuery(query as object))
  switch (key) {
    case '$and':
      return (
        (all) => (document) =>
          all.every((test) => test(document))
      )(tests())
    case '$or':
      return (
        (all) => (document) =>
          all.some((test) => test(document))
      )(tests())
    case '$nor':
      return (
        (all) => (document) =>
          !all.some((test) => test(document))
      )(tests())
    default:
      return testOfPath(key, operand)
  }
}

const testOfQuery = (query: object): Test => {
  const tests = Object.entries(query).map(([key, operand]) => testOf(key, operand))
  return (document) => tests.every((test) => test(document))
}

/** Whether the stand-ins take a document, for a filter or a validator as Extended JSON. */
export const accepts = ({ $jsonSchema, ...query }: ExtendedJsonObject): Accepts => {
  const structure = $jsonSchema === undefined ? () => true : structureOf($jsonSchema)
  const rest = testOfQuery(BSON.EJSON.deserialize(query, { useBigInt64: true }))
  return (document) => structure(document) && rest({ ...document })
}
