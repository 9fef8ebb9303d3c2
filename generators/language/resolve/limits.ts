import { unreachable } from '../../kernel/bug.js'
import { report } from '../../kernel/diagnostic.js'
import type { Pattern, Type } from '../../model/index.js'
import type { Entry } from '../load/node.js'
import { translatePattern } from '../pattern/index.js'
import { readDecimal, readWhole } from './scalars.js'
import { entryIn, type Written } from './written.js'

const limitKeys = ['min', 'max', 'length', 'min_length', 'max_length', 'min_items', 'max_items', 'pattern'] as const

type LimitKey = (typeof limitKeys)[number]

/** The limits written beside a type, by key. */
export type Limits = ReadonlyMap<LimitKey, Entry>

export const readLimits = (written: Written): Limits =>
  new Map(
    limitKeys.flatMap((key) => {
      const entry = entryIn(written, key)
      return entry === null ? [] : [[key, entry] as const]
    }),
  )

const lengthKeys: readonly LimitKey[] = ['length', 'min_length', 'max_length']
const boundKeys: readonly LimitKey[] = ['min', 'max']

/** The limits that a type has by itself; those of what it holds are passed on. */
const keysOf = (type: Type): readonly LimitKey[] => {
  switch (type.kind) {
    case 'text':
      return [...lengthKeys, 'pattern']
    case 'format':
    case 'bytes':
      return lengthKeys
    case 'integer':
    case 'bigint':
    case 'float':
    case 'decimal':
    case 'duration':
      return boundKeys
    case 'list':
    case 'map':
      return ['min_items', 'max_items']
    case 'snowflake':
    case 'identity':
    case 'uuid':
    case 'objectid':
    case 'boolean':
    case 'timestamp':
    case 'date':
    case 'time':
    case 'json':
    case 'object':
    case 'enum':
    case 'vector':
    case 'union':
      return []
    default:
      return unreachable(type)
  }
}

/** Reads limits for one type, reporting those that cannot be read and pairs that leave no value. */
class LimitReader {
  readonly written: Written
  readonly limits: Limits

  constructor(written: Written, limits: Limits) {
    this.written = written
    this.limits = limits
  }

  #bad(entry: Entry, expected: string): null {
    this.written.place.scope.found(report('bad-limit', entry.value.at, { key: entry.key.text, expected }))
    return null
  }

  #read<T>(key: LimitKey, expected: string, read: (text: string) => T | null, otherwise: T | null): T | null {
    const entry = this.limits.get(key)
    if (entry === undefined) return otherwise
    // A limit of another kind than text is the shape's finding.
    if (entry.value.kind !== 'scalar') return null
    return read(entry.value.text) ?? this.#bad(entry, expected)
  }

  #ordered<T>(low: LimitKey, high: LimitKey, min: T | null, max: T | null, compare: (a: T, b: T) => number): void {
    if (min === null || max === null || compare(min, max) <= 0) return
    const entry = this.limits.get(low) ?? this.limits.get(high)
    if (entry === undefined) return
    this.written.place.scope.found(
      report('limits-leave-nothing', entry.value.at, { low, high, min: String(min), max: String(max) }),
    )
  }

  whole(key: LimitKey, otherwise: number | null): number | null {
    const entry = this.limits.get(key)
    if (entry === undefined) return otherwise
    // What is no whole number is the shape's finding.
    const digits = entry.value.kind === 'scalar' ? readWhole(entry.value.text) : null
    return digits === null ? null : Number(digits)
  }

  lengths(minLength: number | null, maxLength: number | null): { minLength: number | null; maxLength: number | null } {
    const exact = this.whole('length', null)
    const min = this.whole('min_length', exact ?? minLength)
    const max = this.whole('max_length', exact ?? maxLength)
    this.#ordered('min_length', 'max_length', min, max, (a, b) => a - b)
    return { minLength: min, maxLength: max }
  }

  items(minItems: number | null, maxItems: number | null): { minItems: number | null; maxItems: number | null } {
    const [min, max] = [this.whole('min_items', minItems), this.whole('max_items', maxItems)]
    this.#ordered('min_items', 'max_items', min, max, (a, b) => a - b)
    return { minItems: min, maxItems: max }
  }

  bounds<T>(
    expected: string,
    read: (text: string) => T | null,
    bounds: { readonly min: T | null; readonly max: T | null },
    compare: (a: T, b: T) => number,
  ): { min: T | null; max: T | null } {
    const min = this.#read('min', expected, read, bounds.min)
    const max = this.#read('max', expected, read, bounds.max)
    this.#ordered('min', 'max', min, max, compare)
    return { min, max }
  }

  pattern(otherwise: Pattern | null): Pattern | null {
    const entry = this.limits.get('pattern')
    if (entry === undefined || entry.value.kind !== 'scalar') return otherwise
    const { value, diagnostics } = translatePattern(entry.value.text, entry.value.at)
    for (const diagnostic of diagnostics) this.written.place.scope.found(diagnostic)
    return value
  }
}

const wholeBound = (text: string): number | null => {
  const digits = readWhole(text)
  const value = digits === null ? Number.NaN : Number(digits)
  return Number.isSafeInteger(value) ? value : null
}

const bigBound = (text: string): bigint | null => {
  const digits = readWhole(text)
  return digits === null ? null : BigInt(digits)
}

const floatBound = (text: string): number | null => {
  const value = readDecimal(text) === null ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : null
}

const byNumber = (a: number, b: number): number => a - b
const byBigint = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)
const byDecimal = (a: string, b: string): number => Number(a) - Number(b)

const limited = (type: Type, reader: LimitReader): Type => {
  switch (type.kind) {
    case 'text':
      return { ...type, ...reader.lengths(type.minLength, type.maxLength), pattern: reader.pattern(type.pattern) }
    case 'format':
    case 'bytes':
      return { ...type, ...reader.lengths(type.minLength, type.maxLength) }
    case 'integer':
    case 'duration':
      return { ...type, ...reader.bounds('a whole number', wholeBound, type, byNumber) }
    case 'bigint':
      return { ...type, ...reader.bounds('a whole number', bigBound, type, byBigint) }
    case 'float':
      return { ...type, ...reader.bounds('a number', floatBound, type, byNumber) }
    case 'decimal':
      return { ...type, ...reader.bounds('a number', readDecimal, type, byDecimal) }
    case 'list':
    case 'map':
      return { ...type, ...reader.items(type.minItems, type.maxItems) }
    default:
      return type
  }
}

const refuse = (written: Written, type: Type, limits: Limits): void => {
  for (const [option, entry] of limits) {
    written.place.scope.found(report('option-not-for-type', entry.key.at, { option, type: type.kind }))
  }
}

/** Folds limits into a type: a list keeps its own and passes the others on to its items. A limit that no type takes is reported. */
export const applyLimits = (written: Written, type: Type, limits: Limits): Type => {
  if (limits.size === 0) return type
  const own = keysOf(type)
  const taken = new Map([...limits].filter(([key]) => own.includes(key)))
  const left = new Map([...limits].filter(([key]) => !own.includes(key)))
  const bounded = limited(type, new LimitReader(written, taken))
  if (bounded.kind === 'list' || bounded.kind === 'map')
    return { ...bounded, of: applyLimits(written, bounded.of, left) }
  refuse(written, type, left)
  return bounded
}
