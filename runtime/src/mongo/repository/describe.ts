import type { Connection } from 'mongoose'
import type { z } from 'zod'
import type { ConditionFields } from '../../conditions/fields.js'
import type { Reference } from '../access/references.js'
import type { StoredConstraint } from '../access/refusals.js'
import type { PathKind, PathSum } from '../kinds.js'
import type { ConditionPath, Filter } from '../where.js'
import type { CollectionUnique, EntityCollection } from './collection.js'
import type { EncryptedPaths } from './encrypted.js'
import type { Lists } from './lists.js'
import type { Queries } from './queries.js'

/** A field of an entity, and the path that it is kept at. */
export interface PathDescription {
  readonly kind: PathKind
  /** The name in documents, where that is another than in code. */
  readonly path?: string
  readonly isNullable?: boolean
  /** `fixed`: no upsert changes it. */
  readonly is?: 'fixed'
  /** The least and the greatest value that `increment` may lead to, as text. Without it nothing can be added. */
  readonly sums?: { readonly min: string | null; readonly max: string | null }
  /** What an older document that lacks the field is read as having, of what can be added to. */
  readonly missing?: unknown
}

/** A value inside of an object, which conditions may ask. */
export interface InnerDescription {
  readonly path?: string
  readonly kind: PathKind
  readonly isNullable: boolean
}

/** A key or a unique, by the fields in code. */
export interface UniqueDescription {
  readonly fields: readonly string[]
  readonly isNullEqual?: boolean
  /** The condition that its index has, as a filter; the same of a row, and the fields that it reads. */
  readonly where?: Filter
  readonly holds?: (row: never) => boolean
  readonly reads?: readonly string[]
  /** `made`: Mongo or the model makes its values, and no upsert goes by it. */
  readonly is?: 'made'
}

/** What is said of an entity: emitted code has one for each. */
export interface CollectionDescription {
  readonly entity: string
  /** The name of the collection. */
  readonly name: string
  readonly model: (connection: Connection) => object
  readonly constraints: readonly StoredConstraint[]
  /** Between a stored document and a row. */
  readonly row: z.ZodType
  /** Between the value of a path and of a row, by property. */
  readonly codecs: { readonly [field: string]: z.ZodType }
  readonly newRow: z.ZodType
  readonly patch: z.ZodType
  readonly fields: { readonly [field: string]: PathDescription }
  readonly inner?: { readonly [path: string]: InnerDescription }
  /** Without fields it is that of a singleton. */
  readonly key: UniqueDescription | null
  readonly uniques?: readonly UniqueDescription[]
  readonly isAppendOnly?: boolean
  readonly queries?: Queries
  readonly lists?: Lists
  readonly encrypted?: EncryptedPaths
  /** The fields whose values no error shows. */
  readonly personal?: readonly string[]
  /** The paths that checks and computed fields read. */
  readonly reads?: readonly string[]
  /** The field that has the moment of the last change. */
  readonly touched?: string
  readonly references?: readonly Reference[]
}

type Entries<Of> = readonly (readonly [name: string, of: Of])[]

const mapped = <Of, To>(entries: Entries<Of>, to: (of: Of, name: string) => To): { readonly [name: string]: To } =>
  Object.fromEntries(entries.map(([name, of]) => [name, to(of, name)]))

const askedOf = (kind: PathKind, isNullable: boolean): ConditionFields[string] => {
  const { asks, isText } = kind
  return { asks, value: (kind.item ?? kind).carrier, isNullable, isText }
}

const pathOf = (path: string, kind: PathKind): ConditionPath => ({
  path,
  encode: (kind.item ?? kind).encode,
  isDigits: kind.isDigits,
})

const always = (): boolean => true

const uniqueOf = (description: UniqueDescription): CollectionUnique => {
  const { fields, isNullEqual = false, where = null, holds = always, reads = [], is } = description
  return { fields, isNullEqual, where, holds, reads, isTarget: is === undefined }
}

/** The collection of a description, with all that the calls on its rows ask of it. */
export const documentsOf = (description: CollectionDescription): EntityCollection => {
  const { entity, name, model, constraints, row, codecs, newRow, patch, key, uniques = [] } = description
  const { personal = [], inner = {}, isAppendOnly = false, queries = {}, encrypted = null, lists = {} } = description
  const { reads = [], touched = null, references = [] } = description
  const fields: Entries<PathDescription> = Object.entries(description.fields)
  const inside: Entries<InnerDescription> = Object.entries(inner)
  const primary = key === null ? null : uniqueOf(key)
  const storedName = (field: string): string => description.fields[field]?.path ?? field
  const counted = fields.flatMap(
    ([
      field,
      {
        kind: { sum },
        sums,
      },
    ]) => (sum === null || sums === undefined ? [] : [[field, { sum, ...sums }] as const]),
  )
  return {
    entity,
    collection: name,
    model,
    constraints,
    row,
    values: codecs,
    newRow,
    patch,
    personal,
    isAppendOnly,
    queries,
    lists,
    encrypted,
    reads,
    touched,
    references,
    stored: Object.fromEntries(fields.flatMap(([field, { path }]) => (path === undefined ? [] : [[field, path]]))),
    key: (key?.fields ?? []).map((field) => [field, storedName(field)] as const),
    primary,
    uniques: [...(primary === null ? [] : [primary]), ...uniques.map(uniqueOf)],
    fixed: fields.flatMap(([field, { is }]) => (is === 'fixed' ? [field] : [])),
    counters: mapped(counted, ({ sum: { amount }, min, max }) => ({ amount, min, max })),
    sums: mapped(counted, ({ sum }): PathSum => sum),
    asked: {
      ...mapped(fields, ({ kind, isNullable = false }) => askedOf(kind, isNullable)),
      ...mapped(inside, ({ kind, isNullable }) => askedOf(kind, isNullable)),
    },
    conditions: {
      ...mapped(fields, ({ kind }, field) => pathOf(storedName(field), kind)),
      ...mapped(inside, ({ kind, path }, field) => pathOf(path ?? field, kind)),
    },
    paths: mapped(fields, ({ kind, missing }, field) => ({ path: storedName(field), encode: kind.encode, missing })),
  }
}
