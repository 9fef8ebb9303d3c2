import { camelCase } from '../kernel/identifiers.js'
import type { Field } from '../model/field.js'
import { objectOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Type, typesWithin } from '../model/type.js'
import { newObjectSchemaName, objectSchemaName } from '../script/names.js'
import { objectHasNewForm } from '../script/shapes.js'
import { constantCode } from './defaults.js'
import { isNumeric } from './mongo-code.js'

/**
 * What a schema reads: a row, what an insert takes, or the other side of a codec, which is JSON, a jsonb column's JSON
 * (under the store's names), a Postgres driver's value, or a Mongo driver's value.
 */
export type Form = 'row' | 'new' | 'json' | 'stored' | 'postgres' | 'mongo'

/** The forms in which an object may have a schema of its own. A driver's value of an object is its stored form. */
export type ObjectForm = Exclude<Form, 'postgres'>

type DifferenceTest = (set: SchemaSet, type: Type) => boolean

const isJsonText: DifferenceTest = (_, type) => ['timestamp', 'bigint', 'bytes'].includes(type.kind)

const isBsonOwn: DifferenceTest = (set, type) =>
  (type.kind === 'decimal' && type.inMongo === 'decimal128') ||
  (type.kind === 'timestamp' && type.form === 'milliseconds') ||
  ['identity', 'objectid', 'bigint', 'bytes', 'integer', 'duration', 'float', 'json', 'vector'].includes(type.kind) ||
  (type.kind === 'enum' && isNumeric(set, type.enum))

const memo = new WeakMap<SchemaSet, Map<string, boolean>>()

const remembered = (set: SchemaSet, key: string, answer: () => boolean): boolean => {
  const answers = memo.get(set) ?? new Map<string, boolean>()
  memo.set(set, answers)
  const known = answers.get(key)
  if (known !== undefined) return known
  const found = answer()
  answers.set(key, found)
  return found
}

/** Whether any value inside a type, however deep, is other than in a row. */
const hasInside = (set: SchemaSet, type: Type, test: DifferenceTest, object: (name: string) => boolean): boolean =>
  typesWithin(type).some((inner) => (inner.kind === 'object' ? object(inner.object) : test(set, inner)))

/** Whether what is stored may lack a field of an object, and has a constant for it then. */
const isMadeUp = (set: SchemaSet, field: Field): boolean => !field.optional && constantCode(set, field) !== null

/** Whether an object's schema in a form is another than its row's. */
export const objectDiffers = (set: SchemaSet, name: string, form: ObjectForm): boolean =>
  remembered(set, `${form} ${name}`, () => {
    const { fields } = objectOf(set, name)
    switch (form) {
      case 'row':
        return false
      case 'new':
        return objectHasNewForm(set, name)
      case 'json':
        return fields.some((field) => typeDiffers(set, field.type, 'json'))
      case 'stored':
        return fields.some(
          (field) => field.property !== field.name || isMadeUp(set, field) || typeDiffers(set, field.type, 'stored'),
        )
      case 'mongo':
        return fields.some(
          (field) =>
            field.property !== field.name ||
            field.nullable ||
            isMadeUp(set, field) ||
            typeDiffers(set, field.type, 'mongo'),
        )
    }
  })

/** Whether a type's schema in a form of objects is another than its row's. */
export const typeDiffers = (set: SchemaSet, type: Type, form: ObjectForm): boolean => {
  const object = (name: string): boolean => objectDiffers(set, name, form)
  switch (form) {
    case 'row':
    case 'new':
      return hasInside(set, type, () => false, object)
    case 'json':
    case 'stored':
      return hasInside(set, type, isJsonText, object)
    case 'mongo':
      return hasInside(set, type, isBsonOwn, object)
  }
}

/** Under which of its forms an object's schema is found: those that do not differ are one schema. */
export const formOfObject = (set: SchemaSet, name: string, form: ObjectForm): ObjectForm => {
  if (!objectDiffers(set, name, form)) return 'row'
  return form === 'stored' && !differsFromJson(set, name) ? 'json' : form
}

/** Whether what is stored of an object has other names than its JSON, or may lack what that has. */
const differsFromJson = (set: SchemaSet, name: string): boolean =>
  remembered(set, `stored json ${name}`, () =>
    objectOf(set, name).fields.some(
      (field) =>
        field.property !== field.name ||
        isMadeUp(set, field) ||
        hasInside(
          set,
          field.type,
          () => false,
          (inner) => differsFromJson(set, inner),
        ),
    ),
  )

/** The name of an object's schema in a form: `guildServerSchema`, `newGuildServerSchema`, `guildServerJson`. */
export const objectSchemaIn = (set: SchemaSet, name: string, form: ObjectForm): string => {
  switch (formOfObject(set, name, form)) {
    case 'row':
      return objectSchemaName(name)
    case 'new':
      return newObjectSchemaName(name)
    case 'json':
      return `${camelCase(name)}Json`
    case 'stored':
      return `${camelCase(name)}Stored`
    case 'mongo':
      return `${camelCase(name)}Mongo`
  }
}
