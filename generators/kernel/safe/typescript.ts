import { isIdentifierName } from '../identifiers.js'

/**
 * What must not stand raw in a source text: controls, the line terminators that only JavaScript knows (U+2028, U+2029),
 * marks that turn the direction of text around it (Unicode TR 36, "Trojan Source"), byte order marks, lone surrogates, and
 * the code points without a character that mark where lines of code may end (`script/layout.ts`).
 */
const unsafe = /[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFDD0-\uFDEF\uFEFF]|\p{Cs}/gu

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

const escapeOf = (character: string): string =>
  shortEscapes.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

const countOf = (text: string, character: string): number => text.split(character).length - 1

/** A text as a literal of one line: in single quotes, or in double ones where it has more of the single ones. */
export const stringLiteral = (text: string): string => {
  const quote = countOf(text, "'") > countOf(text, '"') ? '"' : "'"
  const escaped = text.replace(/[\\'"]/g, (found) => (found === '\\' || found === quote ? `\\${found}` : found))
  return `${quote}${escaped.replace(unsafe, escapeOf)}${quote}`
}

/** A number as a literal: `1e38`, where JavaScript prints `1e+38`. */
export const numberLiteral = (value: number): string => JSON.stringify(value).replace('e+', 'e')

/** A pattern as a literal where it reads as one, with the `u` flag that its meaning is fixed for. */
export const regexLiteral = (source: string): string => {
  if (source === '' || !/^[\x20-\x7e]+$/.test(source)) return `new RegExp(${stringLiteral(source)}, 'u')`
  return `/${source.replace(/\\.|\//g, (found) => (found === '/' ? '\\/' : found))}/u`
}

/** A text inside a template literal, where its lines stay lines. */
export const templateText = (text: string): string =>
  text
    .replace(/[\\`]|\$(?=\{)/g, '\\$&')
    .replace(unsafe, (character) => (character === '\n' ? character : escapeOf(character)))

/** ECMAScript's reserved words, with those of modules and strict code: none can name a binding. */
const reserved: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
)

/** Whether a name can name a constant or a type of a module. */
export const isBindingName = (name: string): boolean => isIdentifierName(name) && !reserved.has(name)

/**
 * A name as a property of an interface or an object literal: bare, or quoted where it is no identifier. `__proto__` is
 * computed, since the literal `{ __proto__: … }` sets a prototype instead.
 */
export const propertyName = (name: string): string => {
  if (name === '__proto__') return "['__proto__']"
  return isIdentifierName(name) ? name : stringLiteral(name)
}

/** The access to a property: `.name`, or `['odd name']`. */
export const propertyAccess = (name: string): string =>
  isIdentifierName(name) ? `.${name}` : `[${stringLiteral(name)}]`

/** A value of JSON as an expression of one line: `{ low: 1, tags: ['a'] }`. -0 is 0. */
export const valueLiteral = (value: unknown): string => {
  if (typeof value === 'string') return stringLiteral(value)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'number') return numberLiteral(value)
  if (Array.isArray(value)) return `[${value.map(valueLiteral).join(', ')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'undefined'
  const entries = Object.entries(value).map(([key, inner]) => `${propertyName(key)}: ${valueLiteral(inner)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

/** What a text has that may need care in a comment: most have none of it. */
const delicate = /[^ -~\n]|[*@]/

/**
 * Text as it may stand in a comment: nothing ends the comment early, nothing hides, and no `@` of the user's that
 * begins a line makes a tag of TSDoc. Line breaks stay.
 */
export const commentText = (text: string): string => {
  if (!delicate.test(text)) return text
  return text
    .replace(/\r\n?/g, '\n')
    .replace(unsafe, (character) => (character === '\n' ? character : escapeOf(character)))
    .replace(/\*\//g, '*\\/')
    .replace(/^([\t ]*)@/gm, '$1\\@')
}

const width = 118

/** A line cut at its spaces; a word that is too long for a line has one of its own. */
const wrapLine = (line: string, indent: string): readonly string[] => {
  const room = width - indent.length - 3
  const lines: string[] = []
  let rest = line.replace(/[\t ]+/g, ' ')
  while (rest.length > room) {
    const last = rest.lastIndexOf(' ', room)
    const end = last === -1 ? rest.indexOf(' ', room) : last
    if (end === -1) break
    lines.push(rest.slice(0, end))
    rest = rest.slice(end + 1)
  }
  return [...lines, rest]
}

/** A word that a wrapped line begins with must not become a tag: only our own tag lines begin with `@`. */
const isTag = (line: string): boolean => line.startsWith('@')

const guardTags = (lines: readonly string[], tag: boolean): readonly string[] =>
  lines.map((line, index) => (isTag(line) && !(tag && index === 0) ? `\\${line}` : line))

/** What a doc comment says: prose of the user's, then our tags (`default`, `deprecated`) with a text that may be empty. */
export interface Doc {
  readonly text: readonly string[]
  readonly tags: readonly { readonly name: 'default' | 'deprecated' | 'see'; readonly text: string }[]
}

export const proseOf = (...text: readonly (string | null)[]): Doc => ({
  text: text.filter((line): line is string => line !== null && line.trim() !== ''),
  tags: [],
})

const docLines = (doc: Doc, indent: string): readonly string[] => [
  ...doc.text
    .flatMap((text) => commentText(text.trim()).split('\n'))
    .flatMap((line) => guardTags(wrapLine(line.trim(), indent), false)),
  ...doc.tags.flatMap(({ name, text }) =>
    guardTags(wrapLine(`@${name} ${commentText(text).replace(/\s+/g, ' ')}`.trim(), indent), true),
  ),
]

/** A doc comment with its line end, each line after `indent`; nothing when there is nothing to say. */
export const docComment = (doc: Doc, indent = ''): string => {
  const lines = docLines(doc, indent)
  const [first] = lines
  if (first === undefined) return ''
  if (lines.length === 1) return `${indent}/** ${first} */\n`
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')}${indent} */\n`
}

/** A text as a `//` comment of one line. */
export const lineComment = (text: string): string => `// ${commentText(text).replace(/\s+/g, ' ')}`
