import { known } from '../../kernel/bug.js'
import { report } from '../../kernel/diagnostic.js'
import { spanOfWord } from '../../kernel/place.js'
import { ok, type Result, withDiagnostics } from '../../kernel/result.js'
import type { Sql } from '../../kernel/safe/sql.js'
import type { Entity, Query } from '../../model/entity.js'
import {
  type Context,
  columnType,
  type NumberedQuery,
  numberedQuery,
  relationalSchema,
  withoutModifier,
} from '../../relational/index.js'
import { askedColumns } from './asked-columns.js'
import { type Doing, doingOfStatement, writesInWith } from './doing.js'
import { layoutOf } from './layout.js'
import { setNames } from './names.js'
import { isParsed, type ParsedStatement, parseStatement, tokensOf } from './parse.js'
import { namesIn, qualify } from './qualify.js'

/** The statement of a named query, as it is sent. */
export interface QueryStatement {
  /** What `$1`, `$2` … stand for, by name. */
  readonly names: readonly string[]
  readonly doing: Doing
  /** The author's own statement, each name in its schema, and where each offset of it was written. */
  readonly qualified: Pick<NumberedQuery, 'text' | 'written'>
  /** What is sent: the statement, or what is around the list of the columns that its result is asked for. */
  readonly sent: { readonly before: string; readonly columns: Sql | null; readonly after: string }
}

/** A cast parameter; in parentheses where what follows would go to the type instead, as a subscript would. */
const placed = (number: number, type: Sql, next: string): string =>
  next.startsWith('[') || next.startsWith('.') ? `($${number}::${type})` : `$${number}::${type}`

/** A query with its parameters numbered, each cast to its type. */
const castQuery = (context: Context, query: Query, text: string): NumberedQuery =>
  numberedQuery(text, (number, name, next) => {
    const parameter = query.parameters.find((each) => each.name === name)
    return placed(number, withoutModifier(columnType(context, known(parameter, `parameter ${name}`).type)), next)
  })

/** What the statement's result is called in ours: a name that it does not use itself. */
const resultName = (tree: ParsedStatement['tree']): string => {
  const taken = namesIn(tree)
  let name = 'result'
  for (let number = 2; taken.has(name); number += 1) name = `result_${number}`
  return name
}

const mostOnOneLine = 100

/** The statement as a query of a WITH clause, whose columns are then asked for by name. */
const asking = async (parsed: ParsedStatement, columns: Sql, isWhole: boolean): Promise<QueryStatement['sent']> => {
  const { before, statement } = layoutOf(parsed, await tokensOf(parsed), writesInWith(parsed.tree))
  const name = resultName(parsed.tree)
  const start = before === '' ? 'WITH' : `${before},`
  const isShort = !/\n|--/.test(before + statement) && statement.length + columns.length < mostOnOneLine
  const open = isShort ? `${start} ${name} AS (${statement}) ` : `${start} ${name} AS (\n${statement}\n)\n`
  // The columns of a whole row are a constant of the emitted code, which stands between spaces in every statement.
  const space = columns.startsWith('\n') && !isWhole ? '' : ' '
  return { before: `${open}SELECT${space}`, columns, after: `${space}FROM ${name}` }
}

const unread = ({ text, names, written }: NumberedQuery): QueryStatement => ({
  names,
  doing: 'write',
  qualified: { text, written },
  sent: { before: text.trim(), columns: null, after: '' },
})

/** The statement of a query for Postgres: what its author wrote, with each name in its schema, its result asked for by forms. */
export const queryStatement = async (
  context: Context,
  entity: Entity,
  query: Query,
  written: NonNullable<Query['postgres']>,
): Promise<Result<QueryStatement>> => {
  const numbered = castQuery(context, query, written.text)
  const parsed = await parseStatement(numbered.text)
  if (!isParsed(parsed)) {
    const at = spanOfWord(written.origin, written.text, numbered.written(parsed.offset))
    const words = { query: query.name, message: parsed.message, hint: null }
    return withDiagnostics(unread(numbered), [report('query-refused', at, words)])
  }
  const names = setNames(relationalSchema(context.set, context.options).value, context.options)
  const { statement: qualified, before } = await qualify(names, parsed)
  const columns = askedColumns(context, entity, query)
  return ok({
    names: numbered.names,
    doing: doingOfStatement(parsed.tree),
    qualified: { text: qualified.text, written: (offset) => numbered.written(before(offset)) },
    sent:
      columns === null
        ? { before: qualified.text.trim(), columns: null, after: '' }
        : await asking(qualified, columns, query.columns?.kind === 'row'),
  })
}

/** The whole text that is sent. */
export const sentText = ({ sent: { before, columns, after } }: QueryStatement): string =>
  before + (columns ?? '') + after
