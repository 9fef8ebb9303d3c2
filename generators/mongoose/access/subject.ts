import { camelCase } from '../../kernel/identifiers.js'
import { docComment, isBindingName, proseOf } from '../../kernel/safe/typescript.js'
import type { Entity } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import { fieldOf, keyFieldsOf } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { accessOf, type DataAccess } from '../../script/access.js'
import {
  type Code,
  code,
  type Import,
  joined,
  literal,
  property,
  text,
  trusted,
  typeImport,
  valueImport,
} from '../../script/code.js'
import { givenCode } from '../../script/given.js'
import { type EntityNames, entityNames } from '../../script/names.js'
import { runtimeType, runtimeValue } from '../../script/runtime.js'
import { objectCode } from './text.js'

/** What the data access of one entity is printed from. */
export interface Subject {
  readonly set: SchemaSet
  readonly entity: Entity
  readonly access: DataAccess
  readonly names: EntityNames
}

export const subjectOf = (set: SchemaSet, entity: Entity): Subject => ({
  set,
  entity,
  access: accessOf(entity, 'mongo'),
  names: entityNames(entity),
})

/** What the runtime has for data access in Mongo. */
export const runtime = (name: string): Import => runtimeValue('v1/mongo', name)

export const storage = (name: string): Import => runtimeType('v1', name)
export const zod = valueImport('package:zod', 'z')
export const types = valueImport('package:mongoose', 'Types')

const typesOf = ({ names }: Subject, name: string): Import => typeImport(`typescript/${names.module}`, name)

export const rowType = (subject: Subject): Import => typesOf(subject, subject.names.row)
export const newType = (subject: Subject): Import => typesOf(subject, subject.names.insert)
export const patchType = (subject: Subject): Import => typesOf(subject, subject.names.patch)
export const validator = ({ names }: Subject, name: string): Import => valueImport(`zod/${names.module}`, name)

export const db = code`db: ${runtimeType('v1/mongo', 'MongoStore')}`

/** What every function of the runtime begins with. */
export const target: readonly Code[] = [trusted('db'), trusted('collection')]

/** An exported function with what is said of it. */
export const declared = (doc: string, name: string, value: Code): Code =>
  code`${trusted(docComment(proseOf(doc)))}export const ${trusted(name)} = ${value}`

/** What stands in reach of a function that a parameter of its own must not hide. */
const taken: ReadonlySet<string> = new Set(
  'changed checked checkedAll checkedFields checkedKeys collection db deleted encodedInput encodedValues found given keys openedSealed page parameters patch replacedSealed row rows updated value z'.split(
    ' ',
  ),
)

/** What a parameter for a field's value is called: as the field is, where that is a free name. */
export const parameterName = (field: Field, otherwise: string): string => {
  const name = camelCase(field.property)
  return isBindingName(name) && !taken.has(name) ? name : otherwise
}

/** A row's property as the type of a parameter; a field that one of the stores lacks is there in this one. */
export const propertyType = (subject: Subject, field: Field): Code => {
  const type = givenCode(subject.set, [field], code`${rowType(subject)}[${literal(field.property)}]`)
  const isOptional = subject.entity.stores.some((store) => !field.stores.includes(store))
  return isOptional ? code`Exclude<${type}, undefined>` : type
}

/** The fields of a row's key: none for a singleton. */
export const keyFields = ({ entity }: Subject): readonly Field[] =>
  keyFieldsOf(entity).map((name) => fieldOf(entity, name))

/** How a function takes the values that a row is found by, and hands them on. */
export interface Finding {
  readonly parameters: readonly Code[]
  /** An object of them by property. */
  readonly given: Code
  /** The properties that it has to have. */
  readonly names: Code
}

/** What holds the input of a function to its schema. */
export const inputs = (name: string): Import => runtimeValue('v1', name)

/** What a function was given, held to the schema of it. */
export const checkedCode = (call: string, schema: Code, given: Code): Code =>
  code`${inputs('checked')}(collection, ${text(call)}, ${schema}, ${given})`

/** Values that a row is found by, as documents have them. */
export const keyCode = (call: string, { names, given }: Finding): Code =>
  code`${inputs('encodedValues')}(collection, ${text(call)}, collection.values, ${names}, ${given})`

/** The parameter for the values of some fields: one is taken bare, several as an object of type `type`. */
export const findingBy = (
  fields: readonly Field[],
  names: { readonly bare: string; readonly several: string },
  typeOf: (field: Field) => Code,
  type: Code,
): Finding => {
  const [field, ...others] = fields
  const properties = literal(fields.map(({ property: each }) => each))
  if (field === undefined) return { parameters: [], given: trusted('{}'), names: properties }
  if (others.length > 0) {
    const several = trusted(names.several)
    return { parameters: [code`${several}: ${type}`], given: several, names: properties }
  }
  const name = parameterName(field, names.bare)
  const member = name === field.property ? trusted(name) : code`${property(field.property)}: ${trusted(name)}`
  return {
    parameters: [code`${trusted(name)}: ${typeOf(field)}`],
    given: objectCode([member]),
    names: properties,
  }
}

/** How a function takes a row's own key. */
export const findingByKey = (subject: Subject): Finding => {
  const fields = keyFields(subject)
  const names = fields.map((field) => literal(field.property))
  const type = givenCode(subject.set, fields, code`Pick<${rowType(subject)}, ${joined(names, ' | ')}>`)
  return findingBy(fields, { bare: 'key', several: 'key' }, (field) => propertyType(subject, field), type)
}
