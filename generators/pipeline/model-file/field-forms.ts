import type { Expression } from '../../model/expression.js'
import type { Band, Default, Encryption, Field, InnerReference } from '../../model/field.js'
import type { JsonValue } from '../../model/origin.js'
import { type Store, stores } from '../../model/store.js'
import { enforcers } from '../../model/words.js'
import {
  always,
  choice,
  type Form,
  json,
  later,
  listOf,
  nullOr,
  number,
  placed,
  placedVariants,
  plain,
  special,
  text,
  truth,
  unless,
} from './form.js'
import { typeForm } from './type-forms.js'

export const expression: Form<Expression> = special('expression')

export const value = json<JsonValue>()

export const names = listOf(text)

/** Null: those of what it stands in. */
export const ownStores: Form<readonly Store[] | null> = nullOr(listOf(choice(...stores)))

/** A field as it stands in the file. */
export interface FiledField extends Omit<Field, 'property' | 'stores' | 'mongo'> {
  /** Null: the name itself. */
  readonly property: string | null
  readonly stores: readonly Store[] | null
  /** The keywords of its block `mongo`. */
  readonly mongo: NonNullable<Field['mongo']['schema']> | null
}

type InnerDefault = Extract<Default, { readonly kind: 'object' }>['fields'][number]

const defaultForm: Form<Default> = placedVariants<Default>({
  literal: { value: always(value) },
  now: {},
  id: { of: always(choice('objectid', 'uuid')) },
  next: { per: always(names) },
  object: {
    fields: always(listOf(plain<InnerDefault>({ name: always(text), default: always(later(() => defaultForm)) }))),
  },
})

export const fieldForm: Form<FiledField> = placed<FiledField>({
  name: always(text),
  property: unless(null, nullOr(text)),
  type: always(typeForm),
  nullable: unless(false, truth),
  optional: unless(false, truth),
  default: unless(null, nullOr(defaultForm)),
  generated: unless(null, nullOr(expression)),
  maintained: unless(null, nullOr(choice('store', 'created', 'updated'))),
  immutable: unless(false, truth),
  enforce: unless('store', choice(...enforcers)),
  summary: unless(null, nullOr(text)),
  notes: unless(null, nullOr(text)),
  suggest: unless<readonly JsonValue[]>([], listOf(value)),
  bands: unless<readonly Band[]>([], listOf(plain<Band>({ from: always(number), name: always(text) }))),
  encrypted: unless(null, nullOr(plain<Encryption>({ with: always(choice('pgcrypto')), key: always(text) }))),
  personal: unless(false, truth),
  deprecated: unless(null, nullOr(text)),
  was: unless(null, nullOr(text)),
  stores: unless(null, ownStores),
  postgres: unless(
    { check: null, default: null, collation: null },
    plain<Field['postgres']>({
      check: unless(null, nullOr(text)),
      default: unless(null, nullOr(text)),
      collation: unless(null, nullOr(text)),
    }),
  ),
  mongo: unless(null, nullOr(json<NonNullable<Field['mongo']['schema']>>())),
  refersTo: unless<readonly InnerReference[]>(
    [],
    listOf(
      plain<InnerReference>({
        to: always(plain<InnerReference['to']>({ entity: always(text), field: always(text) })),
        within: unless<InnerReference['within']>([], listOf(choice('list', 'map', 'union'))),
      }),
    ),
  ),
})
