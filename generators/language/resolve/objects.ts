import { report } from '../../kernel/diagnostic.js'
import type { Check, Field, ObjectDefinition, Type } from '../../model/index.js'
import type { Entry, Mapping, Node } from '../load/node.js'
import { readExpression, resolveField } from './field.js'
import { fieldNameProblem } from './field-names.js'
import { entriesAt } from './read.js'
import { inlinePath, type Place, placeAt, type Scope } from './scope.js'

const splitName = ({ key }: Entry): { readonly name: string; readonly optional: boolean } => {
  const optional = key.text.endsWith('?')
  return { name: optional ? key.text.slice(0, -1) : key.text, optional }
}

/** The fields of an object, whether it is defined by itself or written in place. */
export const resolveObjectFields = (place: Place, fields: Mapping): readonly Field[] => {
  const { scope } = place
  const seen = new Map<string, Entry>()
  return fields.entries.flatMap((entry) => {
    const { name, optional } = splitName(entry)
    const problem = fieldNameProblem(entry.key, name)
    const before = seen.get(name)
    if (problem !== null) scope.found(problem)
    if (before !== undefined)
      scope.found(
        report('defined-twice', entry.key.at, { name }, [{ message: 'first defined here', at: before.key.at }]),
      )
    if (problem !== null || before !== undefined) return []
    seen.set(name, entry)
    const inner = placeAt(scope, `${place.name}_${name}`, `${place.path}.${name}`, place.within)
    const resolved = resolveField(entry, name, optional, inner, { stores: scope.stores, enforce: 'store' })
    if (resolved.broken) scope.markBroken(place.name, name)
    return [resolved.field]
  })
}

/** The checks under `checks:`, of an entity or an object; one that does not parse is left out. */
export const resolveChecks = (scope: Scope, root: Mapping): readonly Check[] =>
  entriesAt(root, 'checks').flatMap(({ key, value }) => {
    const expression = value.kind === 'scalar' ? readExpression(scope, value) : null
    if (expression === null || value.kind !== 'scalar') return []
    return [{ name: key.text, expression, text: value.text.trim(), origin: value.at }]
  })

/** Takes in an object that was written in place, and gives its type. */
export const resolveInlineObject = (
  place: Place,
  fields: Mapping,
  summary: Node | null,
  gone: readonly string[],
): Type => {
  const object: ObjectDefinition = {
    name: place.name,
    inline: inlinePath(place),
    summary: summary?.kind === 'scalar' ? summary.text.trimEnd() : null,
    gone,
    fields: resolveObjectFields(place, fields),
    checks: [],
    origin: fields.at,
  }
  place.scope.addObject(object)
  return { kind: 'object', object: place.name }
}
