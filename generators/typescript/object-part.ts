import { lineComment, proseOf } from '../kernel/safe/typescript.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { importLines, type ModuleKind } from '../script/module.js'
import { header, newObjectTypeName, objectTypeName } from '../script/names.js'
import { typeImports } from '../script/schema/runtime-form.js'
import { objectHasNewForm, objectNewFields, objectRowFields } from '../script/shapes.js'
import { newFieldDoc, rowFieldDoc } from './docs.js'
import { type Interface, interfaceCode } from './interface.js'
import { shapeTypes } from './shape-types.js'
import { asSentence } from './words.js'

const path = 'typescript/objects'

const rowInterface = (set: SchemaSet, object: ObjectDefinition): Interface => ({
  name: objectTypeName(object.name),
  doc: proseOf(object.summary === null ? null : asSentence(object.summary)),
  fields: objectRowFields(object),
  form: 'row',
  fieldDoc: (field) => rowFieldDoc(set, object, field),
})

const insertInterface = (set: SchemaSet, object: ObjectDefinition): Interface => ({
  name: newObjectTypeName(object.name),
  doc: proseOf(`What an insert takes for \`${objectTypeName(object.name)}\`: what is left out is filled in.`),
  fields: objectNewFields(object),
  form: 'new',
  fieldDoc: (field) => newFieldDoc(set, field),
})

/** The interfaces of an object, as a part of the module of all objects. */
export const objectPart = async (set: SchemaSet, object: ObjectDefinition): Promise<string> => {
  const insert = objectHasNewForm(set, object.name) ? objectNewFields(object) : []
  const types = await shapeTypes(set, objectRowFields(object), insert)
  const row = interfaceCode(set, rowInterface(set, object), types.row)
  if (insert.length === 0) return `\n${row.text}\n`
  return `\n${row.text}\n\n${interfaceCode(set, insertInterface(set, object), types.insert).text}\n`
}

const imported = (set: SchemaSet, object: ObjectDefinition) => {
  const insert = objectHasNewForm(set, object.name) ? objectNewFields(object) : []
  return [
    ...object.fields.flatMap((field) => typeImports(set, field.type, 'row')),
    ...insert.flatMap(({ field }) => typeImports(set, field.type, 'new')),
  ]
}

/** What stands above the objects: what the file is, and what all of them import. */
export const objectsHead = (set: SchemaSet, kind: ModuleKind): string => {
  const lines = importLines(
    path,
    set.objects.flatMap((object) => imported(set, object)),
    kind,
  )
  return [lineComment(header(set.name)), ...(lines.length === 0 ? [] : ['', ...lines]), ''].join('\n')
}
