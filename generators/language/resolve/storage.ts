import { unreachable } from '../../kernel/bug.js'
import { report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { isScalar, type ListType, type Type } from '../../model/index.js'
import { entryOf } from '../load/node.js'
import { truthOf } from './read.js'
import { entryIn, nodeIn, type Written } from './written.js'

type Storages = Readonly<Record<string, Type>>

const none: Storages = {}

/** What each word under `as:` makes of a type. */
const storagesOf = (type: Type, isInline: (name: string) => boolean): Storages => {
  switch (type.kind) {
    case 'snowflake':
      return { bigint: { ...type, as: 'bigint' }, text: { ...type, as: 'text' } }
    case 'identity':
      return {
        identity: { ...type, as: 'identity' },
        serial: { ...type, as: 'serial' },
        bigserial: { ...type, as: 'bigserial' },
        int: { ...type, as: 'int' },
      }
    case 'text':
      return type.form === 'text' ? { varchar: { ...type, as: 'varchar' } } : { text: { ...type, as: 'text' } }
    case 'duration':
      return { integer: { ...type, as: 'integer' }, interval: { ...type, as: 'interval' } }
    case 'json':
      return { jsonb: { ...type, as: 'jsonb' }, json: { ...type, as: 'json' } }
    case 'vector':
      return { vector: { ...type, as: 'vector' }, 'real[]': { ...type, as: 'real[]' } }
    // An enum that is written in place has taken `as` in when it was made; a defined one says it itself.
    case 'enum':
      return isInline(type.enum) ? { type, check: type } : none
    case 'list':
      return listStorages(type, isInline)
    case 'uuid':
    case 'objectid':
    case 'format':
    case 'integer':
    case 'bigint':
    case 'float':
    case 'decimal':
    case 'boolean':
    case 'timestamp':
    case 'date':
    case 'time':
    case 'bytes':
    case 'object':
    case 'map':
    case 'union':
      return none
    default:
      return unreachable(type)
  }
}

/** A list is kept as `jsonb`, as an array, or as an array of what `as` makes of its items. */
const listStorages = (type: ListType, isInline: (name: string) => boolean): Storages => {
  const items = Object.entries(storagesOf(type.of, isInline)).map(([word, of]) => [word, { ...type, of }] as const)
  const array = isScalar(type.of) ? { array: { ...type, as: 'array' as const } } : none
  return { ...Object.fromEntries(items), ...array, jsonb: { ...type, as: 'jsonb' } }
}

const withZone = (type: Type, zoned: boolean | null): Type | null =>
  type.kind === 'timestamp' && type.form === 'instant' ? { ...type, zoned } : null

const withPrecision = (type: Type, text: string): Type | null => {
  if (type.kind !== 'timestamp' || type.form !== 'instant') return null
  return { ...type, precision: text === '6' ? 6 : text === '3' ? 3 : null }
}

const listWords = (words: readonly string[]): string =>
  words
    .map((word) => `\`${word}\``)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1')

const takeAs = (written: Written, type: Type): Type => {
  const entry = entryIn(written, 'as')
  if (entry?.value.kind !== 'scalar') return type
  const { found, names } = written.place.scope
  const { text, at } = entry.value
  const storages = storagesOf(type, (name) => names.byName.get(name)?.kind !== 'enum')
  const words = Object.keys(storages)
  const taken = storages[text]
  if (taken !== undefined) return taken
  found(
    words.length === 0
      ? report('option-not-for-type', entry.key.at, { option: 'as', type: type.kind })
      : report('wrong-choice', at, { value: text, expected: listWords(words), nearest: nearest(text, words) }),
  )
  return type
}

/** A type whose decimals are text in documents; null where it has none. Those of an object say it themselves. */
const withDecimalText = (type: Type): Type | null => {
  switch (type.kind) {
    case 'decimal':
      return { ...type, inMongo: 'text' }
    case 'list':
    case 'map': {
      const of = withDecimalText(type.of)
      return of && { ...type, of }
    }
    case 'union': {
      const of = type.of.map((member) => withDecimalText(member) ?? member)
      return of.every((member, at) => member === type.of[at]) ? null : { ...type, of }
    }
    default:
      return null
  }
}

/** Takes `mongo: { as: text }` into a type; where it means nothing it is reported. */
const withFormInMongo = (written: Written, type: Type): Type => {
  const node = nodeIn(written, 'mongo')
  const entry = node?.kind === 'mapping' ? entryOf(node, 'as') : undefined
  if (entry?.value.kind !== 'scalar') return type
  const after = withDecimalText(type)
  if (after !== null) return after
  written.place.scope.found(report('option-not-for-type', entry.key.at, { option: 'mongo.as', type: type.kind }))
  return type
}

/** Folds `as`, `zone`, `precision` and `mongo.as` into a type; one that the type does not have is reported. */
export const applyStorage = (written: Written, type: Type): Type => {
  const take = (before: Type, option: 'zone' | 'precision'): Type => {
    const entry = entryIn(written, option)
    if (entry?.value.kind !== 'scalar') return before
    const after = option === 'zone' ? withZone(before, truthOf(entry.value)) : withPrecision(before, entry.value.text)
    if (after !== null) return after
    written.place.scope.found(report('option-not-for-type', entry.key.at, { option, type: before.kind }))
    return before
  }
  return withFormInMongo(written, take(take(takeAs(written, type), 'zone'), 'precision'))
}
