import type { Sql } from '../kernel/safe/sql.js'

/** Quoted texts and names of SQL, whose line ends are their own; and all other line ends. */
const quotedOrLineEnd =
  /[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?\1|\n/g

/** SQL whose lines after the first are set in. */
export const indented = (text: Sql, by: string): Sql =>
  text.replace(quotedOrLineEnd, (found) => (found === '\n' ? `\n${by}` : found)) as Sql
