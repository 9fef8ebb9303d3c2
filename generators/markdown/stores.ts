import { code, joined, type Markdown, md, text } from '../kernel/safe/markdown.js'
import type { Entity } from '../model/entity.js'
import { entityNames } from '../script/names.js'
import type { EntityFacts } from './facts.js'
import { type Holding, storeNames } from './holding.js'
import { type LossView, lossViews } from './losses.js'
import { type Table, tableOf } from './table.js'

/** How each store holds an entity, and what it cannot enforce. */
export interface StoresView {
  readonly fields: Table | null
  readonly indexes: Table | null
  readonly notes: readonly Markdown[]
  readonly losses: readonly LossView[]
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

const partitionNote = ({ postgres: { partition } }: Entity): Markdown =>
  partition === null
    ? md``
    : md`Postgres keeps a partition for each ${text(partition.by)} of ${code(partition.on)}, ${partition.ahead} made ahead.`

const unloggedNote = ({ postgres: { unlogged } }: Entity): Markdown =>
  unlogged ? md`Postgres writes the table to no log: it is empty after a crash, and no replica has it.` : md``

const validationNote = ({ mongo, stores }: Entity): Markdown => {
  if (!stores.includes('mongo')) return md``
  if (mongo.validationLevel === 'off') return md`Mongo holds documents to nothing: the collection has no validator.`
  const level =
    mongo.validationLevel === 'strict'
      ? md``
      : md`Mongo does not look at changes of documents that were invalid before.`
  const action =
    mongo.validationAction === 'error'
      ? md``
      : md`Mongo takes documents that do not fit, and writes a warning to its log.`
  return joined([level, action], ' ')
}

/** The names that emitted code has for the entity. */
const codeNote = ({ entity, code: emitted }: EntityFacts): Markdown => {
  const names = entityNames(entity)
  const known = entity.model === names.row ? md`` : md`, which Mongoose knows as ${code(entity.model)}`
  const parts = [
    emitted.types ? md`${code(names.row)}, ${code(names.insert)} and ${code(names.patch)} are its types` : md``,
    emitted.validators
      ? md`${code(names.rowSchema)}, ${code(names.insertSchema)} and ${code(names.patchSchema)} validate them`
      : md``,
    emitted.models ? md`${code(names.model)} is its model${known}` : md``,
  ]
  return joined(parts, '; ') === '' ? md`` : md`In code, ${joined(parts, '; ')}.`
}

const notesOf = (facts: EntityFacts): readonly Markdown[] =>
  [partitionNote(facts.entity), unloggedNote(facts.entity), validationNote(facts.entity), codeNote(facts)].filter(
    (note) => note !== '',
  )

export const storesView = (facts: EntityFacts): StoresView | null => {
  if (facts.holdings.length === 0 && facts.losses.length === 0) return null
  return {
    fields: facts.holdings.length === 0 ? null : fieldsTable(facts),
    indexes: indexesTable(facts),
    notes: notesOf(facts),
    losses: lossViews(facts.losses),
  }
}
