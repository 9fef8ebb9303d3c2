import { bug } from '../bug.js'
import { reservedWords } from './reserved-words.js'

declare const sqlBrand: unique symbol

/** SQL that is whole in itself: made of the tokens below and of constant text of our own, never of a user's bare text. */
export type Sql = string & { readonly [sqlBrand]: true }

/**
 * SQL with tokens in it. Only tokens and whole numbers fit, so a string cannot be printed without being quoted first.
 *
 * @example sql`ALTER TABLE ${identifier(table)} ADD CHECK (${condition})`
 */
export const sql = (texts: TemplateStringsArray, ...tokens: readonly (Sql | number)[]): Sql =>
  texts.map((text, index) => text + (tokens[index] ?? '')).join('') as Sql

export const joinSql = (tokens: readonly Sql[], separator: string): Sql => tokens.join(separator) as Sql

/** A list that is broken into indented lines where it is too wide for one. */
export const wrapped = (items: readonly Sql[], indent: string, width: number): Sql => {
  const line = joinSql(items, ', ')
  if (line.length <= width) return line
  const lines: string[] = []
  for (const item of items) {
    const last = lines.at(-1)
    if (last === undefined || last.length + item.length + 2 > width) lines.push(item)
    else lines[lines.length - 1] = `${last}, ${item}`
  }
  return `\n${lines.map((each) => indent + each).join(',\n')}\n${indent.slice(2)}` as Sql
}

const bareName = /^[a-z_][a-z0-9_]*$/

/** A name, quoted only where Postgres would not read it bare as itself. */
export const identifier = (name: string): Sql => {
  if (name === '' || name.includes('\0')) return bug(`${JSON.stringify(name)} cannot be a name in Postgres`)
  const bare = bareName.test(name) && !reservedWords.has(name)
  return (bare ? name : `"${name.replaceAll('"', '""')}"`) as Sql
}

export const identifiers = (names: readonly string[]): Sql => joinSql(names.map(identifier), ', ')

/** A name with the schema it is in. */
export const qualified = (schema: string, name: string): Sql => sql`${identifier(schema)}.${identifier(name)}`

/** With escapes, for a text of several lines: statements are indented by their lines, and files may change line ends. */
const escaped = (quoted: string): string =>
  `E'${quoted.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`

/**
 * A string constant on one line. Backslashes mean themselves where it has no `E` before it:
 * `standard_conforming_strings` is on since Postgres 9.1.
 */
export const literal = (text: string): Sql => {
  if (text.includes('\0')) return bug('Postgres has no NUL in text')
  const quoted = text.replaceAll("'", "''")
  return (/[\n\r]/.test(text) ? escaped(quoted) : `'${quoted}'`) as Sql
}

/** A numeric constant from its digits. A negative one stands in parentheses where a sign could be taken for an operator. */
export const numeral = (digits: string | number | bigint): Sql => {
  const text = String(digits)
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return bug(`${text} is no number`)
  return text as Sql
}

/** Text as `--` comments, one a line. No character but a line end can end such a comment, and those start a new one. */
export const comment = (text: string): Sql =>
  text
    .split(/\r\n|[\n\r\0\u2028\u2029]/)
    .map((line) => `-- ${line}`.trimEnd())
    .join('\n') as Sql

/** A dollar-quoted constant whose tag is not in the text. */
export const dollarQuoted = (body: string): Sql => {
  let tag = '$$'
  for (let attempt = 1; body.includes(tag); attempt++) tag = `$body${attempt}$`
  return `${tag}${body}${tag}` as Sql
}
