import fc from 'fast-check'
import { z } from 'zod'
import type { ConditionField, ConditionFields } from '../../runtime/src/conditions/fields.js'
import type { ConditionPaths } from '../../runtime/src/mongo/where.js'
import type { OrderColumns } from '../../runtime/src/postgres/pages.js'
import type { ConditionColumn, ConditionColumns } from '../../runtime/src/postgres/where.js'
import { byNumber, byText, type Comparers, type MemoryRow } from './rows-in-memory.js'

/** A field of each sort that conditions tell apart, over a domain so small that values meet. */
interface Sample extends ConditionField {
  readonly domain: readonly unknown[]
  readonly compare: (left: unknown, right: unknown) => number
  readonly column: ConditionColumn
  readonly path: string
  /** Whether a document has the number as its digits. */
  readonly isDigits?: boolean
  /** A value as a document holds it, by the classes of the driver. */
  readonly store: (value: unknown, decimalOf: (text: string) => unknown) => unknown
}

const column = (sql: string, type: string, more: Partial<ConditionColumn> = {}): ConditionColumn => ({
  sql,
  type,
  encode: String,
  next: null,
  ordered: null,
  ...more,
})

const asIs = (value: unknown): unknown => value
const moment = (value: unknown): Date => z.date().parse(value)

const sample = (given: Omit<Sample, 'isNullable' | 'isText' | 'store'> & Partial<Sample>): Sample => ({
  isNullable: true,
  isText: false,
  store: asIs,
  ...given,
})

const texts = ['', 'a', 'A', 'ab', 'b', 'a%', 'a_', 'a\\', '.*', '$gt', '{"a,b"}', 'é', 'é', '￿', '𝒳', "o'"]
const dates = [0, 999, 1_000, 1_001].map((time) => new Date(1_700_000_000_000 + time))

export const samples: { readonly [path: string]: Sample } = {
  id: sample({
    asks: 'order',
    isNullable: false,
    value: z.int(),
    domain: [-1, 0, 1, 60],
    compare: byNumber,
    column: column('id', 'integer'),
    path: '_id',
  }),
  name: sample({
    asks: 'order',
    isText: true,
    value: z.string(),
    domain: texts,
    compare: byText,
    column: column('name COLLATE "C"', 'text'),
    path: 'name',
  }),
  state: sample({
    asks: 'equality',
    value: z.enum(['open', 'done']),
    domain: ['open', 'done'],
    compare: byText,
    column: column('state', 'note_state'),
    path: 'state',
  }),
  active: sample({
    asks: 'order',
    value: z.boolean(),
    domain: [true, false],
    compare: byNumber,
    column: column('active', 'boolean'),
    path: 'active',
  }),
  owner: sample({
    asks: 'order',
    value: z.string().regex(/^[1-9]\d*$/),
    domain: ['9', '10', '99', '100'],
    compare: byNumber,
    column: column('owner', 'bigint'),
    path: 'owner',
    isDigits: true,
  }),
  level: sample({
    asks: 'order',
    isNullable: false,
    value: z.int(),
    domain: [-1, 0, 1, 10],
    compare: byNumber,
    column: column('level', 'integer'),
    path: 'level',
  }),
  price: sample({
    asks: 'order',
    value: z.string().regex(/^-?\d+\.\d\d$/),
    domain: ['-1.50', '0.00', '1.00', '10.00', '9.99'],
    compare: byNumber,
    column: column('price', 'numeric'),
    path: 'price',
    store: (value, decimalOf) => decimalOf(String(value)),
  }),
  seen: sample({
    asks: 'order',
    value: z.date(),
    domain: dates,
    compare: (left, right) => moment(left).getTime() - moment(right).getTime(),
    column: column('seen', 'timestamptz', {
      encode: (value) => moment(value).toISOString(),
      next: (value) => new Date(moment(value).getTime() + 1),
    }),
    path: 'seen',
  }),
  tags: sample({
    asks: 'items',
    value: z.string(),
    domain: ['x', 'y,z', '"'],
    compare: byText,
    column: column('tags', 'text'),
    path: 'tags',
  }),
  extra: sample({
    asks: 'null',
    value: z.never(),
    domain: [],
    compare: byText,
    column: column('extra', 'jsonb'),
    path: 'extra',
  }),
  'settings.welcome.enabled': sample({
    asks: 'order',
    value: z.boolean(),
    domain: [true, false],
    compare: byNumber,
    column: column(`(settings #>> '{welcome,enabled}')::boolean`, 'boolean'),
    path: 'settings.welcome.enabled',
  }),
  'settings.prefix': sample({
    asks: 'order',
    isText: true,
    value: z.string(),
    domain: ['!', '?'],
    compare: byText,
    column: column(`(settings #>> '{prefix}') COLLATE "C"`, 'text'),
    path: 'settings.prefix',
  }),
}

