import { bsonOrder, bsonTypeOf, isSameBson } from './bson-order.js'

/** Whether a document meets a condition. */
type Test = (document: unknown) => boolean

/** An operator of queries as mingo calls it: for a path and what stands beside the operator. */
type QueryOperator = (path: string, operand: unknown) => Test

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** What stands at a path; a path goes into the items of a list. */
const standingAt = (value: unknown, [step, ...rest]: readonly string[]): readonly unknown[] => {
  if (step === undefined) return [value]
  if (Array.isArray(value)) return value.flatMap((item) => (isRecord(item) ? standingAt(item, [step, ...rest]) : []))
  return standingAt(isRecord(value) ? value[step] : undefined, rest)
}

/** What a condition on a path is asked of: what stands there, and each item where that is a list. */
const candidates = (document: unknown, path: string): readonly unknown[] =>
  standingAt(document, path.split('.')).flatMap((value) => (Array.isArray(value) ? [value, ...value] : [value]))

const some =
  (isMet: (value: unknown, operand: unknown) => boolean): QueryOperator =>
  (path, operand) =>
  (document) =>
    candidates(document, path).some((value) => isMet(value, operand))

const no =
  (operator: QueryOperator): QueryOperator =>
  (path, operand) => {
    const test = operator(path, operand)
    return (document) => !test(document)
  }

/** What is missing equals null. */
const isEqual = (value: unknown, operand: unknown): boolean => isSameBson(value ?? null, operand ?? null)

const ordered = (isMet: (order: number) => boolean): QueryOperator =>
  some((value, operand) => {
    const order = bsonOrder(value, operand)
    return order !== null && isMet(order)
  })

const equal = some(isEqual)
const among = some((value, options) => Array.isArray(options) && options.some((option) => isEqual(value, option)))

/** What mingo lacks of the query language, or reads otherwise than MongoDB: numbers of several widths, ids, types. */
export const ownQueryOperators: Readonly<Record<string, QueryOperator>> = Object.fromEntries([
  ['$eq', equal],
  ['$ne', no(equal)],
  ['$in', among],
  ['$nin', no(among)],
  ['$lt', ordered((order) => order < 0)],
  ['$lte', ordered((order) => order <= 0)],
  ['$gt', ordered((order) => order > 0)],
  ['$gte', ordered((order) => order >= 0)],
  ['$type', some((value, types) => [types].flat().includes(bsonTypeOf(value)))],
])
