import { report } from '../../kernel/diagnostic.js'
import {
  type Band,
  type Encryption,
  type Field,
  type JsonValue,
  type Store,
  stores,
  type Type,
} from '../../model/index.js'
import { type Enforcer, enforcers } from '../../model/words.js'
import { isNumber, type Mapping, type Node } from '../load/node.js'
import { jsonOf } from '../shape/json.js'
import { readLiteral } from './literal.js'
import { mappingAt, scalarsIn, textAt, truthOf, wordAt } from './read.js'
import { leafOf } from './values.js'
import { nodeIn, type Written } from './written.js'

/** What a definition or a field says of `enforce`, else what is said around it. */
export const enforceAt = (around: Enforcer, root: Mapping): Enforcer => wordAt(root, 'enforce', enforcers) ?? around

export const enforceIn = (around: Enforcer, written: Written): Enforcer =>
  enforcers.find((one) => one === textIn(written, 'enforce')) ?? around

export const textIn = (written: Written, key: string): string | null => {
  const node = nodeIn(written, key)
  return node?.kind === 'scalar' ? node.text.trimEnd() : null
}

export const truthIn = (written: Written, key: string): boolean => {
  const node = nodeIn(written, key)
  return node !== null && truthOf(node) === true
}

export const suggestions = (written: Written, type: Type): readonly JsonValue[] => {
  const node = nodeIn(written, 'suggest')
  const values =
    node?.kind === 'sequence' ? node.items.map((item) => readLiteral(written.place.scope, leafOf(type), item)) : []
  return values.filter((value) => value !== undefined)
}

export const bands = (written: Written): readonly Band[] => {
  const node = nodeIn(written, 'bands')
  if (node?.kind !== 'mapping') return []
  return node.entries.flatMap(({ key, value }) => {
    if (isNumber(key)) return value.kind === 'scalar' ? [{ from: Number(key.text), name: value.text }] : []
    written.place.scope.found(report('bad-literal', key.at, { expected: 'a number', found: `\`${key.text}\`` }))
    return []
  })
}

export const encryption = (written: Written): Encryption | null => {
  const node = nodeIn(written, 'encrypted')
  const key = node?.kind === 'mapping' ? textAt(node, 'key') : null
  return key === null ? null : { with: 'pgcrypto', key }
}

/** Null: not deprecated; a text: what to use instead; empty when only `true` was said. */
export const deprecation = (written: Written): string | null => {
  const node = nodeIn(written, 'deprecated')
  if (node?.kind !== 'scalar') return null
  const truth = truthOf(node)
  return truth === null ? node.text.trimEnd() : truth ? '' : null
}

/** Of some stores those that a list names, in their usual order; all of them when it names none. */
export const storesIn = (all: readonly Store[], node: Node | null): readonly Store[] => {
  if (node === null) return all
  const words = new Set(scalarsIn(node).map(({ text }) => text))
  const named = stores.filter((store) => words.has(store))
  return named.length === 0 ? all : all.filter((store) => named.includes(store))
}

export const rawPostgres = (written: Written): Field['postgres'] => {
  const node = nodeIn(written, 'postgres')
  if (node?.kind !== 'mapping') return { check: null, default: null, collation: null }
  return { check: textAt(node, 'check'), default: textAt(node, 'default'), collation: textAt(node, 'collation') }
}

export const rawMongo = (written: Written): Field['mongo'] => {
  const node = nodeIn(written, 'mongo')
  const schema = node?.kind === 'mapping' ? mappingAt(node, 'schema') : null
  if (schema === null) return { schema: null, origin: null }
  const keywords = schema.entries.map(({ key, value }) => [key.text, jsonOf(value)])
  return { schema: Object.fromEntries(keywords), origin: schema.at }
}
