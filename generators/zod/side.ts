import type { SchemaSet } from '../model/schema-set.js'
import { type Code, code, trusted } from '../script/code.js'
import type { ShapeField } from '../script/shapes.js'
import type { Form } from './form.js'
import {
  type CodedMember,
  callCode,
  codedMembers,
  type Member,
  membersOf,
  missingAsConstant,
  missingAsDefault,
  objectOfMembers,
  objectSchema,
  type Rename,
  renamingCode,
  shapeWith,
} from './record.js'
import { type Owner, rulesAbout } from './rules.js'
import { codec } from './shared-names.js'

/** The other side of a codec of a whole row or object. */
export interface Side {
  readonly form: Form
  /** The constant that holds the row's fields. */
  readonly shape: string
  /** The constant that holds the fields that this side has, in its form; null: they are printed in place. */
  readonly coded: string | null
  /** The row's schema. */
  readonly schema: string
  /** All fields of a row, and those that this side has. */
  readonly fields: readonly ShapeField[]
  readonly kept: readonly ShapeField[]
  readonly renames: readonly Rename[]
  /** What this side has beside the fields (`_id`). */
  readonly extra: readonly Member[]
}

const without = (side: Side): readonly string[] => {
  const kept = new Set(side.kept.map(({ field }) => field.name))
  return side.fields.filter(({ field }) => !kept.has(field.name)).map(({ field }) => field.property)
}

/** The names differ by no more than a key's: then the rest of the shape stands as it is. */
const renamesOnly = (side: Side, stored: string): boolean =>
  side.renames.every((rename) => rename.property === null || rename.stored === stored)

const sideMembers = (set: SchemaSet, { shape, coded, kept, form }: Side): readonly CodedMember[] => {
  const members = coded === null ? codedMembers(set, shape, kept, form) : membersOf(coded, kept)
  switch (form) {
    case 'mongo':
      return members.map((member) => missingAsDefault(set, member))
    case 'stored':
      return members.map((member) => missingAsConstant(set, member))
    default:
      return members
  }
}

/** The fields of the side, as an object literal or the shape itself. */
const sideFields = (set: SchemaSet, side: Side): Code => {
  const members = sideMembers(set, side)
  const storedOf = new Map(side.renames.map((rename) => [rename.property, rename.stored]))
  if (side.coded !== null || renamesOnly(side, '_id')) {
    const renamed = members.filter(({ key }) => storedOf.has(key))
    const changed = members.filter(({ key, changed }) => changed && !storedOf.has(key))
    const moved = renamed.map(({ key, value }) => ({ key: storedOf.get(key) ?? key, value }))
    const omitted = [...renamed.map(({ key }) => key), ...(side.coded === null ? without(side) : [])]
    return shapeWith(side.coded ?? side.shape, omitted, [...moved, ...side.extra, ...changed])
  }
  const all = members.map(({ key, value }) => ({ key: storedOf.get(key) ?? key, value }))
  return objectOfMembers([...side.extra, ...all])
}

/** Whether the side, whose fields are given, is the row itself. */
const isRow = (set: SchemaSet, side: Side, fields: Code): boolean =>
  (side.coded === null ? fields : sideFields(set, { ...side, coded: null })).text === side.shape

/** The schema that reads the other side and gives a row; its encoding gives the other side. */
export const sideCode = (set: SchemaSet, owner: Owner, side: Side): Code => {
  const fields = sideFields(set, side)
  if (side.renames.length > 0) {
    const stored = objectSchema('plain', fields, null)
    return callCode(code`${codec('renamed')}`, [stored, trusted(side.schema), renamingCode(side.renames)])
  }
  if (isRow(set, side, fields)) return trusted(side.schema)
  return objectSchema('plain', fields, rulesAbout(owner, side.kept))
}
