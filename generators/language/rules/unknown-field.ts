import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import type { Span } from '../../kernel/source.js'
import type { Field } from '../../model/field.js'
import { findField } from '../../model/lookup.js'
import { type Owner, resolvePath } from '../expression/index.js'
import { placeOf, type RuleContext, scopeOf } from './rule.js'

/** The finding that an owner has no field of a name, placed at the name within `origin`. */
export const unknownField = (owner: Owner, name: string, origin: Span): Diagnostic => {
  const candidates = owner.fields.map((field) => field.name)
  return report('unknown-field', placeOf(origin, name), { name, owner: owner.name, nearest: nearest(name, candidates) })
}

/** A finding for each name that is no field of the owner. */
export const unknownFields = (owner: Owner, names: readonly string[], origin: Span): readonly Diagnostic[] =>
  names.filter((name) => findField(owner, name) === undefined).map((name) => unknownField(owner, name, origin))

/** The fields of the names that exist and could be read. */
export const soundFields = (owner: Owner, names: readonly string[], { isBroken }: RuleContext): readonly Field[] =>
  names.flatMap((name) => {
    const field = findField(owner, name)
    return field === undefined || isBroken(owner.name, name) ? [] : [field]
  })

/** What is wrong with a path that goes into objects. */
export const unknownPath = (
  owner: Owner,
  path: readonly string[],
  origin: Span,
  context: RuleContext,
): readonly Diagnostic[] => {
  const resolved = resolvePath(scopeOf(context, owner), path)
  if (resolved.kind === 'missing') return [unknownField(resolved.owner, resolved.name, origin)]
  if (resolved.kind !== 'no-fields') return []
  return [report('no-fields-inside', origin, { path: resolved.path, type: resolved.field.type.kind })]
}
