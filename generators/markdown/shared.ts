import { anchorsOf, atLineStart, prose, sentence, text } from '../kernel/safe/markdown.js'
import { enumOf, objectOf } from '../model/lookup.js'
import type { EnumDefinition, ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { valueTable } from './enums.js'
import { fieldTable } from './fields.js'
import { pageOf } from './names.js'
import type { Part } from './page.js'
import { reachOf } from './reach.js'
import { hasOwnList, type TypeLinks, typeTitle } from './types.js'

/** The objects and enums that stand on their own in the YAML, and what is inside those: the appendix of README.md. */
export interface SharedTypes {
  readonly objects: readonly ObjectDefinition[]
  readonly enums: readonly EnumDefinition[]
}

const unique = <T extends { readonly name: string }>(items: readonly T[]): readonly T[] => [
  ...new Map(items.map((item) => [item.name, item])).values(),
]

export const sharedTypes = (set: SchemaSet): SharedTypes => {
  const roots = set.objects.filter(({ inline }) => inline === null)
  const reached = roots.map((object) => ({ object, reach: reachOf(set, object) }))
  const enums = set.enums.filter(({ inline }) => inline === null)
  return {
    objects: unique(reached.flatMap(({ object, reach }) => [object, ...reach.objects.map((met) => met.object)])),
    enums: unique([...enums, ...reached.flatMap(({ reach }) => reach.enums.filter(hasOwnList))]),
  }
}

/** `before`: the headings of README.md above the appendix, which its anchors must differ from. */
const linksOf = (set: SchemaSet, { objects, enums }: SharedTypes, before: readonly string[]): TypeLinks => {
  const names = [...objects, ...enums].map((definition) => typeTitle(definition, null))
  const anchors = anchorsOf([...before, ...names]).slice(before.length)
  const objectAnchors = new Map(objects.map(({ name }, index) => [name, `#${anchors[index]}`]))
  const enumAnchors = new Map(enums.map(({ name }, index) => [name, `#${anchors[objects.length + index]}`]))
  const entities = new Set(set.entities.map(({ name }) => name))
  return {
    self: null,
    entity: (name) => (entities.has(name) ? pageOf(name) : null),
    object: (name) => ({ definition: objectOf(set, name), href: objectAnchors.get(name) ?? null }),
    enumeration: (name) => ({ definition: enumOf(set, name), href: enumAnchors.get(name) ?? null }),
  }
}

/** The appendix: each object's fields, each enum's values. */
export const sharedParts = (set: SchemaSet, shared: SharedTypes, before: readonly string[]): readonly Part[] => {
  const links = linksOf(set, shared, before)
  const objects = shared.objects.map((object) => ({
    heading: text(typeTitle(object, null)),
    text: atLineStart(sentence(prose(object.summary ?? ''))),
    table: fieldTable({ entity: null, fields: object.fields, stores: set.stores }, links),
  }))
  const enums = shared.enums.map((definition) => ({
    heading: text(typeTitle(definition, null)),
    text: atLineStart(sentence(prose(definition.summary ?? ''))),
    table: valueTable(definition),
  }))
  return [...objects, ...enums]
}
