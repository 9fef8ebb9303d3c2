import { unreachable } from '../../kernel/bug.js'
import { canonical } from '../../kernel/hash.js'
import type { Default } from '../../model/field.js'
import type { Type } from '../../model/type.js'

const bound = (name: string, value: unknown): string | null => (value === null ? null : `${name} ${String(value)}`)

const withLimits = (name: string, ...limits: readonly (string | null)[]): string => {
  const said = limits.filter((limit) => limit !== null)
  return said.length === 0 ? name : `${name}, ${said.join(', ')}`
}

const stored = (as: string | null): string | null => (as === null ? null : `as ${as}`)

/** A type in the words of the YAML, with its limits. */
export const typeWords = (type: Type): string => {
  switch (type.kind) {
    case 'snowflake':
      return withLimits(`snowflake(${type.brand})`, stored(type.as))
    case 'identity':
    case 'uuid':
    case 'objectid':
      return `${type.kind} of ${type.brand}`
    case 'text': {
      const isCounted = type.form !== 'text' && type.maxLength !== null
      return withLimits(
        isCounted ? `${type.form}(${type.maxLength})` : type.form,
        bound('min_length', type.minLength),
        isCounted ? null : bound('max_length', type.maxLength),
        bound('pattern', type.pattern?.source ?? null),
        stored(type.as),
      )
    }
    case 'integer':
      return withLimits(type.width, bound('min', type.min), bound('max', type.max))
    case 'bigint':
      return withLimits(type.form, bound('min', type.min), bound('max', type.max))
    case 'float':
      return withLimits(type.width === 'real' ? 'real' : 'float', bound('min', type.min), bound('max', type.max))
    case 'decimal':
      return withLimits(
        `decimal(${type.precision}, ${type.scale})`,
        bound('min', type.min),
        bound('max', type.max),
        type.inMongo === 'text' ? 'as text in Mongo' : null,
      )
    case 'timestamp':
      return withLimits(
        type.form === 'milliseconds' ? 'timestamp(ms)' : 'timestamp',
        type.zoned === null ? null : `zone ${type.zoned}`,
        bound('precision', type.precision),
      )
    case 'duration':
      return withLimits(
        `duration(${type.unit})`,
        bound('min', type.min),
        bound('max', type.max),
        type.as === 'integer' ? null : stored(type.as),
      )
    case 'format':
      return withLimits(type.format, bound('min_length', type.minLength), bound('max_length', type.maxLength))
    case 'json':
      return type.as
    case 'object':
      return type.object
    case 'enum':
      return type.enum
    case 'list':
    case 'map':
      return withLimits(
        `${type.kind}<${typeWords(type.of)}>`,
        bound('min_items', type.minItems),
        bound('max_items', type.maxItems),
        type.kind === 'list' ? stored(type.as) : null,
      )
    case 'bytes':
      return withLimits('bytes', bound('min_length', type.minLength), bound('max_length', type.maxLength))
    case 'vector':
      return withLimits(`vector(${type.dimensions})`, type.as === 'vector' ? null : stored(type.as))
    case 'union':
      return `union<${type.of.map(typeWords).join(', ')}>`
    case 'boolean':
    case 'date':
    case 'time':
      return type.kind
    default:
      return unreachable(type)
  }
}

/** A default in a few words. */
export const defaultWords = (value: Default | null): string => {
  switch (value?.kind) {
    case undefined:
      return 'no default'
    case 'literal':
      return `the default ${shortened(JSON.stringify(value.value))}`
    case 'now':
      return 'the default now'
    case 'id':
      return 'a new id by default'
    case 'next':
      return `the default next(${value.per.join(', ')})`
    case 'object':
      return 'a default of its inner defaults'
  }
}

const longest = 60

export const shortened = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`

export const insteadOf = (now: string, before: string): string =>
  now === before ? 'kept in another form' : `${now} instead of ${before}`

export const areEqual = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b)
