import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { type ObjectDefinition, typesWithin } from '../../model/index.js'

/** How deep objects may hold each other: MongoDB takes 100 levels of a document, and the checks walk them by recursion. */
export const deepestObjects = 60

/** How many fields an object may come to: what has no names for structures (`$jsonSchema`) writes out each of them. */
const mostFields = 10_000

/** What an object comes to when the objects in it are written out. */
interface Extent {
  readonly depth: number
  readonly fields: number
}

const endless: Extent = { depth: Number.POSITIVE_INFINITY, fields: Number.POSITIVE_INFINITY }

const around = (inner: readonly Extent[], own: number): Extent => ({
  depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
  fields: own + inner.reduce((sum, { fields }) => sum + fields, 0),
})

const objectsIn = (object: ObjectDefinition): readonly string[] =>
  object.fields.flatMap(({ type }) => typesWithin(type).flatMap((one) => (one.kind === 'object' ? [one.object] : [])))

/** Objects that no store and no memory could hold written out, the first of them by name. A circle is another finding. */
export const findTooLarge = (objects: readonly ObjectDefinition[]): readonly Diagnostic[] => {
  const byName = new Map(objects.map((object) => [object.name, object]))
  const extents = new Map<string, Extent>()
  const extentOf = (name: string, above: number): Extent => {
    const known = extents.get(name)
    const object = byName.get(name)
    if (known !== undefined) return known
    if (object === undefined || above > deepestObjects) return object === undefined ? around([], 0) : endless
    extents.set(name, around([], 0))
    const extent = around(
      objectsIn(object).map((inner) => extentOf(inner, above + 1)),
      object.fields.length,
    )
    extents.set(name, extent)
    return extent
  }
  const measured = objects.map((object) => ({ object, ...extentOf(object.name, 0) }))
  const deep = measured.find(({ depth }) => depth > deepestObjects)
  if (deep !== undefined)
    return [report('nested-too-deep', deep.object.origin, { what: 'objects', deepest: deepestObjects })]
  const large = measured.find(({ fields }) => fields > mostFields)
  return large === undefined
    ? []
    : [report('object-too-large', large.object.origin, { object: large.object.name, most: mostFields })]
}
