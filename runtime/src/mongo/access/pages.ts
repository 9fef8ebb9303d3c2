import { Error as MongooseError, mongo } from 'mongoose'
import { z } from 'zod'
import { CursorError } from '../../errors.js'
import type { Cursor } from '../../pages/cursor.js'
import { decodeJson, encodeJson } from '../../pages/json-text.js'
import type { Page, PageOptions } from '../../pages/page.js'
import { readPage } from '../../rows/decoding.js'
import { checkedPage, encodedPrefix } from '../../rows/inputs.js'
import {
  type Collection,
  connectionOf,
  type Encoded,
  having,
  type MongoStore,
  modelOf,
  nativeOf,
  sessionOf,
  storedName,
  type Values,
} from './store.js'

/** Rows in the order of an index or of the key, in which null comes before all else. */
export interface List {
  readonly name: string
  /** `older`: the form that documents of before have values in, which MongoDB orders after that of now. */
  readonly order: readonly (readonly [property: string, direction: 1 | -1, older?: Older])[]
  /** How many properties of the order it may be narrowed to, and how many the index has, from the first. */
  readonly narrowing: number
  readonly indexed: number
  /** What a partial index says of its documents. */
  readonly where?: object
}

type Order = List['order']

/** What BSON calls the form: decimals were text, and milliseconds were Dates. */
type Older = 'string' | 'date'

/** A path of an order, and its value at a place there. */
interface Step {
  readonly path: string
  readonly direction: 1 | -1
  readonly value: unknown
  readonly older: Older | undefined
}

const isOlder = (older: Older | undefined, value: unknown): boolean =>
  older === 'date' ? value instanceof Date : older === 'string' && typeof value === 'string'

/** What comes after a value that is not null, of both forms. `$not` and `$nor` also find null, which comes last when descending. */
const following = ({ path, direction, older, value }: Step, isIncluded: boolean): Values => {
  const [at, before] = isIncluded ? (['$gte', '$gt'] as const) : (['$gt', '$gte'] as const)
  if (older === undefined || isOlder(older, value))
    return { [path]: direction === 1 ? { [at]: value } : { $not: { [before]: value } } }
  // No value is compared with one of another form.
  const ofBefore = { [path]: { $type: older } }
  return direction === 1
    ? { $or: [{ [path]: { [at]: value } }, ofBefore] }
    : { $nor: [{ [path]: { [before]: value } }, ofBefore] }
}

/** What comes after a value; null where nothing does. */
const beyond = (step: Step): Values | null => {
  const { path, direction, value } = step
  if (value === null) return direction === 1 ? { [path]: { $ne: null } } : null
  return following(step, false)
}

/** A value and what comes after it; null where that is everything. */
const onward = (step: Step): Values | null => {
  const { path, direction, value } = step
  if (value === null) return direction === 1 ? null : { [path]: null }
  return following(step, true)
}

const alike = ({ path, value }: Step): Values => ({ [path]: value })

/** All of these conditions, each on a path of its own. */
const together = (conditions: readonly Values[]): Values => Object.assign({}, ...conditions) as Values

const isSaid = (condition: Values | null): condition is Values => condition !== null

/** Conditions on what comes after a place, and there; the first alone says where in the index that begins. */
const after = (place: readonly Step[], including: boolean): readonly Values[] => {
  const begin = place.slice(0, 1).map(including || place.length > 1 ? onward : beyond)
  if (place.length < 2) return begin.filter(isSaid)
  const later = place.flatMap((step, at) => {
    const condition = beyond(step)
    return condition === null ? [] : [together([...place.slice(0, at).map(alike), condition])]
  })
  const same = including ? [together(place.map(alike))] : []
  return [...begin.filter(isSaid), { $or: [...later, ...same] }]
}

/** Conditions on what comes no later than a place: after it or there, from the other end. */
const until = (place: readonly Step[]): readonly Values[] =>
  after(
    place.map((step) => ({ ...step, direction: step.direction === 1 ? -1 : 1 })),
    true,
  )

/** A value as JSON that says which class it is stored in (MongoDB Extended JSON). */
const exact = (value: unknown): unknown => mongo.BSON.EJSON.serialize({ value }, { relaxed: false })['value']

const isScalar = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (value instanceof Date ? !Number.isNaN(value.getTime()) : '_bsontype' in value)

/** The value of such JSON, in its class: a number would round a whole number of 64 bits. */
const storedIn = (value: unknown): unknown => {
  const stored = (mongo.BSON.EJSON.deserialize({ value } as object, { relaxed: false }) as Values)['value'] ?? null
  return stored instanceof mongo.Int32 || stored instanceof mongo.Double ? stored.valueOf() : stored
}

/** No value of a cursor is an object of the caller's, which a filter would read as operators. */
const exactValue = z
  .unknown()
  .transform((value): unknown => storedIn(value))
  .refine(isScalar)

const exactValues = (values: Encoded, order: Order): readonly unknown[] =>
  order.map(([property]) => exact(values[property] ?? null))

/** A value of a document in the class that its field has; one that is no value of the field any more, as it is. */
const asStored = (codec: z.ZodType, value: unknown): unknown => {
  const { success, data } = codec.safeParse(value)
  return success ? z.encode(codec, data) : value
}

const stepsOf = <Row>(collection: Collection<Row>, order: Order, values: readonly unknown[]): readonly Step[] =>
  order.map(([property, direction, older], at) => {
    const value = values[at] ?? null
    const stored = isOlder(older, value) ? value : asStored(collection.values[property] ?? z.never(), value)
    return { path: storedName(collection, property), direction, value: stored, older }
  })

