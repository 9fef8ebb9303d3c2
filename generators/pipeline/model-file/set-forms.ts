import { unreachable } from '../../kernel/bug.js'
import { type OptionField, optionShapes, type TargetId, targetIds } from '../../model/options.js'
import type {
  Actor,
  EnumDefinition,
  EnumValue,
  Group,
  ObjectDefinition,
  Page,
  SchemaSet,
  TakenIn,
} from '../../model/schema-set.js'
import { stores } from '../../model/store.js'
import { enforcers, enumStorages } from '../../model/words.js'
import { checkForm, entityForm, type FiledCheck, type FiledEntity } from './entity-forms.js'
import { type FiledField, fieldForm, names } from './field-forms.js'
import {
  always,
  choice,
  either,
  type Form,
  listOf,
  type Members,
  nullOr,
  number,
  placed,
  type Shape,
  text,
  textOf,
  unless,
} from './form.js'
import { typeForm } from './type-forms.js'

/** An object as it stands in the file. */
export interface FiledObject extends Omit<ObjectDefinition, 'fields' | 'checks'> {
  readonly fields: readonly FiledField[]
  readonly checks: readonly FiledCheck[]
}

/** A set as it stands in the file. */
export interface FiledSet extends Omit<SchemaSet, 'entities' | 'objects'> {
  readonly entities: readonly FiledEntity[]
  readonly objects: readonly FiledObject[]
}

const givenShape = ({ accepts }: OptionField<unknown>): Shape => {
  switch (accepts.kind) {
    case 'choice':
      return { kind: 'choice', values: accepts.values as readonly (string | number)[] }
    case 'boolean':
      return { kind: 'truth' }
    case 'whole':
      return { kind: 'number' }
    case 'text':
      return { kind: 'text', pattern: new RegExp(accepts.pattern) }
    default:
      return unreachable(accepts)
  }
}

const optionShape = (option: OptionField<unknown>): Shape =>
  option.default === null ? { kind: 'null-or', of: givenShape(option) } : givenShape(option)

/** Every option is written, also one that is as usual: what is usual may be another thing in a later version. */
const optionMembers = (id: TargetId): Members =>
  Object.fromEntries(
    Object.entries(optionShapes[id] as Readonly<Record<string, OptionField<unknown>>>).map(([name, option]) => [
      name,
      { shape: optionShape(option), otherwise: undefined },
    ]),
  )

const targetsForm: Form<SchemaSet['targets']> = {
  shape: {
    kind: 'members',
    isPlaced: false,
    of: Object.fromEntries(
      targetIds.map((id) => [
        id,
        {
          shape: { kind: 'null-or', of: { kind: 'members', of: optionMembers(id), isPlaced: false } },
          otherwise: undefined,
        },
      ]),
    ),
  },
}

const objectForm = placed<FiledObject>({
  name: always(text),
  inline: unless(null, nullOr(text)),
  summary: unless(null, nullOr(text)),
  gone: unless<readonly string[]>([], names),
  fields: always(listOf(fieldForm)),
  checks: unless<readonly FiledCheck[]>([], listOf(checkForm)),
})

const enumForm = placed<EnumDefinition>({
  name: always(text),
  inline: unless(null, nullOr(text)),
  summary: unless(null, nullOr(text)),
  gone: unless<readonly string[]>([], names),
  as: unless('type', choice(...enumStorages)),
  base: unless(null, nullOr(typeForm)),
  values: always(
    listOf(
      placed<EnumValue>({
        value: always(either(text, number)),
        summary: unless(null, nullOr(text)),
        was: unless(null, nullOr(text)),
      }),
    ),
  ),
})

export const setForm = placed<FiledSet>({
  name: always(textOf(/^[A-Za-z0-9][A-Za-z0-9_-]*$/)),
  title: always(text),
  summary: unless(null, nullOr(text)),
  stores: always(listOf(choice(...stores))),
  enforce: unless('store', choice(...enforcers)),
  uses: unless<readonly TakenIn[]>(
    [],
    listOf(placed<TakenIn>({ module: always(text), summary: unless(null, nullOr(text)) })),
  ),
  targets: always(targetsForm),
  groups: unless<readonly Group[]>([], listOf(placed<Group>({ name: always(text), title: always(text) }))),
  pages: unless<readonly Page[]>([], listOf(placed<Page>({ path: always(text), text: always(text) }))),
  actors: unless<readonly Actor[]>([], listOf(placed<Actor>({ name: always(text), summary: always(text) }))),
  gone: unless<readonly string[]>([], names),
  entities: unless<readonly FiledEntity[]>([], listOf(entityForm)),
  objects: unless<readonly FiledObject[]>([], listOf(objectForm)),
  enums: unless<readonly EnumDefinition[]>([], listOf(enumForm)),
})
