import { joinSql, literal, type Sql, sql } from '../kernel/safe/sql.js'
import type { Query } from '../model/entity.js'
import { type SqlParameter, sqlParameters } from '../model/sql-parameters.js'
import { columnType, withoutModifier } from './column-type.js'
import type { Context } from './forms.js'

/** A statement with its named parameters numbered, as servers take them. */
export interface NumberedQuery {
  readonly text: string
  /** What `$1`, `$2` … stand for, by name. */
  readonly names: readonly string[]
  /** Where an offset of `text` was in the statement as written; inside a parameter, where that begins. */
  readonly written: (offset: number) => number
}

/** A stretch of the numbered text, and where it comes from. */
interface Piece {
  readonly text: string
  readonly from: number
  readonly parameter: boolean
}

/** How a parameter is written, by its number, its name, and what follows it. */
export type Placing = (number: number, name: string, next: string) => string

const byNumber: Placing = (number) => `$${number}`

const piecesOf = (
  text: string,
  parameters: readonly SqlParameter[],
  names: readonly string[],
  placing: Placing,
): readonly Piece[] => {
  const pieces: Piece[] = []
  let at = 0
  for (const { name, start, end } of parameters) {
    pieces.push({ text: text.slice(at, start), from: at, parameter: false })
    pieces.push({ text: placing(names.indexOf(name) + 1, name, text.slice(end)), from: start, parameter: true })
    at = end
  }
  return [...pieces, { text: text.slice(at), from: at, parameter: false }]
}

const writtenAt = (pieces: readonly Piece[], offset: number): number => {
  let passed = 0
  for (const { text, from, parameter } of pieces) {
    if (offset < passed + text.length) return parameter ? from : from + offset - passed
    passed += text.length
  }
  const last = pieces.at(-1)
  return last === undefined ? 0 : last.from + last.text.length
}

/** Numbers the named parameters of a statement in the order of their first use. */
export const numberedQuery = (text: string, placing = byNumber): NumberedQuery => {
  const parameters = [...sqlParameters(text)].filter(({ kind }) => kind === 'named')
  const names = [...new Set(parameters.map(({ name }) => name))]
  const pieces = piecesOf(text, parameters, names, placing)
  return {
    text: pieces.map((piece) => piece.text).join(''),
    names,
    written: (offset) => writtenAt(pieces, offset),
  }
}

/** A query as a server prepares it, and as it is then run. */
export interface PreparedQuery {
  /** `PREPARE`, which refuses what is no query (Postgres manual, PREPARE), with the numbered statement at its end. */
  readonly prepare: string
  /** How many units of `prepare` stand before the statement. */
  readonly before: number
  readonly numbered: NumberedQuery
  /** `EXECUTE` with a value for each of `numbered.names`: the text that Postgres reads for its type, or null. */
  readonly execute: (values: readonly (string | null)[]) => Sql
}

/** A query with its parameters typed as the columns of their types are, under a name of the session. */
export const preparedQuery = (context: Context, name: Sql, query: Query, text: string): PreparedQuery => {
  const numbered = numberedQuery(text)
  const types = numbered.names.flatMap((parameter) => {
    const found = query.parameters.find((each) => each.name === parameter)
    return found === undefined ? [] : [withoutModifier(columnType(context, found.type))]
  })
  const listed = (items: readonly Sql[]): Sql => (items.length === 0 ? sql`` : sql`(${joinSql(items, ', ')})`)
  const head = sql`PREPARE ${name}${listed(types)} AS `
  const value = (given: string | null, index: number): Sql =>
    given === null ? sql`NULL` : sql`${literal(given)}::${types[index] ?? sql`text`}`
  return {
    prepare: head + numbered.text,
    before: head.length,
    numbered,
    execute: (values) => sql`EXECUTE ${name}${listed(values.map(value))}`,
  }
}
