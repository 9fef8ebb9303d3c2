import type { Entity } from '../../../model/entity.js'
import { fieldsRead } from '../../../model/expression.js'
import type { Field } from '../../../model/field.js'
import { keyFieldsOf } from '../../../model/lookup.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import type { Store } from '../../../model/store.js'
import { isScalar } from '../../../model/type.js'
import { patchFields, rowFields } from '../../../script/shapes.js'
import { comparable } from '../comparable.js'
import { breaksChecks } from '../rows/checks.js'
import { codeOf, type Members, memberOf, type Sample, unsaid } from '../rows/sample.js'
import { agedMembers, withUnknown } from './ageing.js'

/** A row as it stands in a store since before, what is read of it, and an update of a field that it leaves alone. */
export interface EarlierRow {
  readonly change: string
  /** The field that is not as it would be stored now; null where that is the row. */
  readonly field: Field | null
  readonly stored: Members
  /** Null where nobody can read it. */
  readonly meant: Members | null
  readonly stores: readonly Store[]
  readonly update: { readonly field: Field; readonly value: Sample } | null
}

/** Whether a field may be missing, or in another form: not what tells the row, and nothing that is sealed or computed. */
const mayAge = (entity: Entity, { name, encrypted, generated }: Field): boolean =>
  encrypted === null && generated === null && !keyFieldsOf(entity).includes(name)

/** The fields whose change reaches others: checks and computed fields read them, uniques hold them. */
const reaching = ({ checks, fields, uniques }: Entity): ReadonlySet<string> =>
  new Set([
    ...checks.flatMap(({ expression }) => fieldsRead(expression).map(([name = '']) => name)),
    ...fields.flatMap(({ generated }) => (generated === null ? [] : fieldsRead(generated).map(([name = '']) => name))),
    ...uniques.flatMap((unique) => unique.fields),
  ])

/** A field of one value, kept in every store, that an update may set to what another row has. */
const updateOf = (entity: Entity, other: Members, aged: Field | null): EarlierRow['update'] => {
  const held = reaching(entity)
  const candidates = patchFields(entity)
    .map(({ field }) => field)
    .filter(({ name, stores, type }) => isScalar(type) && !held.has(name) && stores.length === entity.stores.length)
  const field = candidates.find((one) => one.name !== aged?.name && one.encrypted === null)
  const value = field === undefined ? undefined : memberOf(other, field.name)
  return field === undefined || value === undefined || codeOf(value) === unsaid ? null : { field, value }
}

/**
 * A valid row as it may stand in the stores since before: with keys that nobody knows, without a field, with values in
 * other forms.
 *
 * @param other another valid row, for values that are set
 */
export const earlierRows = (set: SchemaSet, entity: Entity, row: Members, other: Members): readonly EarlierRow[] => {
  const whole = { field: null, meant: row, update: updateOf(entity, other, null) }
  // A field of one store may be absent from a row.
  const ofFields = rowFields(entity)
    .map(({ field, optional }): Field => ({ ...field, optional }))
    .filter((field) => mayAge(entity, field))
    .flatMap((field) => {
      const update = updateOf(entity, other, field)
      // A table has each of its columns.
      return agedMembers(set, row, field, field.name, ['mongo']).map(({ change, stored, meant, stores }) => ({
        change,
        field,
        stored: stored as Members,
        meant: meant as Members | null,
        stores,
        // No change is taken of a row that lacks what it must have, or that breaks a check with what is read of it.
        update: isChanged(set, entity, field, meant as Members | null) ? update : null,
      }))
    })
  const all: readonly EarlierRow[] = [
    { ...whole, change: 'as it would be stored now', stored: row, stores: ['postgres', 'mongo'] },
    { ...whole, change: 'with unknown keys', stored: withUnknown(row), stores: ['mongo'] },
    ...ofFields,
  ]
  return all
}

const isChanged = (
  set: SchemaSet,
  entity: Entity,
  { name, optional, nullable }: Field,
  meant: Members | null,
): boolean =>
  meant !== null && !breaksChecks(set, entity, meant) && (!optional || nullable || memberOf(meant, name) !== undefined)

/** Rows of one change of a kind: the same is asked about no field twice. */
export const distinctRows = (rows: readonly EarlierRow[]): readonly EarlierRow[] =>
  [...new Map(rows.toReversed().map((row) => [comparable([row.change]), row])).values()].toReversed()
