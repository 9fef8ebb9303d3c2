import type { Sql } from '../kernel/safe/sql.js'

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']' }

/**
 * What could reach beyond the text: quotes (strings, `E'…'`, names, dollar quotes), comments, brackets, semicolons. A
 * quote that is not closed runs to the end and leaves its last group empty. An `e` or a `$` inside a name is part of it.
 */
const token =
  /(?<![\w$\u0080-\uffff])[eE]'(?:[^'\\]|''|\\[\s\S])*('|$)|'(?:[^']|'')*('|$)|"(?:[^"]|"")*("|$)|(?<![\w$\u0080-\uffff])\$(?:[A-Za-z_]\w*)?\$|--|\/\*|[()[\];\0]/g

type Problem = string

const dollarEnd = (text: string, tag: string, from: number): number => {
  const end = text.indexOf(tag, from)
  return end === -1 ? -1 : end + tag.length
}

const bracketProblem = (open: string[], found: string): Problem | null => {
  const end = closing[found]
  if (end !== undefined) open.push(end)
  else if (found === ')' || found === ']') return open.pop() === found ? null : `a \`${found}\` closes nothing`
  return null
}

const forbidden: Readonly<Record<string, Problem>> = {
  '--': 'it has a comment',
  '/*': 'it has a comment',
  ';': 'it has a semicolon',
  '\0': 'it has a NUL',
}

/** Why a text is not one whole piece of SQL, in words, or null when nothing in it can reach beyond its end. */
export const problemOfRawSql = (text: string): Problem | null => {
  if (text.trim() === '') return 'it is empty'
  const open: string[] = []
  token.lastIndex = 0
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [found, ...ends] = match
    if (ends.includes('')) return 'a quote is not closed'
    if (found.startsWith('$')) {
      const end = dollarEnd(text, found, token.lastIndex)
      if (end === -1) return `a ${found} is not closed`
      token.lastIndex = end
    }
    const problem = forbidden[found] ?? bracketProblem(open, found)
    if (problem !== null) return problem
  }
  const left = open.at(-1)
  return left === undefined ? null : `a \`${left}\` is missing`
}

/** SQL of the user's own, once `problemOfRawSql` has found nothing. */
export const rawSql = (text: string): Sql => text.trim() as Sql
