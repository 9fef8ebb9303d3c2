import { report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { spanIn } from '../../kernel/place.js'
import type { Span } from '../../kernel/source.js'
import type { InnerReference, Type } from '../../model/index.js'
import { translateTypeName } from '../foreign/types.js'
import { builtinNames, builtins } from './builtins.js'
import { inlineEnum, valuesInBrackets, valuesOf } from './enums.js'
import { applyLimits, readLimits } from './limits.js'
import { followLink, type Link } from './links.js'
import { truthOf } from './read.js'
import { applyStorage } from './storage.js'
import type { TypeText } from './type-text.js'
import { closeValues } from './values.js'
import { entryIn, goneIn, nodeIn, readNamedType, type Written } from './written.js'

/** A type with what a reference on the outside of it leads to. */
export interface ResolvedType {
  readonly type: Type
  readonly link: Link | null
  /** What is referred to inside of it. */
  readonly refersTo: readonly InnerReference[]
}

const found = (written: Written) => written.place.scope.found

const placeOf = (written: Written, text: TypeText): Span => spanIn(written.source, text.start, text.end)

const nameOf = (written: Written, text: TypeText): Span =>
  spanIn(written.source, text.start, text.start + text.name.length)

const refuseArguments = (written: Written, text: TypeText, form: string): null => {
  found(written)(report('wrong-type-arguments', placeOf(written, text), { name: text.name, form }))
  return null
}

const builtinOf = (written: Written, text: TypeText): Type | null => {
  const make = builtins[text.name]
  if (make === undefined || text.inner !== null) return refuseArguments(written, text, `\`${text.name}\`, without < >`)
  const made = make(text.arguments?.map((argument) => argument.text) ?? [], written.place)
  return 'kind' in made ? made : refuseArguments(written, text, made.form)
}

const enumOf = (written: Written, text: TypeText): Type | null => {
  const listed = nodeIn(written, 'values')
  const as = nodeIn(written, 'as')
  const values = text.arguments ? valuesInBrackets(text.arguments, written.source) : valuesOf(listed)
  if (values.length === 0)
    return refuseArguments(written, text, '`enum(low, high)`, or `enum` with `values:` beside it')
  if (text.arguments !== null && listed !== null) {
    found(written)(report('values-twice', listed.at, {}))
    return null
  }
  const origin = placeOf(written, text)
  return inlineEnum(written.place, {
    values,
    gone: goneIn(written),
    as: as?.kind === 'scalar' ? as.text : null,
    base: null,
    origin,
  })
}

const refOf = (written: Written, text: TypeText, outermost: boolean): ResolvedType | null => {
  const [argument, ...others] = text.arguments ?? []
  if (argument === undefined || others.length > 0)
    return refuseArguments(written, text, '`ref(user)` or `ref(chat.chat_id)`')
  const enforced = nodeIn(written, 'enforced')
  const inside = !outermost || written.place.entity === null
  if (inside && (enforced === null || truthOf(enforced) !== false)) {
    found(written)(report('reference-inside', placeOf(written, text), { entity: argument.text }))
  }
  const link = followLink(written.place.scope, argument.text, spanIn(written.source, argument.start, argument.end))
  if (link === null) return null
  const { type, entity, field } = link
  return inside ? { type, link: null, refersTo: [{ to: { entity, field }, within: [] }] } : { type, link, refersTo: [] }
}

/** A type where nothing but its value counts: inside a list, a map or a union. */
const innerType = (written: Written, text: TypeText): ResolvedType | null => {
  const definition = written.place.scope.names.byName.get(text.name)
  const named =
    definition?.kind === 'type' ? readNamedType(text.name, definition.root, written.place, nameOf(written, text)) : null
  if (named?.nullable === true) {
    found(written)(report('null-inside', nameOf(written, text), { name: text.name }))
    return null
  }
  return resolveText(written, text, false)
}

const innerTypes = (written: Written, text: TypeText): readonly ResolvedType[] | null => {
  const types = (text.inner ?? []).map((inner) => innerType(written, inner))
  const known = types.filter((type) => type !== null)
  return known.length === types.length ? known : null
}

const unlimited = { minItems: null, maxItems: null } as const

type Container = 'list' | 'map' | 'union'

const containerType = (name: Container, of: readonly Type[]): Type | null => {
  const [first] = of
  if (name === 'union') return { kind: 'union', of }
  if (first === undefined) return null
  return name === 'list'
    ? { kind: 'list', of: first, ...unlimited, as: null }
    : { kind: 'map', of: first, ...unlimited }
}

const containerOf = (written: Written, text: TypeText, name: Container): ResolvedType | null => {
  const count = text.inner?.length ?? 0
  if (name === 'union' ? count < 2 : count !== 1)
    return refuseArguments(written, text, name === 'union' ? '`union<text, integer>`' : `\`${name}<text>\``)
  const inner = innerTypes(written, text)
  const type =
    inner &&
    containerType(
      name,
      inner.map((each) => each.type),
    )
  if (inner === null || type === null) return null
  const refersTo = inner.flatMap((each) => each.refersTo.map(({ to, within }) => ({ to, within: [name, ...within] })))
  return { type, link: null, refersTo }
}

const objectOf = (written: Written, text: TypeText): Type | null => {
  const fields = nodeIn(written, 'fields')
  if (fields?.kind === 'mapping')
    return written.place.scope.inlineObject(written.place, fields, nodeIn(written, 'summary'), goneIn(written))
  return refuseArguments(written, text, "an object's name, or `object` with `fields:` beside it")
}

/** Types that mean nothing without what they take, as they are usually written. */
const usualForms: Readonly<Record<string, string>> = {
  char: 'char(n)',
  decimal: 'decimal(p, s)',
  duration: 'duration(seconds)',
  enum: 'enum(a, b)',
  list: 'list<text>',
  map: 'map<text>',
  ref: 'ref(user)',
  string: 'string(n)',
  union: 'union<text, integer>',
  vector: 'vector(n)',
}

const usualForm = (name: string | null, text: TypeText): string | null =>
  name === null || text.arguments !== null || text.inner !== null ? name : (usualForms[name] ?? name)

const unknownType = (written: Written, text: TypeText): null => {
  const { names } = written.place.scope
  if (names.unreadable.has(text.name)) return null
  const types = [...names.byName.values()].filter(({ kind }) => kind !== 'entity').map(({ name }) => name)
  const foreign = translateTypeName(text.name, text.arguments?.map((argument) => argument.text).join(', ') ?? null)
  const near = foreign ?? usualForm(nearest(text.name, [...builtinNames, ...types]), text)
  found(written)(report('unknown-type', nameOf(written, text), { name: text.name, nearest: near }))
  return null
}

const definedType = (written: Written, text: TypeText): ResolvedType | null => {
  const definition = written.place.scope.names.byName.get(text.name)
  if (definition === undefined) return unknownType(written, text)
  if (text.arguments !== null || text.inner !== null) {
    return refuseArguments(written, text, `\`${text.name}\`, without brackets`)
  }
  switch (definition.kind) {
    case 'object':
      return { type: { kind: 'object', object: text.name }, link: null, refersTo: [] }
    case 'enum':
      return { type: { kind: 'enum', enum: text.name }, link: null, refersTo: [] }
    case 'entity':
      found(written)(report('entity-as-type', nameOf(written, text), { name: text.name }))
      return null
    case 'type': {
      const named = readNamedType(text.name, definition.root, written.place, nameOf(written, text))
      return named && resolveWritten(named)
    }
  }
}

const resolveText = (written: Written, text: TypeText, outermost: boolean): ResolvedType | null => {
  const alone = (type: Type | null): ResolvedType | null => type && { type, link: null, refersTo: [] }
  switch (text.name) {
    case 'ref':
      return refOf(written, text, outermost)
    case 'list':
    case 'map':
    case 'union':
      return containerOf(written, text, text.name)
    case 'enum':
      return alone(enumOf(written, text))
    case 'object':
      return alone(objectOf(written, text))
    default:
      return builtinNames.has(text.name) ? alone(builtinOf(written, text)) : definedType(written, text)
  }
}

const changes = ['min', 'max', 'length', 'min_length', 'max_length', 'pattern', 'values', 'as', 'zone', 'precision']

/** A reference has the type of what it leads to: nothing beside it can change that. */
const refuseChanges = (written: Written): void => {
  for (const option of changes) {
    const entry = entryIn(written, option)
    if (entry !== null) found(written)(report('option-not-for-type', entry.key.at, { option, type: 'ref' }))
  }
}

/** The type of a field as written: with its values, limits and storage folded in. Null when it is not known. */
export const resolveWritten = (written: Written): ResolvedType | null => {
  const resolved = resolveText(written, written.text.type, true)
  if (resolved === null) return null
  if (resolved.link !== null) {
    refuseChanges(written)
    return resolved
  }
  const closed = closeValues(written, resolved.type)
  const limited = applyLimits(written, closed, readLimits(written))
  return { ...resolved, type: applyStorage(written, limited) }
}
