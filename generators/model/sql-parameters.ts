/** What stands for a value in a statement: `:user` by its name, `$1` by its number. Offsets count UTF-16 units, the sign included. */
export interface SqlParameter {
  readonly kind: 'named' | 'numbered'
  /** Without its sign. */
  readonly name: string
  readonly start: number
  readonly end: number
}

/**
 * The words of SQL as far as they can hide a colon or a dollar (Postgres manual, 4.1): strings with and without escapes,
 * quoted names, dollar-quoted text, comments, casts and `:=`. What is not closed runs to the end.
 */
const word =
  /(?<string>[eE]'(?:[^'\\]|''|\\[\s\S])*'?|'(?:[^']|'')*'?)|(?<quoted>"(?:[^"]|"")*"?)|(?<comment>--[^\n\r]*|\/\*)|(?<tag>\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)|\$(?<number>\d+)|(?<name>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\w.]*)|(?<sign>:[:=])|:(?<parameter>[A-Za-z_]\w*)|(?<close>[)\]])|[\s\S]/y

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

/**
 * The parameters of a statement in their order, each use by itself. A colon that follows an operand with no space
 * between parts a slice; any other colon before a name makes a parameter.
 */
export function* sqlParameters(sql: string): Generator<SqlParameter> {
  let afterOperand = false
  for (let start = 0; start < sql.length; ) {
    word.lastIndex = start
    const match = word.exec(sql)
    if (match === null) return
    const groups: Groups = match.groups ?? {}
    const end = endOf(sql, match[0], groups, start)
    if (groups['parameter'] !== undefined && !afterOperand) {
      yield { kind: 'named', name: groups['parameter'], start, end }
    }
    if (groups['number'] !== undefined) yield { kind: 'numbered', name: groups['number'], start, end }
    afterOperand = isOperand(groups)
    start = end
  }
}
