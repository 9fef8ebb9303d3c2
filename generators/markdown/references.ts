import { code, joined, link, type Markdown, md, text } from '../kernel/safe/markdown.js'
import { mermaidEntity, mermaidIdentifier, mermaidLabel } from '../kernel/safe/mermaid.js'
import type { Entity, Reference, Unique } from '../model/entity.js'
import { fieldOf, keyFieldsOf, setNullAlone } from '../model/lookup.js'
import { pageOf } from './names.js'
import { type Table, tableOf } from './table.js'

/** A reference as a picture and a table show it. */
export interface Link {
  readonly from: string
  readonly reference: Reference
  /** At most one row points at each row. */
  readonly single: boolean
  /** A row may point at nothing. */
  readonly optional: boolean
}

const covers = (fields: readonly string[], all: readonly string[]): boolean =>
  fields.length > 0 && fields.every((field) => all.includes(field))

const alwaysUnique = (unique: Unique): boolean => unique.where === null

export const linkOf = (from: Entity, reference: Reference): Link => ({
  from: from.name,
  reference,
  single:
    covers(keyFieldsOf(from), reference.fields) ||
    from.uniques.some((unique) => alwaysUnique(unique) && covers(unique.fields, reference.fields)),
  optional: reference.fields.some((name) => fieldOf(from, name).nullable),
})

/** A line of an entity diagram (Mermaid's crow's feet): the row pointed at on the left. */
export const pictureLine = ({ from, reference, single, optional }: Link): string => {
  const line = reference.enforced ? '--' : '..'
  const left = optional ? '|o' : '||'
  const right = single ? 'o|' : 'o{'
  const label = mermaidLabel(reference.fields.join(', '))
  return `  ${mermaidIdentifier(reference.to.entity)} ${left}${line}${right} ${mermaidIdentifier(from)} : "${label}"`
}

/** A line that makes an entity stand in the picture although nothing points at it, with its own name where that is odd. */
export const pictureNode = (name: string): string => `  ${mermaidEntity(name)}`

/** More lines than this make a picture that nobody can read. */
const readableLines = 40

/** The picture of an entity among its neighbours; null where there is nothing to see, or too much. */
export const neighbourPicture = (outbound: readonly Link[], inbound: readonly Link[]): string | null => {
  const lines = [...outbound, ...inbound.filter((link) => link.from !== link.reference.to.entity)]
  if (lines.length === 0 || lines.length > readableLines) return null
  const names = [...new Set(lines.flatMap(({ from, reference }) => [reference.to.entity, from]))]
  const odd = names.filter((name) => mermaidIdentifier(name) !== name)
  return ['erDiagram', ...odd.map(pictureNode), ...lines.map(pictureLine)].join('\n')
}

const fieldsText = (names: readonly string[]): Markdown => joined(names.map(code), ', ')

const deleteText = (reference: Reference): Markdown => {
  const alone = setNullAlone(reference)
  return alone.length === 0 ? text(`on delete ${reference.onDelete}`) : md`on delete set ${fieldsText(alone)} null`
}

const constraintText = (reference: Reference): Markdown => {
  const { enforced, onDelete, onUpdate } = reference
  if (!enforced) return md`documented, not enforced`
  return joined(
    [
      onDelete === 'no action' ? md`` : deleteText(reference),
      onUpdate === 'no action' ? md`` : text(`on update ${onUpdate}`),
    ],
    ', ',
  )
}

type Titles = (entity: string) => string

/** What this entity points at. */
export const outboundTable = (links: readonly Link[], titleOf: Titles): Table | null =>
  tableOf(links, [
    { head: md`field`, cell: ({ reference }) => fieldsText(reference.fields) },
    { head: md`points at`, cell: ({ reference: { to } }) => pointsAt(to.entity, to.fields, titleOf) },
    { head: md`action`, cell: ({ reference }) => constraintText(reference) },
  ])

/** What points at this entity. */
export const inboundTable = (links: readonly Link[], titleOf: Titles): Table | null =>
  tableOf(links, [
    { head: md`pointed at by`, cell: ({ from, reference }) => pointsAt(from, reference.fields, titleOf) },
    { head: md`rows`, cell: ({ single }) => (single ? md`at most one` : md`any number`) },
    { head: md`action`, cell: ({ reference }) => constraintText(reference) },
  ])

const pointsAt = (entity: string, fields: readonly string[], titleOf: Titles): Markdown =>
  md`${link(text(titleOf(entity)), pageOf(entity))} ${fieldsText(fields)}`
