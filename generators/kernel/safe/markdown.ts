import { visible, visibleCode } from './visible.js'

declare const safe: unique symbol

/**
 * Markdown that may stand in a paragraph, a heading or a table cell: one line, of which nothing can end the cell, open
 * HTML, or be read by MDX as an expression. Plain text does not fit the type; it comes in through the functions below.
 */
export type Markdown = string & { readonly [safe]: 'markdown' }

/** What is written between the values is botschema's own Markdown; the values are safe already. */
export const md = (fixed: TemplateStringsArray, ...values: readonly (Markdown | number)[]): Markdown =>
  fixed.map((text, index) => text + (values[index] ?? '')).join('') as Markdown

export const nothing: Markdown = md``

/** The values that are not empty, with a separator of botschema's own. */
export const joined = (values: readonly Markdown[], separator: string): Markdown =>
  values.filter((value) => value !== '').join(separator) as Markdown

/**
 * What CommonMark, GFM tables and strikethrough, GitHub's formulas and MDX read as more than text. An underscore between
 * letters or digits is text to all of them, and an ampersand only begins an entity before a letter or `#`.
 */
const meaningful = /[\\`*[\]{}<>#|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=[#\p{L}])/gu

const escaped = (text: string): string => text.replace(meaningful, '\\$&')

const oneLine = (text: string): string => visible(text).replace(/\s+/g, ' ').trim()

/** Text as it is, in one line: names, titles, labels. */
export const text = (source: string): Markdown => escaped(oneLine(source)) as Markdown

const entity = (character: string): string => `&#${character.codePointAt(0)};`

/**
 * Text in a code span. GFM splits a table's row at a pipe before it looks for code, and cannot say a backslash before
 * one, so text with a pipe is written as the HTML element, which MDX reads too.
 */
export const code = (source: string): Markdown => {
  const shown = oneLine(source)
  if (shown === '' || shown.includes('|')) {
    return `<code>${shown.replace(/[^\p{L}\p{N} ]/gu, entity)}</code>` as Markdown
  }
  const runs = new Set((shown.match(/`+/g) ?? []).map((run) => run.length))
  let length = 1
  while (runs.has(length)) length += 1
  const fence = '`'.repeat(length)
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}` as Markdown
}

const percentEncoded = (character: string): string =>
  /[!-~]/.test(character) ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : encodeURIComponent(character)

/** A link. The target is a path, an anchor or an http(s) address; what could end it or mean more is percent-encoded. */
export const link = (label: Markdown, target: string): Markdown =>
  `[${label}](${oneLine(target).replace(/[^\w\-./:?#=&%+,@]/gu, percentEncoded)})` as Markdown

/** Web addresses, up to what usually follows one in a sentence. */
const address = /https?:\/\/[^\s<>"'`|\\{}[\]()]*[^\s<>"'`|\\{}[\]().,;:!?*]/gu

const withAddresses = (source: string): string => {
  const pieces: string[] = []
  let end = 0
  for (const match of source.matchAll(address)) {
    pieces.push(escaped(source.slice(end, match.index)), link(text(match[0]), match[0]))
    end = match.index + match[0].length
  }
  return [...pieces, escaped(source.slice(end))].join('')
}

/**
 * What a user wrote about a thing, in one line. Code spans and web addresses are what they look like; everything else of
 * Markdown, HTML and MDX is text.
 */
export const prose = (source: string): Markdown => {
  const line = oneLine(source)
  const runs = [...line.matchAll(/`+/g)]
  const pieces: string[] = []
  let end = 0
  for (const [index, open] of runs.entries()) {
    if (open.index < end) continue
    const close = runs.slice(index + 1).find((run) => run[0].length === open[0].length)
    if (close === undefined) continue
    pieces.push(withAddresses(line.slice(end, open.index)), code(line.slice(open.index + open[0].length, close.index)))
    end = close.index + close[0].length
  }
  return [...pieces, withAddresses(line.slice(end))].join('') as Markdown
}

/** The prose's paragraphs, which blank lines part. */
export const paragraphs = (source: string): readonly Markdown[] =>
  visible(source)
    .split(/\n[ \t]*\n/)
    .map(prose)
    .filter((paragraph) => paragraph !== '')

/**
 * The same where a line or a list item begins: there a dash, a number with a point, a colon of a Docusaurus admonition
 * or MDX's `import` and `export` would begin something else.
 */
export const atLineStart = (line: Markdown): Markdown =>
  line
    .replace(/^(?=[-+=:_])/, '\\')
    .replace(/^(\d{1,9})(?=[.)])/, '$1\\')
    .replace(/^[ie](?=mport\b|xport\b)/, entity) as Markdown

/** A sentence: the text with a full stop, where it does not end in a mark of its own. */
export const sentence = (line: Markdown): Markdown => (line === '' || /[.!?:…]$/.test(line) ? line : md`${line}.`)

/** The text with a capital where it begins with a letter. */
export const capitalised = (line: Markdown): Markdown => (line.slice(0, 1).toUpperCase() + line.slice(1)) as Markdown

/** A block of code whose fence is longer than any run of backticks in it. */
export const fenced = (language: 'sql' | 'json' | 'sh' | 'mermaid', source: string): string => {
  const runs = (source.match(/`+/g) ?? []).map((run) => run.length)
  const fence = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)))
  return `${fence}${language}\n${visibleCode(source).replace(/\n+$/, '')}\n${fence}`
}

/** A double-quoted string of YAML 1.2, as front matter has it. */
export const frontMatterString = (source: string): string => JSON.stringify(oneLine(source))

/** The anchor that GitHub and Docusaurus give a heading of this text. */
export const anchorOf = (heading: string): string =>
  oneLine(heading)
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replace(/ /g, '-')

/** The anchors of a page's headings, in order: one that was there before is numbered. */
export const anchorsOf = (headings: readonly string[]): readonly string[] => {
  const given = new Map<string, number>()
  return headings.map((heading) => {
    const plain = anchorOf(heading)
    let anchor = plain
    while (given.has(anchor)) {
      const count = (given.get(plain) ?? 0) + 1
      given.set(plain, count)
      anchor = `${plain}-${count}`
    }
    given.set(anchor, 0)
    return anchor
  })
}
