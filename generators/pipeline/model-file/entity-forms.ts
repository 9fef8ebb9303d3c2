import type {
  Access,
  Check,
  Entity,
  EntityDocs,
  Index,
  IndexPart,
  Key,
  ListOrder,
  MongoCommand,
  NamedList,
  Partition,
  Query,
  QueryColumn,
  QueryColumns,
  QueryValue,
  RawCheck,
  Reference,
  Row,
  Unique,
} from '../../model/entity.js'
import type { Store } from '../../model/store.js'
import {
  enforcers,
  indexMethods,
  nullsPlaces,
  nullsRules,
  partitionPeriods,
  queryResults,
  referenceActions,
  validationActions,
  validationLevels,
} from '../../model/words.js'
import { expression, type FiledField, fieldForm, names, ownStores, value } from './field-forms.js'
import {
  always,
  choice,
  either,
  type Form,
  listOf,
  nullOr,
  number,
  placed,
  placedVariants,
  plain,
  special,
  text,
  textOf,
  truth,
  unless,
} from './form.js'
import { retentionForm } from './retention-forms.js'
import { typeForm } from './type-forms.js'

/** A check is read anew from its text. */
export type FiledCheck = Omit<Check, 'expression'>

/** An entity as it stands in the file. */
export interface FiledEntity extends Omit<Entity, 'stores' | 'fields' | 'checks'> {
  readonly fields: readonly FiledField[]
  readonly checks: readonly FiledCheck[]
  /** Null: those of the set. */
  readonly stores: readonly Store[] | null
}

export const checkForm = placed<FiledCheck>({ name: always(text), text: always(text) })

const keyForm = placedVariants<Key>({ fields: { fields: always(names) }, singleton: {}, none: {} })

const docsForm = plain<EntityDocs>({
  title: unless(null, nullOr(text)),
  represents: unless(null, nullOr(text)),
  grows: unless(
    null,
    nullOr(
      plain<NonNullable<EntityDocs['grows']>>({ when: unless(null, nullOr(text)), rate: unless(null, nullOr(text)) }),
    ),
  ),
  cleaned: unless(null, nullOr(text)),
  why: unless(null, nullOr(text)),
  notes: unless<readonly string[]>([], names),
  notStored: unless<readonly string[]>([], names),
  sources: unless<readonly string[]>([], names),
})

const uniqueForm = placed<Unique>({
  fields: always(names),
  name: unless(null, nullOr(text)),
  nulls: unless('distinct', choice(...nullsRules)),
  deferrable: unless(false, truth),
  where: unless(null, nullOr(expression)),
  note: unless(null, nullOr(text)),
})

const referenceForm = placed<Reference>({
  fields: always(names),
  to: always(plain<Reference['to']>({ entity: always(text), fields: always(names) })),
  onDelete: unless('no action', choice(...referenceActions)),
  onUpdate: unless('no action', choice(...referenceActions)),
  setNull: unless<readonly string[]>([], names),
  enforced: unless(true, truth),
  name: unless(null, nullOr(text)),
})

const order = {
  direction: unless('asc', choice('asc', 'desc')),
  nulls: unless(null, nullOr(choice(...nullsPlaces))),
  collation: unless(null, nullOr(text)),
} as const

const indexForm = placed<Index>({
  parts: always(
    listOf(
      placedVariants<IndexPart>({
        field: { path: always(names), ...order, operatorClass: unless(null, nullOr(text)) },
        expression: { expression: always(expression), ...order },
      }),
    ),
  ),
  name: unless(null, nullOr(text)),
  unique: unless(false, truth),
  where: unless(null, nullOr(expression)),
  using: unless(null, nullOr(choice(...indexMethods))),
  include: unless<readonly string[]>([], names),
  note: unless(null, nullOr(text)),
})

const fieldsOrAll = unless<boolean | readonly string[]>(false, either(truth, names))

