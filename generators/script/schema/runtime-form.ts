import { unreachable } from '../../kernel/bug.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { type ObjectType, type Type, typesWithin } from '../../model/type.js'
import { type Import, typeImport } from '../code.js'
import { enumTypeName, idTypeName, newObjectTypeName, objectTypeName } from '../names.js'
import { givenType, runtimeType } from '../runtime.js'
import { hasIds, objectHasNewForm } from '../shapes.js'
import type { Schema } from './schema.js'
import type { SchemaContext } from './type-schema.js'

/** Whether objects inside are as a read returns them, or as an insert or an update (whole, like a row's) takes them. */
export type ObjectForm = 'row' | 'new' | 'patch'

/** The name of an object's interface in a form, where it has one of its own. */
export const objectTypeIn = (set: SchemaSet, object: string, form: ObjectForm): string =>
  form === 'new' && objectHasNewForm(set, object) ? newObjectTypeName(object) : objectTypeName(object)

type Representation =
  | { readonly kind: 'named'; readonly name: Import; readonly given: boolean }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'string' }
  | { readonly kind: 'as-json' }

const named = (module: string, name: string, given = false): Representation => ({
  kind: 'named',
  name: typeImport(`typescript/${module}`, name),
  given,
})

/** What is given may have ids without a brand; the New form of an object says so of its own fields. */
const namedObject = (set: SchemaSet, type: ObjectType, form: ObjectForm): Representation => {
  const name = objectTypeIn(set, type.object, form)
  return named('objects', name, form !== 'row' && name === objectTypeName(type.object) && hasIds(set, type))
}

/** How a value stands in code: under a name of ours, as a class of JavaScript, as a string, or as its JSON does. */
const representation = (set: SchemaSet, type: Type, form: ObjectForm): Representation => {
  switch (type.kind) {
    case 'snowflake':
    case 'identity':
    case 'uuid':
    case 'objectid':
      return named('ids', idTypeName(type), form !== 'row')
    case 'object':
      return namedObject(set, type, form)
    case 'enum':
      return named('enums', enumTypeName(type.enum))
    case 'json':
      return { kind: 'named', name: runtimeType('v1', 'Json'), given: false }
    case 'timestamp':
      return { kind: 'builtin', name: 'Date' }
    case 'bytes':
      return { kind: 'builtin', name: 'Uint8Array' }
    case 'bigint':
      return { kind: 'builtin', name: 'bigint' }
    case 'text':
    case 'format':
    case 'decimal':
    case 'date':
    case 'time':
      return { kind: 'string' }
    case 'integer':
    case 'duration':
    case 'float':
    case 'boolean':
    case 'list':
    case 'map':
    case 'vector':
    case 'union':
      return { kind: 'as-json' }
    default:
      return unreachable(type)
  }
}

const runtimeSchema = (shown: Representation): Schema | null => {
  switch (shown.kind) {
    case 'named':
      return { tsType: shown.given ? `${givenType.name}<${shown.name.name}>` : shown.name.name }
    case 'builtin':
      return { tsType: shown.name }
    case 'string':
      return { type: 'string' }
    case 'as-json':
      return null
    default:
      return unreachable(shown)
  }
}

/** Schemas of values as they stand in code: where JSON differs, the type is named by `tsType`. */
export const runtimeContext = (set: SchemaSet, form: ObjectForm): SchemaContext => ({
  stores: set.stores,
  form: (type) => runtimeSchema(representation(set, type, form)),
})

/** What a module that names a type must import. */
export const typeImports = (set: SchemaSet, type: Type, form: ObjectForm): readonly Import[] =>
  typesWithin(type).flatMap((inner) => {
    const shown = representation(set, inner, form)
    if (shown.kind !== 'named') return []
    return shown.given ? [givenType, shown.name] : [shown.name]
  })
