import { code, joined, type Markdown, md, prose, sentence } from '../kernel/safe/markdown.js'
import type { Entity, ListOrder, NamedList } from '../model/entity.js'
import { expressionText } from '../model/expression-text.js'
import { orderOf, servingIndex } from '../model/lists.js'
import type { SchemaSet } from '../model/schema-set.js'
import { indexFields } from './keys.js'
import { type Table, tableOf } from './table.js'

const codes = (names: readonly string[]): Markdown => joined(names.map(code), ', ')

const directed = ({ field, direction }: ListOrder): Markdown =>
  direction === 'desc' ? md`${code(field)} ↓` : code(field)

const rows = (list: NamedList): Markdown =>
  joined(
    [
      sentence(prose(list.summary ?? '')),
      list.by.length === 0 ? md`` : md`Of one ${codes(list.by)}.`,
      list.where === null ? md`` : md`Where ${code(expressionText(list.where))}.`,
    ],
    ' ',
  )

const servedBy = (set: Pick<SchemaSet, 'stores'>, entity: Entity, list: NamedList): Markdown => {
  const served = servingIndex(set, entity, list)
  if (served === null) return md`nothing: every page sorts its rows`
  if (served === 'key') return md`the key`
  return 'parts' in served ? md`the index on ${indexFields(served)}` : md`the unique on ${codes(served.fields)}`
}

/** The lists that code reads a page at a time, each with what serves it. */
export const listTable = (set: Pick<SchemaSet, 'stores'>, entity: Entity): Table | null =>
  tableOf(entity.lists, [
    { head: md`list`, cell: (list) => code(list.name) },
    { head: md`rows`, cell: rows },
    { head: md`ordered by`, cell: (list) => joined(orderOf(entity, list).map(directed), ', ') },
    { head: md`served by`, cell: (list) => servedBy(set, entity, list) },
  ])
