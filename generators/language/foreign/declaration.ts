import { translateDefault } from './default.js'
import { translateTypeName } from './types.js'

/** What a declaration may name of a set. */
export interface ForeignNames {
  readonly isType: (name: string) => boolean
  /** The entity whose table or name a declaration refers to; null where there is none. */
  readonly findEntity: (name: string) => string | null
}

interface Declaration {
  readonly type: string
  readonly nullable: boolean
  readonly default: string | null
  /** Keys of the long form, with their values. */
  readonly keys: readonly string[]
}

/** What a modifier changes; null where it has no counterpart. */
type Change = (declaration: Declaration, words: readonly string[], names: ForeignNames) => Declaration | null

const addKey = (declaration: Declaration, key: string): Declaration => ({
  ...declaration,
  keys: [...declaration.keys, key],
})

const keepAsIs: Change = (declaration) => declaration
const allowNull: Change = (declaration) => ({ ...declaration, nullable: true })

const setDefault: Change = (declaration, [text = '']) => {
  const written = translateDefault(text)
  if (written === null) return null
  return written.kind === 'maker' ? { ...declaration, type: written.type } : { ...declaration, default: written.text }
}

const referTo: Change = (declaration, [table = ''], { findEntity }) => {
  const entity = findEntity(table)
  return entity === null ? null : { ...declaration, type: `ref(${entity})` }
}

const addAction: Change = (declaration, [event = '', action = '']) =>
  addKey(declaration, `on_${event.toLowerCase()}: ${action.toLowerCase().replace(/\s+/, ' ')}`)

/** What stands behind a type in SQL, Prisma and TypeScript. */
const modifiers: readonly (readonly [RegExp, Change])[] = [
  [/^\?/, allowNull],
  [/^\[\]/, (declaration) => ({ ...declaration, type: `list<${declaration.type}>` })],
  [/^not\s+null\b/i, keepAsIs],
  [/^(?:(?:\||or\b)\s*)?(?:null|undefined)\b/i, allowNull],
  [/^unsigned\b/i, (declaration) => addKey(declaration, 'min: 0')],
  [/^(?:primary\s+key\b|@id\b)/i, (declaration) => addKey(declaration, 'key: true')],
  [/^@?unique\b/i, (declaration) => addKey(declaration, 'unique: true')],
  [/^auto_?increment\b/i, (declaration) => ({ ...declaration, type: 'identity' })],
  [/^generated\s+(?:always|by\s+default)\s+as\s+identity\b/i, (declaration) => ({ ...declaration, type: 'identity' })],
  [/^references\s+"?(\w+)"?(?:\s*\([^)]*\))?/i, referTo],
  [/^on\s+(delete|update)\s+(cascade|set\s+null|restrict|no\s+action)\b/i, addAction],
  [/^@default\(((?:[^()]|\([^()]*\))*)\)/, setDefault],
  [/^(?:default\b|=)\s*((?:'[^']*'|"[^"]*"|[^\s()]+)(?:\([^()]*\))?(?:::\w+)?)/i, setDefault],
]

const applyModifiers = (start: Declaration, text: string, names: ForeignNames): Declaration | null => {
  let declaration = start
  let rest = text.trim()
  while (rest !== '') {
    const [pattern, change] = modifiers.find(([candidate]) => candidate.test(rest)) ?? []
    const match = pattern?.exec(rest)
    if (change === undefined || match == null) return null
    const changed = change(declaration, match.slice(1), names)
    if (changed === null) return null
    declaration = changed
    rest = rest.slice(match[0].length).trim()
  }
  return declaration
}

const headPattern =
  /^(timestamp\s+with(?:out)?\s+time\s+zone|double\s+precision|character\s+varying|[A-Za-z_][\w.]*)(?:\(([^()]*)\)|<([\w<>, ]+)>)?/i

/** Literals of TypeScript between bars: `'low' | 'high'`. */
const literalUnion = /^(?:'[\w-]+'|"[\w-]+")(?:\s*\|\s*(?:'[\w-]+'|"[\w-]+"))*/

const readHead = (
  text: string,
  { isType }: ForeignNames,
): { readonly type: string; readonly length: number } | null => {
  const union = literalUnion.exec(text)?.[0]
  if (union !== undefined)
    return { type: `enum(${[...union.matchAll(/[\w-]+/g)].map(([word]) => word).join(', ')})`, length: union.length }
  const [whole, name, given = null, inner] = headPattern.exec(text) ?? []
  if (whole === undefined || name === undefined) return null
  if (inner !== undefined) {
    const of = translateTypeName(inner, null) ?? (isType(inner) ? inner : null)
    return of === null || name.toLowerCase() !== 'array' ? null : { type: `list<${of}>`, length: whole.length }
  }
  const foreign = translateTypeName(name, given)
  const spelled = [name, name.toLowerCase()].find(isType)
  const own = spelled === undefined ? null : whole.replace(name, spelled)
  // `string` alone is a type of TypeScript and no whole type here: what it means counts.
  const type = given === null ? (foreign ?? own) : (own ?? foreign)
  return type === null ? null : { type, length: whole.length }
}

const print = ({ type, nullable, default: value, keys }: Declaration): string => {
  const short = `${type}${nullable ? '?' : ''}${value === null ? '' : ` = ${value}`}`
  if (keys.length === 0) return short
  const quoted = /[,#:]/.test(short) ? `"${short.replaceAll('"', '\\"')}"` : short
  return `{ type: ${quoted}, ${keys.join(', ')} }`
}

/**
 * A field as SQL (`bigint references users(id)`), Prisma (`Int @default(0)`) or TypeScript (`string | null`) declares it, in
 * the form of the language; null for what is none of these, or says something that has no counterpart.
 */
export const translateDeclaration = (text: string, names: ForeignNames): string | null => {
  const trimmed = text.trim()
  const head = readHead(trimmed, names)
  if (head === null) return null
  const declaration = applyModifiers(
    { type: head.type, nullable: false, default: null, keys: [] },
    trimmed.slice(head.length),
    names,
  )
  return declaration && print(declaration)
}
