import { report } from '../../kernel/diagnostic.js'
import type { Type } from '../../model/index.js'
import { inlineEnum, valuesOf } from './enums.js'
import { entryIn, goneIn, type Written } from './written.js'

/** Changes the type inside lists and maps. */
export const mapLeaf = (type: Type, change: (leaf: Type) => Type): Type =>
  type.kind === 'list' || type.kind === 'map' ? { ...type, of: mapLeaf(type.of, change) } : change(type)

export const leafOf = (type: Type): Type => (type.kind === 'list' || type.kind === 'map' ? leafOf(type.of) : type)

const canBeClosed = (type: Type): boolean => type.kind === 'text' || (type.kind === 'integer' && type.width !== 'long')

/** `values:` beside a plain type: an enum that is kept as that type, with a check. */
export const closeValues = (written: Written, type: Type): Type => {
  const entry = entryIn(written, 'values')
  const leaf = leafOf(type)
  // A bare `enum` has taken the values already.
  if (entry === null || leaf.kind === 'enum') return type
  if (!canBeClosed(leaf)) {
    written.place.scope.found(report('option-not-for-type', entry.key.at, { option: 'values', type: leaf.kind }))
    return type
  }
  const as = entryIn(written, 'as')?.value
  const values = valuesOf(entry.value)
  const closed = inlineEnum(written.place, {
    values,
    gone: goneIn(written),
    as: as?.kind === 'scalar' ? as.text : null,
    base: leaf,
    origin: entry.key.at,
  })
  return mapLeaf(type, () => closed)
}
