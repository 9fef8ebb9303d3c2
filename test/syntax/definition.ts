import { documentShapes, shapeNamed } from '../../generators/language/shape/language.js'
import type { Key, Shape } from '../../generators/language/shape/syntax.js'

/** A value that a `choice` of the syntax may have. */
export interface ChoiceOf {
  readonly syntax: string
  readonly value: string
}

export interface SyntaxDefinition {
  /** Each key by its place: `entity.docs.grows.rate`. */
  readonly keys: readonly string[]
  readonly choices: readonly ChoiceOf[]
}

const choicesOf = (shape: Shape, syntax: string): readonly ChoiceOf[] =>
  shape.kind === 'choice' ? shape.values.map((value) => ({ syntax, value: String(value) })) : []

const inside = (shape: Shape, syntax: string): SyntaxDefinition => {
  switch (shape.kind) {
    case 'keys':
      return joined(Object.entries(shape.keys).map(([name, key]) => definitionOfKey(key, `${syntax}.${name}`)))
    case 'list':
      return inside(shape.of, `${syntax}[]`)
    case 'names':
      return inside(shape.of, `${syntax}.*`)
    case 'either':
      return joined(shape.of.map((one) => inside(one, syntax)))
    default:
      return { keys: [], choices: choicesOf(shape, syntax) }
  }
}

const joined = (parts: readonly SyntaxDefinition[]): SyntaxDefinition => ({
  keys: parts.flatMap(({ keys }) => keys),
  choices: parts.flatMap(({ choices }) => choices),
})

const definitionOfKey = (key: Key, syntax: string): SyntaxDefinition =>
  joined([{ keys: [syntax], choices: [] }, inside(key.shape, syntax)])

/** What an extension says beyond the definitions that it is laid over: the rest is theirs. */
const ownOfExtension = (): Shape => {
  const { extend, entity, enum: enumeration } = documentShapes
  const theirs = new Set([...Object.values(entity.keys), ...Object.values(enumeration.keys)])
  const isOwn = ([name, key]: readonly [string, Key]): boolean =>
    !theirs.has(key) && !Object.hasOwn(enumeration.keys, name)
  return { ...extend, keys: Object.fromEntries(Object.entries(extend.keys).filter(isOwn)) }
}

/** All keys of the language, and all values of its choices. */
export const syntaxDefinition: SyntaxDefinition = joined(
  Object.entries({
    ...documentShapes,
    extend: ownOfExtension(),
    field: shapeNamed('field'),
    fields: shapeNamed('fields'),
  }).map(([name, shape]) => inside(shape, name)),
)
