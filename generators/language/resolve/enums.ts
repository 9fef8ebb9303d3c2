import { report } from '../../kernel/diagnostic.js'
import { spanIn } from '../../kernel/place.js'
import type { Span } from '../../kernel/source.js'
import type { EnumDefinition, EnumValue, Type } from '../../model/index.js'
import { isNumber, isPlain, type Node, type Scalar } from '../load/node.js'
import { textAt } from './read.js'
import { inlinePath, type Place, type Scope } from './scope.js'
import type { ArgumentText } from './type-text.js'

/** A value of an enum as written, with what is said of it. */
interface WrittenValue {
  readonly scalar: Scalar
  readonly summary: string | null
  readonly was: string | null
}

const plainValue = (scalar: Scalar): WrittenValue => ({ scalar, summary: null, was: null })

const describedValue = (scalar: Scalar, node: Node): WrittenValue => {
  if (node.kind === 'mapping') return { scalar, summary: textAt(node, 'summary'), was: textAt(node, 'was') }
  return { scalar, summary: node.kind === 'scalar' ? node.text.trimEnd() || null : null, was: null }
}

/** The values under `values:`: a list, or a mapping of value to meaning. */
export const valuesOf = (node: Node | null): readonly WrittenValue[] => {
  if (node?.kind === 'mapping') return node.entries.map(({ key, value }) => describedValue(key, value))
  if (node?.kind !== 'sequence') return []
  return node.items.flatMap((item) => (item.kind === 'scalar' ? [plainValue(item)] : []))
}

/** The values in the brackets of `enum(a, b)`. */
export const valuesInBrackets = (given: readonly ArgumentText[], source: Scalar): readonly WrittenValue[] =>
  given.map(({ text, quoted, start, end }) =>
    plainValue({ kind: 'scalar', text, style: quoted ? 'quoted' : 'plain', at: spanIn(source, start, end) }),
  )

const isWhole = (scalar: Scalar): boolean =>
  isPlain(scalar) && isNumber(scalar) && Number.isInteger(Number(scalar.text))

const fitsSmallint = (value: number): boolean => value >= -32_768 && value <= 32_767

/** Postgres keeps the numbers of an enum as `smallint`; MongoDB and code have every number that is exact. */
const readNumber = (scope: Scope, { scalar, summary, was }: WrittenValue): readonly EnumValue[] => {
  const value = Number(scalar.text)
  const isInPostgres = scope.stores.includes('postgres')
  const fits = isInPostgres ? fitsSmallint(value) : Number.isSafeInteger(value)
  const kept = isWhole(scalar) ? [{ value, summary, was, origin: scalar.at }] : []
  if (kept.length > 0 && fits) return kept
  const what = isInPostgres ? 'a whole number of 16 bits, since Postgres keeps it' : 'a whole number of 53 bits'
  scope.found(report('bad-enum-value', scalar.at, { value: scalar.text, what }))
  // It stays a value, so that nothing follows from its being out of range.
  return kept
}

const readText = (scope: Scope, { scalar, summary, was }: WrittenValue): readonly EnumValue[] => {
  if (scalar.text.trim() !== '') return [{ value: scalar.text, summary, was, origin: scalar.at }]
  scope.found(report('bad-enum-value', scalar.at, { value: scalar.text, what: 'a text that is not empty' }))
  return []
}

const withoutRepeats = (scope: Scope, values: readonly WrittenValue[]): readonly WrittenValue[] => {
  const first = new Map<string, Scalar>()
  return values.filter(({ scalar }) => {
    const before = first.get(scalar.text)
    if (before === undefined) return first.set(scalar.text, scalar)
    const related = [{ message: 'first listed here', at: before.at }]
    scope.found(report('enum-value-twice', scalar.at, { value: scalar.text }, related))
    return false
  })
}

const storageOf = (numeric: boolean, base: Type | null, as: string | null): EnumDefinition['as'] => {
  if (as === 'type' && !numeric) return 'type'
  return numeric || base !== null || as === 'check' ? 'check' : 'type'
}

export interface EnumParts {
  readonly name: string
  readonly inline: string | null
  readonly summary: string | null
  readonly values: readonly WrittenValue[]
  readonly gone: readonly string[]
  readonly as: string | null
  readonly base: Type | null
  readonly origin: Span
}

/** An enum of its parts. Values are numbers when all are whole numbers and no column of text was named for them. */
export const makeEnum = (scope: Scope, parts: EnumParts): EnumDefinition => {
  const { name, inline, summary, gone, as, base, origin } = parts
  const numeric = base?.kind === 'integer' || (base === null && parts.values.every(({ scalar }) => isWhole(scalar)))
  const values = withoutRepeats(scope, parts.values)
  const kept = storageOf(numeric, base, as)
  return {
    name,
    inline,
    summary,
    values: values.flatMap((value) => (numeric ? readNumber(scope, value) : readText(scope, value))),
    as: kept,
    gone,
    base: kept === 'check' ? base : null,
    origin,
  }
}

/** Takes in an enum that was written in place, and gives its type. */
export const inlineEnum = (place: Place, parts: Omit<EnumParts, 'name' | 'inline' | 'summary'>): Type => {
  const enumeration = makeEnum(place.scope, { ...parts, name: place.name, inline: inlinePath(place), summary: null })
  place.scope.addEnum(enumeration)
  return { kind: 'enum', enum: place.name }
}
