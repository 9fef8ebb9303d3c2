const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()

const pascalNames = new Map<string, string>()

/** `guild_member` as `GuildMember`. Every target asks for the same names over and over, so they are kept. */
export const pascalCase = (name: string): string => {
  const pascal = pascalNames.get(name) ?? wordsOf(name).map(capital).join('')
  pascalNames.set(name, pascal)
  return pascal
}

/** `guild_member` as `guildMember`. */
export const camelCase = (name: string): string => {
  const pascal = pascalCase(name)
  return pascal.slice(0, 1).toLowerCase() + pascal.slice(1)
}

/** `GuildMember` and `guild-member` as `guild_member`. */
export const snakeCase = (name: string): string =>
  wordsOf(name)
    .map((word) => word.toLowerCase())
    .join('_')

/** `guild_member` as `Guild member`: how a name reads in a sentence's first place. */
export const sentenceCase = (name: string): string => {
  const words = wordsOf(name).join(' ').toLowerCase()
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

const irregularPlurals: ReadonlyMap<string, string> = new Map([
  ['person', 'people'],
  ['child', 'children'],
  ['media', 'media'],
  ['data', 'data'],
  ['history', 'history'],
  ['metadata', 'metadata'],
  ['news', 'news'],
  ['settings', 'settings'],
  ['stats', 'stats'],
  ['status', 'statuses'],
  ['alias', 'aliases'],
])

/** The plural of an English noun in snake_case, of its last word: `guild_member` as `guild_members`, `memory` as `memories`. */
export const plural = (name: string): string => {
  const cut = name.lastIndexOf('_') + 1
  const [stem, last] = [name.slice(0, cut), name.slice(cut)]
  const irregular = irregularPlurals.get(last.toLowerCase())
  if (irregular !== undefined) return stem + irregular
  if (/[^aeiou]y$/i.test(last)) return `${stem}${last.slice(0, -1)}ies`
  if (/(?:s|x|z|ch|sh)$/i.test(last)) return `${name}es`
  return `${name}s`
}

/** Whether a name can stand unquoted as a property of a JavaScript object (ECMAScript IdentifierName). */
export const isIdentifierName = (name: string): boolean =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$\u200C\u200D]*$/u.test(name)