const accessForm = placed<Access>({
  actor: always(text),
  create: unless(false, truth),
  read: fieldsOrAll,
  update: fieldsOrAll,
  delete: unless(false, truth),
})

const queryValue = {
  name: always(text),
  type: always(typeForm),
  nullable: unless(false, truth),
  field: unless(null, nullOr(plain<NonNullable<QueryValue['field']>>({ entity: always(text), name: always(text) }))),
}

const queryColumns = {
  columns: always(listOf(placed<QueryColumn>({ ...queryValue, property: always(text) }))),
}

const listForm = placed<NamedList>({
  name: always(text),
  summary: unless(null, nullOr(text)),
  by: unless<readonly string[]>([], names),
  where: unless(null, nullOr(expression)),
  order: unless<readonly ListOrder[]>(
    [],
    listOf(placed<ListOrder>({ field: always(text), direction: order.direction })),
  ),
  index: unless(true, truth),
})

const queryForm = placed<Query>({
  name: always(text),
  summary: unless(null, nullOr(text)),
  parameters: unless<readonly QueryValue[]>([], listOf(placed<QueryValue>(queryValue))),
  returns: unless('many', choice(...queryResults)),
  columns: unless(null, nullOr(placedVariants<QueryColumns>({ row: {}, fields: queryColumns, named: queryColumns }))),
  postgres: unless(null, nullOr(placed<NonNullable<Query['postgres']>>({ text: always(text) }))),
  mongo: unless(null, nullOr(placed<MongoCommand>({ command: always(value), places: always(special('places')) }))),
})

const rowForm = placed<Row>({
  values: always(listOf(placed<Row['values'][number]>({ field: always(text), value: always(value) }))),
})

const postgresForm = plain<Entity['postgres']>({
  partition: unless(
    null,
    nullOr(placed<Partition>({ by: always(choice(...partitionPeriods)), on: always(text), ahead: always(number) })),
  ),
  key: unless(null, nullOr(text)),
  unlogged: unless(false, truth),
  checks: unless<readonly RawCheck[]>([], listOf(placed<RawCheck>({ name: always(text), sql: always(text) }))),
})

const mongoForm = plain<Entity['mongo']>({
  validationLevel: unless('strict', choice(...validationLevels, 'off')),
  validationAction: unless('error', choice(...validationActions)),
})

const nothing: EntityDocs = {
  title: null,
  represents: null,
  grows: null,
  cleaned: null,
  why: null,
  notes: [],
  notStored: [],
  sources: [],
}

export const entityForm: Form<FiledEntity> = placed<FiledEntity>({
  name: always(textOf(/^[a-z][a-z0-9_]*$/)),
  summary: unless(null, nullOr(text)),
  group: unless(null, nullOr(text)),
  table: always(text),
  collection: always(text),
  model: always(text),
  was: unless(null, nullOr(text)),
  gone: unless<readonly string[]>([], names),
  stores: unless(null, ownStores),
  enforce: unless('store', choice(...enforcers)),
  docs: unless(nothing, docsForm),
  appendOnly: unless(false, truth),
  fields: always(listOf(fieldForm)),
  key: always(keyForm),
  uniques: unless<readonly Unique[]>([], listOf(uniqueForm)),
  references: unless<readonly Reference[]>([], listOf(referenceForm)),
  indexes: unless<readonly Index[]>([], listOf(indexForm)),
  checks: unless<readonly FiledCheck[]>([], listOf(checkForm)),
  retention: unless(null, nullOr(retentionForm)),
  access: unless<readonly Access[]>([], listOf(accessForm)),
  lists: unless<readonly NamedList[]>([], listOf(listForm)),
  queries: unless<readonly Query[]>([], listOf(queryForm)),
  examples: unless<readonly Row[]>([], listOf(rowForm)),
  seed: unless<readonly Row[]>([], listOf(rowForm)),
  postgres: unless({ partition: null, checks: [], key: null, unlogged: false }, postgresForm),
  mongo: unless({ validationLevel: 'strict', validationAction: 'error' }, mongoForm),
})
