import { mongo } from 'mongoose'
import { z } from 'zod'
import type { Condition } from '../conditions/condition.js'
import { CursorError } from '../errors.js'
import { type Cursor, cursorAfter, valuesOf } from '../pages/cursor.js'
import type { Sort } from '../pages/order.js'
import { type ConditionPath, type ConditionPaths, digitsFilter, type Filter, whereFilter } from './where.js'

/** What a page is asked with: the filter, and the sort that ends in the key. */
export interface PageQuery {
  readonly filter: Filter
  readonly sort: { readonly [path: string]: 1 | -1 }
  readonly limit: number
  /** The paths whose texts are ordered as the numbers that they spell. */
  readonly digits: readonly string[]
}

export interface PageRequest {
  readonly condition: Condition
  readonly sorts: readonly Sort[]
  readonly limit: number
  readonly after: Cursor | null
  /**
   * The fields that the caller ordered by. The key that comes after them only tells rows apart: digits of it are in the order
   * of texts, which every index has.
   */
  readonly ordered?: readonly string[]
  /** The named list that it is a page of, and the condition that this has on its documents. */
  readonly list?: { readonly name: string; readonly where: Filter | null }
}

const conditionPath = (paths: ConditionPaths, field: string): ConditionPath => {
  const path = paths[field]
  if (path === undefined) throw new TypeError(`no path of ${field}`)
  return path
}

const pathOf = (paths: ConditionPaths, field: string): string => conditionPath(paths, field).path

const { EJSON } = mongo.BSON

const wrapped = z.looseObject({ value: z.unknown() })

/** A stored value as JSON, with its class: a plain number would round a whole number of 64 bits. */
const jsonOf = (value: unknown): z.core.util.JSONType =>
  z.json().parse(EJSON.serialize({ value: value ?? null }, { relaxed: false })['value'])

/** The classes of the driver that values of fields have. */
const classes: readonly unknown[] = ['Long', 'Decimal128', 'ObjectId', 'Binary']

const isOneValue = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  value instanceof Date ||
  classes.includes(Reflect.get(value, '_bsontype'))

/** The value of such JSON. An object, which a filter would read as operators, is none. */
const storedOf = (json: unknown): unknown => {
  const { value } = wrapped.parse(EJSON.deserialize({ value: json }, { relaxed: false }))
  if (value instanceof mongo.Int32 || value instanceof mongo.Double) return value.valueOf()
  if (isOneValue(value)) return value
  throw new CursorError('not a cursor of MongoDB')
}

/** What comes after a value. Null and what is missing are smaller than every value (manual, "BSON comparison order"). */
const beyond = (path: string, direction: Sort['direction'], value: unknown, isDigits: boolean): readonly Filter[] => {
  if (value === null) return direction === 'asc' ? [{ [path]: { $ne: null } }] : []
  const operator = direction === 'asc' ? 'gt' : 'lt'
  const filter = isDigits ? digitsFilter(path, operator, String(value)) : { [path]: { [`$${operator}`]: value } }
  return direction === 'asc' ? [filter] : [filter, { [path]: { $eq: null } }]
}

/** Filters on the documents after a place, of which each meets one. */
const afterPlace = (
  paths: ConditionPaths,
  sorts: readonly Sort[],
  values: readonly unknown[],
  digits: readonly string[],
): readonly Filter[] =>
  sorts.flatMap(({ field, direction }, at) => {
    const path = pathOf(paths, field)
    const alike = sorts.slice(0, at).map((sort, index) => ({ [pathOf(paths, sort.field)]: { $eq: values[index] } }))
    return beyond(path, direction, values[at], digits.includes(path)).map((filter) => ({ $and: [...alike, filter] }))
  })

/** The query of a page, with one document more than asked for. Throws a `CursorError` for a cursor of another page. */
export const pageQuery = (paths: ConditionPaths, request: PageRequest): PageQuery => {
  const { condition, sorts, limit, after, ordered = [], list } = request
  const given = whereFilter(condition, paths)
  const filter = list === undefined || list.where === null ? given : { $and: [given, list.where] }
  const sort = Object.fromEntries(
    sorts.map(({ field, direction }) => [pathOf(paths, field), direction === 'asc' ? 1 : -1] as const),
  )
  const digits = ordered.flatMap((field) => {
    const { path, isDigits } = conditionPath(paths, field)
    return isDigits === true ? [path] : []
  })
  if (after === null) return { filter, sort, limit: limit + 1, digits }
  const values = valuesOf(after, condition, sorts, list?.name).map(storedOf)
  const rest = afterPlace(paths, sorts, values, digits)
  const remaining = rest.length === 0 ? whereFilter({ kind: 'any', of: [] }, paths) : { $or: rest }
  return { filter: { $and: [filter, remaining] }, sort, limit: limit + 1, digits }
}

const lengthName = (at: number): string => `__length_${at}`

/** The stages of a page in which digits are ordered as numbers: by how many they are first. */
export const pageStages = ({
  filter,
  sort,
  limit,
  digits,
}: PageQuery): readonly { readonly [stage: string]: unknown }[] => {
  const lengths = digits.map((path, at) => [lengthName(at), { $strLenBytes: { $ifNull: [`$${path}`, ''] } }] as const)
  const sorts = Object.entries(sort).flatMap(([path, direction]) => {
    const at = digits.indexOf(path)
    return at === -1 ? [[path, direction] as const] : [[lengthName(at), direction] as const, [path, direction] as const]
  })
  return [
    { $match: filter },
    { $addFields: Object.fromEntries(lengths) },
    { $sort: Object.fromEntries(sorts) },
    { $limit: limit },
    { $project: Object.fromEntries(lengths.map(([name]) => [name, 0])) },
  ]
}

/** The value at a path of a document; undefined where there is none. */
const valueAt = (document: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (inner, name) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name)
          ? Reflect.get(inner, name)
          : undefined,
      document,
    )

/** The documents of a page out of those that its query found, and where the next page begins; null where there is none. */
export const documentPage = (
  paths: ConditionPaths,
  { condition, sorts, limit, list }: PageRequest,
  found: readonly object[],
): { readonly documents: readonly object[]; readonly next: Cursor | null } => {
  const documents = found.slice(0, limit)
  const last = documents.at(-1)
  if (found.length <= limit || last === undefined) return { documents, next: null }
  const values = sorts.map(({ field }) => jsonOf(valueAt(last, pathOf(paths, field))))
  return { documents, next: cursorAfter(condition, sorts, values, list?.name) }
}