/** A page that is asked for: its list, what that is narrowed to, and the order of what is left. */
interface Wanted {
  readonly list: List
  readonly narrowed: Encoded
  readonly order: Order
}

const wantedOf = <Row>(collection: Collection<Row>, list: List, where: Encoded): Wanted => {
  const properties = list.order.slice(0, list.narrowing).map(([property]) => property)
  const narrowed = encodedPrefix(collection, list.name, collection.values, properties, where)
  return { list, narrowed: Object.fromEntries(narrowed), order: list.order.slice(narrowed.length) }
}

const withinOf = ({ list, narrowed }: Wanted): readonly unknown[] =>
  exactValues(narrowed, list.order.slice(0, Object.keys(narrowed).length))

/** The place that a cursor stands at. */
const placeOf = <Row>(collection: Collection<Row>, wanted: Wanted, cursor: string): readonly Step[] => {
  const { list, order } = wanted
  const content = z.tuple([z.literal(list.name), z.unknown(), z.array(exactValue).length(order.length)])
  try {
    const [, within, values] = content.parse(decodeJson(cursor))
    if (JSON.stringify(within) !== JSON.stringify(withinOf(wanted))) throw new TypeError('narrowed to something else')
    return stepsOf(collection, order, values)
  } catch (cause) {
    throw new CursorError(`not a cursor of ${list.name} and what it is narrowed to`, { cause })
  }
}

type Direction = [path: string, direction: 1 | -1]

const directions = <Row>(collection: Collection<Row>, order: Order): Direction[] =>
  order.map(([property, direction]) => [storedName(collection, property), direction])

/** All of these conditions. */
const every = (conditions: readonly object[]): Values => (conditions.length === 0 ? {} : { $and: conditions })

/** Documents to look for: conditions, and the places in the order that some of those name. */
interface Sought {
  readonly conditions: readonly object[]
  readonly places: readonly Step[]
}

/** How documents are looked for: in which order, how many, and with which paths, where not all are read. */
interface Reading {
  readonly sort: Direction[]
  readonly skip?: number
  readonly limit: number
  readonly projection?: { readonly [path: string]: 1 }
}

/** The models make of a value of before one of now, so that a search from there is made without them. */
const documentsOf = async <Row>(
  db: MongoStore,
  collection: Collection<Row>,
  { conditions, places }: Sought,
  { projection = {}, sort, ...range }: Reading,
): Promise<readonly Values[]> => {
  const [model, options] = [modelOf(db, collection), { ...sessionOf(db), ...range }]
  if (!places.some(({ older, value }) => isOlder(older, value)))
    return model.find(every(conditions), projection, { ...options, lean: true }).sort(sort)
  await connectionOf(db).asPromise()
  return nativeOf(db, model.collection.name)
    .find(every(conditions), { ...options, projection, sort })
    .toArray()
}

/**
 * The place where a page ends, for an index that lacks the key behind it. Mongo sorts by an index only where it has all
 * that is sorted by: all that is left of the list would be sorted for each page. With its end it is about a page.
 */
const endOf = async <Row>(
  db: MongoStore,
  collection: Collection<Row>,
  { list, narrowed, order }: Wanted,
  sought: Sought,
  limit: number,
): Promise<readonly Step[]> => {
  const indexed = order.slice(0, Math.max(0, list.indexed - Object.keys(narrowed).length))
  if (indexed.length === 0 || indexed.length === order.length) return []
  const sort = directions(collection, indexed)
  const projection = Object.fromEntries(sort.map(([path]) => [path, 1 as const]))
  const [last] = await documentsOf(db, collection, sought, { sort, skip: limit, limit: 1, projection })
  if (last === undefined) return []
  const values = indexed.map(([property]) => last[storedName(collection, property)])
  return stepsOf(collection, indexed, values)
}

/** The documents of a page, and one more where there is one. */
const pageOf = async <Row>(
  db: MongoStore,
  collection: Collection<Row>,
  wanted: Wanted,
  { conditions, places }: Sought,
  limit: number,
): Promise<readonly Values[]> => {
  const end = await endOf(db, collection, wanted, { conditions, places }, limit)
  const within = { conditions: [...conditions, ...until(end)], places: [...places, ...end] }
  return documentsOf(db, collection, within, { sort: directions(collection, wanted.order), limit: limit + 1 })
}

/** A page of a list, and where the next begins. */
export const page = async <Row extends object>(
  db: MongoStore,
  collection: Collection<Row>,
  list: List,
  options: PageOptions & { readonly where?: object | undefined },
): Promise<Page<Row>> => {
  const { limit, after: cursor, where } = checkedPage(collection, list.name, options)
  const wanted = wantedOf(collection, list, where)
  const places = cursor === null ? [] : placeOf(collection, wanted, cursor)
  const conditions = [
    ...(Object.keys(wanted.narrowed).length === 0 ? [] : [having(collection, wanted.narrowed)]),
    ...(list.where === undefined ? [] : [list.where]),
    ...after(places, false),
  ]
  const documents = await pageOf(db, collection, wanted, { conditions, places }, limit).catch((failure: unknown) => {
    const isOfCursor = cursor !== null && failure instanceof MongooseError.CastError
    throw isOfCursor ? new CursorError(`not a cursor of ${list.name}`, { cause: failure }) : failure
  })
  const stored = documents.slice(0, limit)
  const last = documents.length > limit ? stored.at(-1) : undefined
  if (last === undefined) return readPage(collection, stored, null)
  const place = wanted.order.map(([property]) => [property, last[storedName(collection, property)]] as const)
  const content = [list.name, withinOf(wanted), exactValues(Object.fromEntries(place), wanted.order)]
  return readPage(collection, stored, encodeJson(content) as Cursor)
}
