/** A function, by its own name in lower case, and which of its arguments is meant, from 1. */
export interface SqlCall {
  readonly of: string
  readonly argument: number
}

/** What stands for a value in a statement: `:user` by its name, `$1` by its number. Offsets count UTF-16 units, the sign included. */
export interface SqlParameter {
  readonly kind: 'named' | 'numbered'
  /** Without its sign. */
  readonly name: string
  /** The call whose argument it stands in; null outside any, and inside a list or other brackets. */
  readonly call: SqlCall | null
  readonly start: number
  readonly end: number
}

/**
 * The words of SQL as far as they can hide a colon or a dollar (Postgres manual, 4.1): strings with and without escapes,
 * quoted names, dollar-quoted text, comments, casts and `:=`. What is not closed runs to the end.
 */
const word =
  /(?<string>[eE]'(?:[^'\\]|''|\\[\s\S])*'?|'(?:[^']|'')*'?)|(?<quoted>"(?:[^"]|"")*"?)|(?<comment>--[^\n\r]*|\/\*)|(?<tag>\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)|\$(?<number>\d+)|(?<name>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\w.]*)|(?<sign>:[:=])|:(?<parameter>[A-Za-z_]\w*)|(?<open>[([])|(?<close>[)\]])|(?<comma>,)|(?<space>\s+)|[\s\S]/y

/** Where a comment ends whose inner comments have to end first. */
const commentEnd = (sql: string, start: number): number => {
  const mark = /\/\*|\*\//g
  mark.lastIndex = start
  for (let depth = 0, match = mark.exec(sql); match !== null; match = mark.exec(sql)) {
    depth += match[0] === '/*' ? 1 : -1
    if (depth === 0) return mark.lastIndex
  }
  return sql.length
}

const tagEnd = (sql: string, tag: string, from: number): number => {
  const end = sql.indexOf(tag, from)
  return end === -1 ? sql.length : end + tag.length
}

type Groups = Readonly<Record<string, string | undefined>>

const endOf = (sql: string, text: string, { tag }: Groups, start: number): number => {
  if (text === '/*') return commentEnd(sql, start)
  return tag === undefined ? start + text.length : tagEnd(sql, tag, start + tag.length)
}

/** Whether a colon right behind it parts the bounds of a slice, as in `tags[first:last]`. */
const isOperand = ({ string, quoted, tag, number, name, parameter, close }: Groups): boolean =>
  [string, quoted, tag, number, name, parameter, close].some((found) => found !== undefined)

type Calls = readonly (SqlCall | null)[]

/** The brackets that are open behind a word, innermost first: a call where the bracket follows a name. */
const callsAfter = (calls: Calls, text: string, { open, close, comma }: Groups, name: string | undefined): Calls => {
  if (open !== undefined) {
    return [text === '(' && name !== undefined ? { of: name.toLowerCase(), argument: 1 } : null, ...calls]
  }
  const [inner = null, ...outer] = calls
  if (close !== undefined) return outer
  return comma === undefined || inner === null ? calls : [{ ...inner, argument: inner.argument + 1 }, ...outer]
}

/**
 * The parameters of a statement in their order, each use by itself. A colon that follows an operand with no space
 * between parts a slice; any other colon before a name makes a parameter.
 */
export function* sqlParameters(sql: string): Generator<SqlParameter> {
  let afterOperand = false
  let lastName: string | undefined
  let calls: Calls = []
  for (let start = 0; start < sql.length; ) {
    word.lastIndex = start
    const match = word.exec(sql)
    if (match === null) return
    const groups: Groups = match.groups ?? {}
    const end = endOf(sql, match[0], groups, start)
    if (groups['parameter'] !== undefined && !afterOperand) {
      yield { kind: 'named', name: groups['parameter'], call: calls[0] ?? null, start, end }
    }
    if (groups['number'] !== undefined) {
      yield { kind: 'numbered', name: groups['number'], call: calls[0] ?? null, start, end }
    }
    calls = callsAfter(calls, match[0], groups, lastName)
    if (groups['space'] === undefined && groups['comment'] === undefined) lastName = groups['name']
    afterOperand = isOperand(groups)
    start = end
  }
}
