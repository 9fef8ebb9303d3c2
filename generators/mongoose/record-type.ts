import { identifierOf, storedName } from '../document/index.js'
import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { fieldsIn } from '../model/lookup.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { type Code, code, joined, literal, property, trusted, typeImport } from '../script/code.js'
import { typeArgumentsCode, unionCode } from '../script/layout.js'
import { entityNames, objectTypeName } from '../script/names.js'
import { runtimeType } from '../script/runtime.js'
import { rowFields } from '../script/shapes.js'
import { rowImport, typesImport } from './names.js'
import { recordType, typeDiffers } from './types.js'

interface Member {
  readonly name: string
  readonly type: Code
  readonly optional: boolean
}

const omitted = (row: Code, names: readonly string[]): Code =>
  code`Omit${typeArgumentsCode([row, unionCode(names.map((name) => literal(name)))])}`

/** A type of rows with some properties taken away and others put in their place. */
const withMembers = (row: Code, without: readonly string[], members: readonly Member[]): Code => {
  const base = without.length === 0 ? row : omitted(row, without)
  if (members.length === 0) return base
  const printed = members.map(
    ({ name, type, optional }) => code`  ${property(name)}${trusted(optional ? '?' : '')}: ${type}`,
  )
  return code`${base} & {
${joined(printed, '\n')}
}`
}

const orNull = (field: Field, type: Code): Code => (field.nullable ? code`${type} | null` : type)

const valueType = (set: SchemaSet, field: Field): Code =>
  field.encrypted === null ? recordType(set, field.type) : code`${runtimeType('v1/mongoose', 'Sealed')}`

const memberOf = (set: SchemaSet, field: Field, name: string): Member => ({
  name,
  type: code`${orNull(field, valueType(set, field))}${trusted(field.optional ? ' | undefined' : '')}`,
  optional: field.optional,
})

/** `_id` where it is no field: the word of a singleton, or an ObjectId. */
const hiddenMember = (entity: Entity): readonly Member[] => {
  const identifier = identifierOf(entity)
  if (identifier.kind === 'field') return []
  const type = identifier.kind === 'singleton' ? literal(identifier.value) : code`${typesImport}.ObjectId`
  return [{ name: '_id', type, optional: false }]
}

/** The type of an entity's documents: its row, with Mongo's names and forms where those differ. */
export const entityRecord = (set: SchemaSet, entity: Entity): Code => {
  const optional = new Set(rowFields(entity).flatMap(({ field, optional: is }) => (is ? [field.name] : [])))
  const kept = fieldsIn(entity, 'mongo')
  const changed = kept.filter(
    (field) =>
      storedName(entity, field.name) !== field.property ||
      typeDiffers(set, field.type) ||
      optional.has(field.name) ||
      field.encrypted !== null,
  )
  const inRow = rowFields(entity).map(({ field }) => field)
  const gone = inRow.filter((field) => !kept.includes(field) || changed.includes(field))
  return withMembers(
    code`${rowImport(entityNames(entity))}`,
    gone.map((field) => field.property),
    [...hiddenMember(entity), ...changed.map((field) => memberOf(set, field, storedName(entity, field.name)))],
  )
}

/** The type of an object inside documents, where that is another than its row form. */
export const objectRecordType = (set: SchemaSet, object: ObjectDefinition): Code => {
  const kept = fieldsIn(object, 'mongo')
  const changed = kept.filter((field) => field.name !== field.property || typeDiffers(set, field.type))
  const gone = object.fields.filter((field) => !kept.includes(field) || changed.includes(field))
  return withMembers(
    code`${typeImport('typescript/objects', objectTypeName(object.name))}`,
    gone.map((field) => field.property),
    changed.map((field) => memberOf(set, field, field.name)),
  )
}
