import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { type ObjectDefinition, typesWithin } from '../../model/index.js'
import { deepestObjects } from './extent.js'

const heldBy = (
  object: ObjectDefinition,
): readonly { readonly name: string; readonly at: ObjectDefinition['origin'] }[] =>
  object.fields.flatMap((field) =>
    typesWithin(field.type).flatMap((type) =>
      type.kind === 'object' ? [{ name: type.object, at: field.origin }] : [],
    ),
  )

/**
 * Objects that hold themselves: no table, type or check could be finite. Each circle is reported once; one of more steps
 * than objects may hold each other deep is that finding.
 */
export const findRecursion = (objects: readonly ObjectDefinition[]): readonly Diagnostic[] => {
  const byName = new Map(objects.map((object) => [object.name, object]))
  const done = new Set<string>()
  const diagnostics: Diagnostic[] = []
  const visit = (object: ObjectDefinition, path: readonly string[]): void => {
    if (done.has(object.name) || path.length > deepestObjects) return
    for (const { name, at } of heldBy(object)) {
      const start = [...path, object.name].indexOf(name)
      if (start !== -1)
        diagnostics.push(report('recursive-object', at, { path: [...path, object.name, name].slice(start) }))
      const held = start === -1 ? byName.get(name) : undefined
      if (held !== undefined) visit(held, [...path, object.name])
    }
    done.add(object.name)
  }
  for (const object of objects) visit(object, [])
  return diagnostics
}