const mapped = <Value>(pick: (one: Sample) => Value): { readonly [path: string]: Value } =>
  Object.fromEntries(Object.entries(samples).map(([path, one]) => [path, pick(one)]))

export const fields: ConditionFields = mapped((one) => one)
export const columns: ConditionColumns = mapped((one) => one.column)
export const orders: OrderColumns = mapped(({ column: own, isNullable }) => ({
  ...own,
  isNullable,
  returnedAs: null,
  // A text of an instant hangs on the session's DateStyle and TimeZone; its JSON is ISO 8601 with the zone.
  readText: null,
  text: own.type === 'timestamptz' ? `to_jsonb(${own.sql}) #>> '{}'` : `(${own.sql})::text`,
}))
export const comparers: Comparers = mapped((one) => one.compare)
export const pathsWith = (decimalOf: (text: string) => unknown): ConditionPaths =>
  mapped(({ path, store, isDigits = false }) => ({ path, isDigits, encode: (value) => store(value, decimalOf) }))

/** Values of which servers that order texts by units of UTF-16 get others in order. */
const isHigh = (value: unknown): boolean => typeof value === 'string' && /[^\0-\uffff]/u.test(value)

const draw = (domainOf: (one: Sample) => readonly unknown[]) => {
  const drawValue = (one: Sample): fc.Arbitrary<unknown> =>
    one.domain.length === 0 ? fc.constant(null) : fc.constantFrom(...domainOf(one))

  const orNull = (one: Sample): fc.Arbitrary<unknown> =>
    one.isNullable ? fc.oneof({ weight: 4, arbitrary: drawValue(one) }, fc.constant(null)) : drawValue(one)

  /** What may be asked of a field: each of its operators, two together, a plain value, or the complement of these. */
  const asked = (one: Sample): fc.Arbitrary<unknown> => {
    const isCompared = one.asks === 'order' || one.asks === 'equality'
    const [value, own] = [orNull(one), drawValue(one)]
    const searched = fc.oneof(
      own,
      own.map((text) => [...String(text)].slice(0, 1).join('')),
    )
    const operators: { readonly [name: string]: fc.Arbitrary<unknown> } = {
      ...(isCompared
        ? { eq: value, not: value, in: fc.array(value, { maxLength: 3 }) }
        : { eq: fc.constant(null), not: fc.constant(null) }),
      ...(one.asks === 'order' ? { lt: own, lte: own, gt: own, gte: own } : {}),
      ...(one.asks === 'items' ? { has: own } : {}),
      ...(one.isText ? { startsWith: searched, contains: searched } : {}),
    }
    const object = fc
      .subarray(Object.keys(operators), { minLength: 1, maxLength: 2 })
      .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, operators[name] ?? own]))))
    return fc.oneof(
      isCompared ? value : fc.constant(null),
      object,
      object.map((not) => ({ not })),
    )
  }

  const leaf = fc
    .subarray(Object.entries(samples), { minLength: 0, maxLength: 2 })
    .chain((some) => fc.record(Object.fromEntries(some.map(([name, one]) => [name, asked(one)]))))

  const { where } = fc.letrec((tie) => ({
    where: fc.oneof({ depthSize: 'small' }, leaf, tie('tree')),
    tree: fc.oneof(
      fc.record({ $or: fc.array(tie('where'), { maxLength: 3 }) }),
      fc.record({ $and: fc.array(tie('where'), { maxLength: 3 }) }),
      fc.record({ $not: tie('where') }),
    ),
  }))

  const plain = Object.entries(samples).filter(
    ([path, { asks }]) => path !== 'id' && (asks === 'order' || asks === 'equality'),
  )
  const row: fc.Arbitrary<MemoryRow> = fc.record({
    ...Object.fromEntries(plain.map(([path, one]) => [path, orNull(one)])),
    tags: fc.option(fc.subarray(['x', 'y,z', '"'])),
    extra: fc.constantFrom(null, 'there'),
    /** Whether the fields that are null are missing from the document. */
    isSparse: fc.boolean(),
  })

  const ordered = Object.keys(samples).filter((path) => samples[path]?.asks === 'order')
  const order = fc
    .shuffledSubarray(ordered, { maxLength: 3 })
    .chain((paths) => fc.record(Object.fromEntries(paths.map((path) => [path, fc.constantFrom('asc', 'desc')]))))

  return { where, order, row }
}

/**
 * Conditions as callers write them, of every field, operator and nesting; orders by up to three fields; rows in which values
 * and nulls meet others.
 */
export const drawn = draw(({ domain }) => domain)

/** The same without the characters that some servers order otherwise. */
export const drawnLow = draw(({ domain }) => domain.filter((value) => !isHigh(value)))
