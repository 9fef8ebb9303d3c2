import type { Entity, Reference } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { referenceOf } from '../model/lookup.js'
import type { ReferenceAction } from '../model/words.js'
import { limitSentences } from './limits.js'
import { spoken, withArticle } from './words.js'

const whenGone: Readonly<Record<ReferenceAction, (noun: string) => string>> = {
  cascade: (noun) => `goes when the ${noun} goes`,
  'set null': (noun) => `null when the ${noun} goes`,
  restrict: (noun) => `the ${noun} stays while this does`,
  'no action': (noun) => `the ${noun} stays while this does`,
}

const referenceSentence = ({ to, onDelete, enforced }: Reference): string => {
  const noun = spoken(to.entity)
  return enforced
    ? `References ${withArticle(noun)}; ${whenGone[onDelete](noun)}.`
    : `Of ${withArticle(noun)}; no store checks it.`
}

const maintainedSentence = (field: Field): string | null => {
  if (field.maintained === null) return field.generated === null ? null : 'Computed by the store.'
  const words = {
    store: 'Made by the store.',
    created: 'When it was made; kept by the store.',
    updated: 'When it last changed; kept by the store.',
  }
  return words[field.maintained]
}

const bandsSentence = (field: Field): string | null =>
  field.bands.length === 0 ? null : `${field.bands.map(({ from, name }) => `From ${from}: ${name}`).join('; ')}.`

const suggestSentence = (field: Field): string | null =>
  field.suggest.length === 0
    ? null
    : `Such as ${field.suggest.map((value) => `\`${JSON.stringify(value)}\``).join(', ')}.`

const storesSentence = (owner: { readonly stores?: Entity['stores'] }, field: Field): string | null => {
  const kept = { postgres: 'Postgres', mongo: 'Mongo' }
  const missing = owner.stores?.some((store) => !field.stores.includes(store)) ?? false
  return missing ? `Kept in ${field.stores.map((store) => kept[store]).join(' and ')} only.` : null
}

/** What holds for a field and its type in code does not show, as sentences in a fixed order. */
export const factsOf = (entity: Entity | null, field: Field): readonly string[] => {
  const reference = entity === null ? undefined : referenceOf(entity, field)
  return [
    maintainedSentence(field),
    reference === undefined ? null : referenceSentence(reference),
    ...limitSentences(field.type),
    field.immutable ? 'Never changes.' : null,
    bandsSentence(field),
    suggestSentence(field),
    field.encrypted === null ? null : 'Stored encrypted; no read shows it.',
    field.personal ? 'About a person.' : null,
    storesSentence(entity ?? {}, field),
  ].filter((fact): fact is string => fact !== null)
}
