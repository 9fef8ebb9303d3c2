import { unreachable } from '../kernel/bug.js'
import { durationWidth } from '../model/bounds.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { DecimalType, ListType, MapType, Type } from '../model/type.js'
import { type Code, code, joined, trusted, valueImport } from '../script/code.js'
import { classesOfObject, passedClasses } from '../script/driver-classes.js'
import { enumListName } from '../script/names.js'
import { type Form, formOfObject, type ObjectForm, objectSchemaIn } from './form.js'
import { idSchema } from './id.js'
import { floatLimits, formatCode, limitsObject, limitsOf, numberCode, textCode } from './limits.js'
import { mongoCode } from './mongo-code.js'
import { postgresCode } from './postgres-code.js'
import { codec, scalar } from './shared-names.js'

export const zod = valueImport('package:zod', 'z')

/** The schema of a type in a form, as an expression. */
export const typeCode = (set: SchemaSet, type: Type, form: Form): Code => {
  const row = (): Code => rowCode(set, type, form)
  switch (form) {
    case 'row':
    case 'new':
      return row()
    case 'json':
    case 'stored':
      return jsonCode(type, row())
    case 'postgres':
      return postgresCode(set, type, row, (inner, of) => typeCode(set, inner, of))
    case 'mongo':
      return mongoCode(set, type, row())
    default:
      return unreachable(form)
  }
}

/** What JSON has no values for stands in it as text. */
const jsonCode = (type: Type, row: Code): Code => {
  switch (type.kind) {
    case 'timestamp':
      return code`${codec('instantJson')}`
    case 'bigint':
      return code`${codec('int64Json')}(${row})`
    case 'bytes':
      return code`${codec('bytesJson')}(${row})`
    default:
      return row
  }
}

/** An enum's values are checked against the list that `typescript/enums.ts` exports. */
const enumCode = (name: string): Code =>
  code`${scalar('oneOf')}(${valueImport('typescript/enums', enumListName(name))})`

const bounds = (type: { readonly minItems: number | null; readonly maxItems: number | null }): Code =>
  trusted(
    `${type.minItems === null ? '' : `.min(${type.minItems})`}${type.maxItems === null ? '' : `.max(${type.maxItems})`}`,
  )

const listCode = (set: SchemaSet, type: ListType, form: Form): Code =>
  code`${zod}.array(${typeCode(set, type.of, form)})${bounds(type)}`

const mapCode = (set: SchemaSet, type: MapType, form: Form): Code => {
  const limits = limitsObject(type.minItems, type.maxItems)
  const of = typeCode(set, type.of, form)
  return limits === null ? code`${scalar('mapOf')}(${of})` : code`${scalar('mapOf')}(${of}, ${limits})`
}

const decimalCode = (type: DecimalType): Code => {
  const least = type.min === null ? [] : [`atLeast: '${type.min}'`]
  const most = type.max === null ? [] : [`atMost: '${type.max}'`]
  if (least.length + most.length === 0) return code`${scalar('decimalOf')}(${type.precision}, ${type.scale})`
  const limits = trusted(`{ ${[...least, ...most].join(', ')} }`)
  return code`${scalar('decimalWithin')}(${type.precision}, ${type.scale}, ${limits})`
}

const objectForm = (form: Form): ObjectForm => (form === 'postgres' ? 'stored' : form)

const objectCode = (set: SchemaSet, name: string, form: ObjectForm): Code => {
  const schema = valueImport('zod/objects', objectSchemaIn(set, name, form))
  const classes = formOfObject(set, name, form) === 'mongo' ? classesOfObject(set, name) : []
  return code`${schema}${passedClasses(classes)}`
}

/** The schema of a type as a row has it, with what is inside it in the form. */
const rowCode = (set: SchemaSet, type: Type, form: Form): Code => {
  switch (type.kind) {
    case 'snowflake':
    case 'identity':
    case 'uuid':
    case 'objectid':
      return code`${idSchema(type)}`
    case 'text':
      return textCode(type)
    case 'format':
      return formatCode(type)
    case 'integer':
      return code`${scalar(type.width)}${limitsOf(type)}`
    case 'duration':
      return code`${scalar(durationWidth(type))}${limitsOf({ ...type, kind: 'integer', width: durationWidth(type) })}`
    case 'bigint':
      return code`${scalar('int64')}${limitsOf(type)}`
    case 'float':
      return code`${scalar(type.width)}${floatLimits(type)}`
    case 'decimal':
      return decimalCode(type)
    case 'boolean':
      return code`${zod}.boolean()`
    case 'timestamp':
      return code`${scalar('instant')}`
    case 'date':
      return code`${scalar('day')}`
    case 'time':
      return code`${scalar('timeOfDay')}`
    case 'json':
      return code`${scalar(set.stores.includes('mongo') ? 'jsonInMongo' : 'json')}`
    case 'object':
      return objectCode(set, type.object, objectForm(form))
    case 'enum':
      return enumCode(type.enum)
    case 'list':
      return listCode(set, type, form)
    case 'map':
      return mapCode(set, type, form)
    case 'bytes':
      return code`${scalar('bytesOf')}(${limitsObject(type.minLength, type.maxLength) ?? trusted('')})`
    case 'vector':
      return code`${scalar('vectorOf')}(${numberCode(type.dimensions)})`
    case 'union':
      return code`${zod}.union([${joined(
        type.of.map((member) => typeCode(set, member, form)),
        ', ',
      )}])`
    default:
      return unreachable(type)
  }
}
