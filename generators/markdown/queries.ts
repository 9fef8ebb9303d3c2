import { atLineStart, code, fenced, joined, type Markdown, md, prose, sentence, text } from '../kernel/safe/markdown.js'
import type { Query, QueryValue } from '../model/entity.js'
import { type TypeLinks, typeText } from './types.js'

/** A query as its layout prints it. */
export interface QueryView {
  readonly heading: Markdown
  readonly text: Markdown
  readonly blocks: readonly string[]
}

const takes = (query: Query, links: TypeLinks): Markdown => {
  const parameters = query.parameters.map((parameter) => valueText(parameter, links))
  return parameters.length === 0 ? md`` : md`Takes ${joined(parameters, ', ')}.`
}

const gives = { many: 'Gives any number of rows.', one: 'Gives one row, or none.', none: 'Gives no rows.' } as const

const valueText = ({ name, type, nullable }: QueryValue, links: TypeLinks): Markdown =>
  md`${code(name)} (${typeText(type, links)}${nullable ? md`, or null` : md``})`

/** What each row has, where that is said. */
const rowsText = ({ columns }: Query, links: TypeLinks): Markdown => {
  switch (columns?.kind) {
    case undefined:
      return md``
    case 'row':
      return md`Each has all fields of the table.`
    case 'fields':
    case 'named':
      return md`Each has ${joined(
        columns.columns.map((column) => valueText(column, links)),
        ', ',
      )}.`
  }
}

/** A query with its parameters, and as each store is asked. */
export const queryView = (query: Query, links: TypeLinks): QueryView => ({
  heading: text(query.name),
  text: joined(
    [
      atLineStart(sentence(prose(query.summary ?? ''))),
      takes(query, links),
      text(gives[query.returns]),
      rowsText(query, links),
    ],
    ' ',
  ),
  blocks: [
    ...(query.postgres === null ? [] : [fenced('sql', query.postgres.text)]),
    ...(query.mongo === null ? [] : [fenced('json', JSON.stringify(query.mongo.command, null, 2))]),
  ],
})
