import { atLineStart, code, fenced, joined, type Markdown, md, prose, sentence, text } from '../kernel/safe/markdown.js'
import type { Query } from '../model/entity.js'
import { type TypeLinks, typeText } from './types.js'

/** A query as its layout prints it. */
export interface QueryView {
  readonly heading: Markdown
  readonly text: Markdown
  readonly blocks: readonly string[]
}

const takes = (query: Query, links: TypeLinks): Markdown => {
  const parameters = query.parameters.map(
    ({ name, type, nullable }) => md`${code(name)} (${typeText(type, links)}${nullable ? md`, or null` : md``})`,
  )
  return parameters.length === 0 ? md`` : md`Takes ${joined(parameters, ', ')}.`
}

const gives = { many: 'Gives any number of rows.', one: 'Gives one row, or none.', none: 'Gives no rows.' } as const

/** A query with its parameters, and as each store is asked. */
export const queryView = (query: Query, links: TypeLinks): QueryView => ({
  heading: text(query.name),
  text: joined(
    [atLineStart(sentence(prose(query.summary ?? ''))), takes(query, links), text(gives[query.returns])],
    ' ',
  ),
  blocks: [
    ...(query.postgres === null ? [] : [fenced('sql', query.postgres.text)]),
    ...(query.mongo === null ? [] : [fenced('json', JSON.stringify(query.mongo.command, null, 2))]),
  ],
})
