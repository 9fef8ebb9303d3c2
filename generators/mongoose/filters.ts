import type { CollectionIndex, ExtendedJson } from '../document/index.js'
import { propertyName, valueLiteral } from '../kernel/safe/typescript.js'
import { type Code, code, literal, property, text, trusted, valueImport } from '../script/code.js'
import { argumentsCode, listCode, objectCode } from '../script/layout.js'

const isMapping = (value: ExtendedJson): value is { readonly [key: string]: ExtendedJson } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const marked = (entries: readonly (readonly [string, ExtendedJson])[]): string | null => {
  const [only, ...others] = entries
  if (only === undefined || others.length > 0) return null
  const [key, value] = only
  if (key === '$date') return `new Date(${valueLiteral(value)})`
  return key === '$numberLong' ? `${BigInt(String(value))}n` : null
}

/** Extended JSON as an expression of the program: its marks become dates and bigints. */
export const extendedJsonText = (value: ExtendedJson): string => {
  if (Array.isArray(value)) return `[${value.map((item: ExtendedJson) => extendedJsonText(item)).join(', ')}]`
  if (!isMapping(value)) return valueLiteral(value)
  const entries = Object.entries(value)
  const members = entries.map(([key, inner]) => `${propertyName(key)}: ${extendedJsonText(inner)}`)
  return marked(entries) ?? (members.length === 0 ? '{}' : `{ ${members.join(', ')} }`)
}

const types = valueImport('package:mongoose', 'Types')

const nowMark = '$$NOW'

/**
 * Extended JSON as an expression of the program, decimals and ids too. `now` is the present for a filter that asks for it: the
 * server's own unless another is given.
 */
export const extendedJsonCode = (value: ExtendedJson, now: Code = text(nowMark)): Code => {
  if (value === nowMark) return now
  if (Array.isArray(value)) return listCode(value.map((item: ExtendedJson) => extendedJsonCode(item, now)))
  if (!isMapping(value)) return literal(value)
  const entries = Object.entries(value)
  const [[key, inner] = ['', null]] = entries
  if (key === '$numberDecimal') return code`${types}.Decimal128.fromString(${literal(inner)})`
  if (key === '$oid') return code`new ${types}.ObjectId(${literal(inner)})`
  const mark = marked(entries)
  if (mark !== null || key === '$literal') return trusted(mark ?? extendedJsonText(value))
  const members = entries.map(([name, one]) => code`${property(name)}: ${extendedJsonCode(one, now)}`)
  return objectCode(members)
}

const keyCode = ({ key }: CollectionIndex): Code =>
  objectCode(key.map(({ path, direction }) => code`${property(path)}: ${literal(direction)}`))

const optionsOf = (index: CollectionIndex): readonly Code[] => [
  ...(index.named ? [code`name: ${literal(index.name)}`] : []),
  ...(index.unique ? [trusted('unique: true')] : []),
  ...(index.filter === null ? [] : [code`partialFilterExpression: ${extendedJsonCode(index.filter)}`]),
  ...(index.expireAfterSeconds === null ? [] : [code`expireAfterSeconds: ${index.expireAfterSeconds}`]),
]

/** `schema.index({ guild_id: 1 }, { unique: true })`. */
export const indexCall = (schema: string, index: CollectionIndex): Code => {
  const options = optionsOf(index)
  const given = options.length === 0 ? [keyCode(index)] : [keyCode(index), objectCode(options)]
  return code`${trusted(`${schema}.index`)}${argumentsCode(given)}`
}
