import type { CollectionIndex, ExtendedJson } from '../document/index.js'
import { propertyName, valueLiteral } from '../kernel/safe/typescript.js'

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

const keyText = ({ key }: CollectionIndex): string =>
  `{ ${key.map(({ path, direction }) => `${propertyName(path)}: ${valueLiteral(direction)}`).join(', ')} }`

const optionsOf = (index: CollectionIndex): readonly string[] => [
  ...(index.named ? [`name: ${valueLiteral(index.name)}`] : []),
  ...(index.unique ? ['unique: true'] : []),
  ...(index.filter === null ? [] : [`partialFilterExpression: ${extendedJsonText(index.filter)}`]),
  ...(index.expireAfterSeconds === null ? [] : [`expireAfterSeconds: ${index.expireAfterSeconds}`]),
]

/** `schema.index(…)`, on several lines when it is long. */
export const indexCall = (schema: string, index: CollectionIndex): string => {
  const options = optionsOf(index)
  if (options.length === 0) return `${schema}.index(${keyText(index)})`
  const line = `${schema}.index(${keyText(index)}, { ${options.join(', ')} })`
  return line.length <= 120 ? line : `${schema}.index(${keyText(index)}, {\n  ${options.join(',\n  ')},\n})`
}
