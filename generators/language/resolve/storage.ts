import { report } from '../../kernel/diagnostic.js'
import { isScalar, type ListType, type Type } from '../../model/index.js'
import { truthOf } from './read.js'
import { entryIn, type Written } from './written.js'

/** The type with `as` taken in, or null when the type has no such choice. */
const withAs = (type: Type, as: string, isInline: (name: string) => boolean): Type | null => {
  switch (type.kind) {
    case 'snowflake':
      return as === 'bigint' || as === 'text' ? { ...type, as } : null
    case 'identity':
      return as === 'identity' || as === 'serial' || as === 'bigserial' || as === 'int' ? { ...type, as } : null
    case 'text':
      return as === 'text' && type.form !== 'text' ? { ...type, as } : null
    case 'duration':
      return as === 'integer' || as === 'interval' ? { ...type, as } : null
    case 'json':
      return as === 'json' || as === 'jsonb' ? { ...type, as } : null
    case 'vector':
      return as === 'vector' || as === 'real[]' ? { ...type, as } : null
    // An enum that is written in place has taken `as` in when it was made; a defined one says it itself.
    case 'enum':
      return isInline(type.enum) && (as === 'type' || as === 'check') ? type : null
    case 'list':
      return listAs(type, as, isInline)
    default:
      return null
  }
}

const listAs = (type: ListType, as: string, isInline: (name: string) => boolean): Type | null => {
  if (as === 'jsonb') return { ...type, as }
  if (as === 'array') return isScalar(type.of) ? { ...type, as } : null
  const of = withAs(type.of, as, isInline)
  return of && { ...type, of }
}

const withZone = (type: Type, zoned: boolean | null): Type | null =>
  type.kind === 'timestamp' && type.form === 'instant' ? { ...type, zoned } : null

const withPrecision = (type: Type, text: string): Type | null => {
  if (type.kind !== 'timestamp' || type.form !== 'instant') return null
  return { ...type, precision: text === '6' ? 6 : text === '3' ? 3 : null }
}

/** Folds `as`, `zone` and `precision` into a type; one that the type does not have is reported. */
export const applyStorage = (written: Written, type: Type): Type => {
  const isInline = (name: string): boolean => written.place.scope.names.byName.get(name)?.kind !== 'enum'
  const take = (before: Type, option: 'as' | 'zone' | 'precision'): Type => {
    const entry = entryIn(written, option)
    if (entry?.value.kind !== 'scalar') return before
    const { text } = entry.value
    const after =
      option === 'as'
        ? withAs(before, text, isInline)
        : option === 'zone'
          ? withZone(before, truthOf(entry.value))
          : withPrecision(before, text)
    if (after !== null) return after
    written.place.scope.found(report('option-not-for-type', entry.key.at, { option, type: before.kind }))
    return before
  }
  return take(take(take(type, 'as'), 'zone'), 'precision')
}
