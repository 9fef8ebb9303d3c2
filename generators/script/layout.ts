import { type Code, code, joined, trusted } from './code.js'

/**
 * Marks in the text of code, at which a line may end once it is known how far in the code stands. `laidOut` takes them
 * out again. They are code points that Unicode gives no character, and texts of the user's have none of them raw.
 */
const marks = {
  open: '\uFDD0',
  openHugging: '\uFDD1',
  openFollowing: '\uFDDD',
  close: '\uFDD2',
  indent: '\uFDD3',
  dedent: '\uFDD4',
  line: '\uFDD5',
  soft: '\uFDD6',
  comma: '\uFDD7',
  force: '\uFDD8',
  bar: '\uFDD9',
  semicolon: '\uFDDA',
  opening: '\uFDDB',
  closing: '\uFDDC',
} as const

const {
  open,
  openHugging,
  openFollowing,
  close,
  indent,
  dedent,
  line,
  soft,
  comma,
  force,
  bar,
  semicolon,
  opening,
  closing,
} = marks

/** How wide a line may be: what `biome format` is told in the tests. */
export const lineWidth = 120

const isOpening = (token: string | undefined): boolean =>
  token === open || token === openHugging || token === openFollowing

const wide = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]|\p{Emoji_Presentation}/gu

/** The columns of a text: most characters take one, East Asian ones and pictures two. */
const columnsOf = (text: string): number =>
  /^[ -~]*$/.test(text) ? text.length : [...text].length + (text.match(wide)?.length ?? 0)

/** The index of the mark that closes each group, by the index of the one that opens it. */
const closings = (tokens: readonly string[]): ReadonlyMap<number, number> => {
  const found = new Map<number, number>()
  const opened: number[] = []
  for (const [index, token] of tokens.entries()) {
    if (isOpening(token)) opened.push(index)
    if (token === close) found.set(opened.pop() ?? 0, index)
  }
  return found
}

interface Group {
  readonly end: number
  /** Whether its lines end at its marks. */
  readonly broken: boolean
  /** The group inside that is broken where this one stays on its line around it. */
  readonly hugged: number | null
  /** The indentation of the line that it begins on. */
  readonly base: number
  depth: number
}

/** What stands for a mark on one line, and where lines end at the marks of its group. */
const shown: Readonly<Record<string, readonly [flat: string, broken: string]>> = {
  [comma]: ['', ','],
  [bar]: ['', '| '],
  [semicolon]: [';', ''],
  [opening]: ['(', ''],
  [closing]: [')', ''],
}

const flatTexts: ReadonlyMap<string, string> = new Map(
  Object.values(marks).map((mark) => [mark, mark === line ? ' ' : (shown[mark]?.[0] ?? '')]),
)

class Layout {
  readonly #tokens: readonly string[]
  readonly #closings: ReadonlyMap<number, number>
  readonly #groups: Group[] = []
  #text = ''
  #column = 0

  constructor(text: string) {
    this.#tokens = text.split(/([\uFDD0-\uFDDD])/).filter((token) => token !== '')
    this.#closings = closings(this.#tokens)
  }

  print(): string {
    for (const [index, token] of this.#tokens.entries()) this.#printToken(token, index)
    return this.#text
  }

  #printToken(token: string, index: number): void {
    const group = this.#groups.at(-1)
    if (isOpening(token)) this.#groups.push(this.#groupAt(index, group))
    else if (token === close) this.#groups.pop()
    else if (token === indent && group !== undefined) group.depth += 1
    else if (token === dedent && group !== undefined) group.depth -= 1
    else if (token in shown) this.#write(shown[token]?.[group?.broken === true ? 1 : 0] ?? '')
    else if (token === line || token === soft) this.#endLine(token, group)
    else if (token !== force) this.#write(token)
  }

  #endLine(token: string, group: Group | undefined): void {
    if (group?.broken !== true) this.#write(token === line ? ' ' : '')
    else this.#write(`\n${' '.repeat(group.base + 2 * group.depth)}`)
  }

  #write(text: string): void {
    const last = text.lastIndexOf('\n')
    this.#text += text
    this.#column = last === -1 ? this.#column + columnsOf(text) : columnsOf(text.slice(last + 1))
  }

  #groupAt(index: number, parent: Group | undefined): Group {
    const end = this.#closings.get(index) ?? this.#tokens.length
    const group = { end, hugged: null, base: this.#baseIn(parent), depth: 0 }
    if (parent !== undefined && !parent.broken) return { ...group, broken: parent.hugged === index }
    if (parent !== undefined && this.#tokens[index] === openFollowing) return { ...group, broken: parent.broken }
    if (this.#fits(index, end)) return { ...group, broken: false }
    const hugged = this.#tokens[index] === openHugging ? this.#lastInside(index, end) : null
    return hugged !== null && this.#fits(index, hugged)
      ? { ...group, broken: false, hugged }
      : { ...group, broken: true }
  }

  /** The indentation of the line, or of what the parent has on its lines. */
  #baseIn(parent: Group | undefined): number {
    const here = this.#text.slice(this.#text.lastIndexOf('\n') + 1).search(/[^ ]|$/)
    return parent?.broken === true ? Math.max(here, parent.base + 2 * parent.depth) : here
  }

  /** The last group right inside another. */
  #lastInside(index: number, end: number): number | null {
    let last: number | null = null
    for (let at = index + 1; at < end; at += 1) {
      if (!isOpening(this.#tokens[at])) continue
      last = at
      at = this.#closings.get(at) ?? end
    }
    return last
  }

  /** Whether all up to `end`, and what follows it up to where a line may end, has room on this line. */
  #fits(index: number, end: number): boolean {
    let room = lineWidth - this.#column
    for (let at = index; at < this.#tokens.length; at += 1) {
      const token = this.#tokens[at] ?? ''
      const flat = flatTexts.get(token)
      if (at <= end) {
        if (token === force || (flat === undefined && token.includes('\n'))) return false
        room -= columnsOf(flat ?? token)
      } else {
        if (token === line || token === soft) return true
        const [first = '', ...others] = (flat ?? token).split('\n')
        room -= columnsOf(first)
        if (others.length > 0) return room >= 0
      }
      if (room < 0) return false
    }
    return true
  }
}

