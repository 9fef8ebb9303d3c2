import { code, joined, link, type Markdown, md, prose, sentence, text } from '../kernel/safe/markdown.js'
import type { Entity, Reference } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { isKeyField, referenceOf } from '../model/lookup.js'
import { stores } from '../model/store.js'
import type { ReferenceAction } from '../model/words.js'
import { storeNames } from './holding.js'
import { pageOf, wordsOf } from './names.js'
import { type Table, tableOf } from './table.js'
import { type TypeLinks, typeText } from './types.js'
import { defaultText, valueText } from './values.js'

/** What becomes of a row when the row it points at goes; null where the link is not kept by a constraint. */
const fates: Readonly<Record<ReferenceAction, (to: string) => string | null>> = {
  cascade: (to) => `Goes when the ${to} goes.`,
  'set null': (to) => `Null once the ${to} has gone.`,
  restrict: (to) => `The ${to} cannot go before it.`,
  'no action': () => null,
}

const referenceNote = (reference: Reference | undefined): Markdown => {
  if (reference === undefined) return md``
  if (!reference.enforced) return md`A link without a constraint.`
  return text(fates[reference.onDelete](wordsOf(reference.to.entity)) ?? '')
}

const bandsNote = (field: Field): Markdown =>
  joined(
    field.bands.map((band) => md`${text(band.name)} from ${code(String(band.from))}`),
    ', ',
  )

const suggestNote = (field: Field): Markdown => {
  const values = joined(field.suggest.map(valueText), ', ')
  return values === '' ? values : md`Such as ${values}.`
}

const storesNote = (owner: Owner, field: Field): Markdown => {
  const kept = stores.filter((store) => field.stores.includes(store))
  const possible = stores.filter((store) => owner.stores.includes(store))
  return possible.every((store) => kept.includes(store))
    ? md``
    : md`Only in ${joined(
        kept.map((store) => text(storeNames[store])),
        ' and ',
      )}.`
}

/** What a field's columns in the table do not say yet, sentence by sentence. */
const facts = (owner: Owner, field: Field): readonly Markdown[] => [
  owner.entity === null ? md`` : referenceNote(referenceOf(owner.entity, field)),
  field.bands.length === 0 ? md`` : md`${bandsNote(field)}.`,
  suggestNote(field),
  field.immutable && !isKey(owner, field) ? md`Never changes.` : md``,
  storesNote(owner, field),
  field.property === field.name ? md`` : md`${code(field.property)} in code.`,
  field.encrypted === null ? md`` : md`Encrypted, with the key of ${code(field.encrypted.key)}.`,
  field.was === null ? md`` : md`Was ${code(field.was)}.`,
  field.personal ? md`*Personal.*` : md``,
  field.deprecated === null ? md`` : joined([md`**Deprecated.**`, sentence(prose(field.deprecated))], ' '),
]

const meaning = (owner: Owner, field: Field): Markdown =>
  joined([sentence(prose(field.summary ?? '')), sentence(prose(field.notes ?? '')), ...facts(owner, field)], ' ')

const isKey = (owner: Owner, field: Field): boolean => owner.entity !== null && isKeyField(owner.entity, field)

/** Whose fields a table shows: an entity, or (null) an object. */
export interface Owner {
  readonly entity: Entity | null
  readonly fields: readonly Field[]
  readonly stores: Entity['stores']
}

const fieldType = (owner: Owner, field: Field, links: TypeLinks): Markdown => {
  const reference = owner.entity === null ? undefined : referenceOf(owner.entity, field)
  return reference === undefined
    ? typeText(field.type, links)
    : link(text(wordsOf(reference.to.entity)), pageOf(reference.to.entity))
}

const nullText = (field: Field): Markdown => {
  const whether = field.nullable ? md`yes` : md`no`
  return field.optional ? md`${whether}, may be absent` : whether
}

/** The table of an entity's or an object's fields. */
export const fieldTable = (owner: Owner, links: TypeLinks): Table | null =>
  tableOf(owner.fields, [
    { head: md`field`, cell: (field) => (isKey(owner, field) ? md`${code(field.name)} 🔑` : code(field.name)) },
    { head: md`type`, cell: (field) => fieldType(owner, field, links) },
    { head: md`null`, cell: nullText },
    { head: md`default`, cell: (field) => defaultText(field, (name) => links.object(name).definition) },
    { head: md`meaning`, cell: (field) => meaning(owner, field) },
  ])
