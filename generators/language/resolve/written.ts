import { report } from '../../kernel/diagnostic.js'
import { spanIn } from '../../kernel/place.js'
import type { Span } from '../../kernel/source.js'
import { translateDeclaration } from '../foreign/declaration.js'
import { foreignNames } from '../foreign/names.js'
import { type Entry, entryOf, isNull, type Mapping, type Node, type Scalar } from '../load/node.js'
import { partOf, scalarAt, scalarsIn } from './read.js'
import type { Place } from './scope.js'
import { type FieldText, parseFieldText } from './type-text.js'

/** A field as written, with the named types it is made from laid under it: the nearest layer says first. */
export interface Written {
  readonly layers: readonly Mapping[]
  /** The text that the type was read from; offsets of `text` count in it. */
  readonly source: Scalar
  readonly text: FieldText
  readonly nullable: boolean
  readonly default: Node | null
  /** Where inline structures take their names from: the field, or the named type that holds them. */
  readonly place: Place
  readonly at: Span
}

/** The entry of a key in the nearest layer that has it. */
export const entryIn = (written: Written, key: string): Entry | null => {
  for (const layer of written.layers) {
    const entry = entryOf(layer, key)
    if (entry !== undefined && !isNull(entry.value)) return entry
  }
  return null
}

export const nodeIn = (written: Written, key: string): Node | null => entryIn(written, key)?.value ?? null

/** What a structure that is written in place had before, and has no longer. */
export const goneIn = (written: Written): readonly string[] =>
  scalarsIn(nodeIn(written, 'gone')).map(({ text }) => text.trimEnd())

interface Text {
  readonly source: Scalar
  readonly text: FieldText
}

const parseText = (source: Scalar, place: Place): Text | null => {
  const parsed = parseFieldText(source.text)
  if (parsed.ok) return { source, text: parsed.value }
  const { message, start, end } = parsed.problem
  const meant = translateDeclaration(source.text, foreignNames(place.scope.names))
  place.scope.found(report('bad-type-syntax', spanIn(source, start, end), { message, meant }))
  return null
}

const bareText = (name: string, source: Scalar, argument: string | null, nullable: boolean): Text => {
  const length = argument?.length ?? 0
  const value = { text: argument ?? '', quoted: false, start: 0, end: length }
  const type = { name, arguments: argument === null ? null : [value], inner: null, start: 0, end: length }
  return { source, text: { type, nullable, default: null } }
}

const refText = (source: Scalar): Text => {
  const nullable = source.text.endsWith('?')
  return bareText('ref', source, nullable ? source.text.slice(0, -1) : source.text, nullable)
}

/** A field says its type once: of two ways the second would be without effect. `list<object>` needs its `fields` beside it. */
const refuseSecondWay = (layer: Mapping, typeKey: 'type' | 'is', place: Place): void => {
  const takesFields = /\bobject\b/.test(scalarAt(layer, typeKey)?.text ?? '')
  const keys = takesFields ? [typeKey, 'ref'] : [typeKey, 'ref', 'fields']
  const [, second] = layer.entries.filter(({ key }) => keys.includes(key.text))
  if (second !== undefined) place.scope.found(report('one-of-keys', second.key.at, { keys }))
}

/** The text of the type in one layer: `type` (in a named type `is`), `ref`, or the word that inline `fields` stand for. */
const textOfLayer = (layer: Mapping, typeKey: 'type' | 'is', place: Place): Text | null => {
  refuseSecondWay(layer, typeKey, place)
  const type = scalarAt(layer, typeKey)
  if (type !== null) return parseText(type, place)
  const ref = scalarAt(layer, 'ref')
  if (ref !== null) return refText(ref)
  const fields = entryOf(layer, 'fields')
  return fields === undefined ? null : bareText('object', fields.key, null, false)
}

const defaultOf = ({ source, text }: Text): Scalar | null =>
  text.default === null
    ? null
    : partOf(source, text.default.start, text.default.end, text.default.quoted ? 'quoted' : 'plain')

const namedLayer = ({ text }: Text, place: Place): { readonly name: string; readonly root: Mapping } | null => {
  const { name, arguments: given, inner } = text.type
  const definition = given === null && inner === null ? place.scope.names.byName.get(name) : undefined
  return definition?.kind === 'type' ? { name, root: definition.root } : null
}

const unfold = (node: Node, typeKey: 'type' | 'is', place: Place): Written | null => {
  if (isNull(node)) return null
  const layer = node.kind === 'mapping' ? node : null
  const text = node.kind === 'scalar' ? parseText(node, place) : layer && textOfLayer(layer, typeKey, place)
  if (text === null) return null
  const layers = layer === null ? [] : [layer]
  const written = layer === null ? null : entryOf(layer, 'default')
  const own = written?.value ?? defaultOf(text)
  const named = namedLayer(text, place)
  if (named === null) {
    return { layers, ...text, nullable: text.text.nullable, default: own, place, at: node.at }
  }
  const under = readNamedType(named.name, named.root, place, text.source.at)
  if (under === null) return null
  const nullable = text.text.nullable || under.nullable
  return { ...under, layers: [...layers, ...under.layers], nullable, default: own ?? under.default, at: node.at }
}

/** How many named types may be made from each other. */
const deepestTypes = 20

/** Reads the definition of a named type, as a field of that type would. `at` is where it is named. */
export const readNamedType = (name: string, root: Mapping, place: Place, at: Span): Written | null => {
  if (place.name !== name) place.scope.markUsed(name)
  const inside = { ...place, name, path: name, within: [...place.within, name] }
  const isCircle = place.within.includes(name)
  if (!isCircle && place.within.length < deepestTypes) return unfold(root, 'is', inside)
  place.scope.found(
    isCircle
      ? report('recursive-type', at, { name })
      : report('nested-too-deep', at, { what: 'types', deepest: deepestTypes }),
  )
  return null
}

/** Reads a field's short or long form. Null: its type cannot be read, and the finding is reported (or was, by the shape). */
export const readWritten = (node: Node, place: Place): Written | null => unfold(node, 'type', place)
