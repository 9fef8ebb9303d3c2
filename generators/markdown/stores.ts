import { code, joined, type Markdown, md, text } from '../kernel/safe/markdown.js'
import type { EntityFacts } from './facts.js'
import { type Holding, storeNames } from './holding.js'
import { lossLines } from './losses.js'
import { type Table, tableOf } from './table.js'

/** How each store holds an entity, and what it cannot enforce. */
export interface StoresView {
  readonly fields: Table | null
  readonly indexes: Table | null
  readonly losses: readonly Markdown[]
}

const heldCell = (holding: Holding, field: string): Markdown =>
  joined(
    holding.fields
      .filter((held) => held.field === field)
      .map((held) => (held.name === null ? code(held.type) : md`${code(held.name)}, ${code(held.type)}`)),
    '; ',
  )

const keyRows = (holdings: readonly Holding[]): readonly (string | null)[] =>
  holdings.some(({ key }) => key !== null) ? [null] : []

/** A row for what is key beside the fields, then one for each field. */
const fieldsTable = ({ entity, holdings }: EntityFacts): Table | null =>
  tableOf<string | null>(
    [...keyRows(holdings), ...entity.fields.map(({ name }) => name)],
    [
      { head: md`field`, cell: (name) => (name === null ? md`key` : code(name)) },
      ...holdings.map((holding) => ({
        head: text(storeNames[holding.store]),
        cell: (name: string | null) =>
          name === null ? (holding.key === null ? md`` : code(holding.key)) : heldCell(holding, name),
      })),
    ],
  )

const indexesTable = ({ holdings }: EntityFacts): Table | null =>
  tableOf(
    holdings.flatMap((holding) => holding.indexes.map((index) => ({ store: holding.store, index }))),
    [
      { head: md`store`, cell: ({ store }) => text(storeNames[store]) },
      { head: md`name`, cell: ({ index }) => code(index.name) },
      { head: md`on`, cell: ({ index }) => code(index.on) },
      { head: md`kind`, cell: ({ index }) => text(index.kind) },
    ],
  )

export const storesView = (facts: EntityFacts): StoresView | null => {
  if (facts.holdings.length === 0 && facts.losses.length === 0) return null
  return {
    fields: facts.holdings.length === 0 ? null : fieldsTable(facts),
    indexes: indexesTable(facts),
    losses: lossLines(facts.losses),
  }
}