/** Text without its marks: what fits stays on its line. */
export const laidOut = (text: string): string => (/[\uFDD0-\uFDDD]/.test(text) ? new Layout(text).print() : text)

/** Texts on one line, or a line each where they do not fit; `between` ends all but the last. */
export const linesOf = (texts: readonly string[], between: string): string =>
  `${open}${texts.join(`${between}${line}`)}${close}`

/** How items stand between brackets. */
interface Bracketing {
  /** With a space inside the brackets, as braces have. */
  readonly spaced?: boolean
  /** Each on a line of its own, whether they fit or not. */
  readonly broken?: boolean
  /** On the line of the others, with the last one's own lines, where that one is a list, an object or a function. */
  readonly hugging?: boolean
  /** Types and parameters of types have no comma after the last one. */
  readonly trailing?: boolean
}

const bracketed = (
  [before, after]: readonly [string, string],
  items: readonly Code[],
  { spaced = false, broken = false, hugging = false, trailing = true }: Bracketing = {},
): Code => {
  if (items.length === 0) return trusted(before + after)
  const edge = spaced ? line : soft
  const head = `${hugging ? openHugging : open}${broken ? force : ''}${before}${indent}${edge}`
  const tail = `${trailing ? comma : ''}${dedent}${edge}${after}${close}`
  return code`${trusted(head)}${joined(items, `,${line}`)}${trusted(tail)}`
}

/** `(a, b)`: on its line where it fits, else an argument a line. */
export const argumentsCode = (given: readonly Code[], options: Pick<Bracketing, 'hugging'> = {}): Code =>
  bracketed(['(', ')'], given, options)

/** How many items stand right between the brackets that a text begins with: `[` and `{` alone have any. */
const itemsIn = (text: string, bracket: string): number => {
  if (!text.startsWith(open + bracket)) return 0
  let depth = 0
  let items = 1
  for (const [index, character] of [...text].entries()) {
    if (isOpening(character)) depth += 1
    if (character === close) depth -= 1
    if (depth === 1 && character === line && text[index - 1] === ',') items += 1
  }
  return items
}

/** Whether each item has several of its own, as rows of a table do: then each has a line. */
const isTable = (items: readonly Code[]): boolean =>
  items.length > 1 && ['[', '{'].some((bracket) => items.every(({ text }) => itemsIn(text, bracket) > 1))

/** `[a, b]`. */
export const listCode = (items: readonly Code[]): Code => bracketed(['[', ']'], items, { broken: isTable(items) })

/** `{ a: 1, b }`. */
export const objectCode = (entries: readonly Code[]): Code => bracketed(['{', '}'], entries, { spaced: true })

/** `{ a: A; b: B }`, the type of an object; in a union, its members stand further in. */
export const objectTypeCode = (members: readonly Code[]): Code => {
  const [head, tail] = [`${open}{${indent}${line}`, `${dedent}${line}}${close}`]
  return code`${trusted(head)}${joined(members, `${semicolon}${line}`)}${trusted(tail)}`
}

/** A type on a line of a union, whose own lines stand further in than the bar. */
const onUnionLine = (type: Code): Code => code`${trusted(openFollowing + indent)}${type}${trusted(dedent + close)}`

/** ` A | B` of a declaration: each on a line below it where they do not fit. */
export const unionLines = (types: readonly Code[]): Code =>
  code`${trusted(open + indent + line + bar)}${joined(types.map(onUnionLine), `${line}| `)}${trusted(dedent + close)}`

/** ` extends A, B {` of an interface: each on a line below it where they do not fit. */
export const extending = (types: readonly Code[]): Code => {
  if (types.length < 2) return code` extends ${joined(types, ', ')} {`
  return code`${trusted(`${open}${indent}${line}extends ${indent}`)}${joined(types, `,${line}`)}${trusted(` {${dedent}${dedent}${close}`)}`
}

/** `<A, B>`. */
export const typeArgumentsCode = (types: readonly Code[]): Code => bracketed(['<', '>'], types, { trailing: false })

/** `A | B`: a line each where they do not fit. */
export const unionCode = (types: readonly Code[]): Code =>
  code`${trusted(`${open}${bar}`)}${joined(types, `${line}| `)}${trusted(close)}`

/** ` = value`, on a line of its own where not even its beginning fits beside the name. */
export const assigned = (value: Code): Code => code` =${trusted(open + indent + line + dedent + close)}${value}`

/** An expression in parentheses, but on a line of its own. */
export const inParentheses = (expression: string): string => `${opening}${expression}${closing}`

/** What an arrow function returns, beside its arrow: on a line of its own where it does not fit. */
export const returned = (value: Code): Code => code`${trusted(open + indent + line)}${value}${trusted(dedent + close)}`

/** A text after its name, on a line of its own where it does not fit beside it. */
export const besideName = returned

/** `value.method(…)` with each call of the chain on a line of its own. */
export const chained = (value: Code, calls: readonly Code[]): Code =>
  code`${trusted(open + force)}${value}${trusted(indent)}${calls.map((call) => code`${trusted(soft)}${call}`)}${trusted(dedent + close)}`
