import { proseOf } from '../kernel/safe/typescript.js'
import type { Entity } from '../model/entity.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { entityNames, header } from '../script/names.js'
import { newFields, patchFields, rowFields } from '../script/shapes.js'
import { newFieldDoc, patchFieldDoc, rowFieldDoc } from './docs.js'
import { type Interface, interfaceCode } from './interface.js'
import { queryTypes } from './query-types.js'
import { shapeTypes } from './shape-types.js'
import { asSentence } from './words.js'

const rowInterface = (set: SchemaSet, entity: Entity): Interface => ({
  name: entityNames(entity).row,
  doc: proseOf(entity.summary === null ? null : asSentence(entity.summary)),
  fields: rowFields(entity),
  form: 'row',
  fieldDoc: (field) => rowFieldDoc(set, entity, field),
})

const insertDoc = (entity: Entity): string => {
  const made = entity.fields.filter((field) => field.maintained === 'store').map((field) => `\`${field.property}\``)
  if (made.length === 0) return 'What an insert takes: the store fills in what is left out.'
  return `What an insert takes: the store makes ${made.join(' and ')}, and fills in what is left out.`
}

const insertInterface = (set: SchemaSet, entity: Entity): Interface => ({
  name: entityNames(entity).insert,
  doc: proseOf(insertDoc(entity)),
  fields: newFields(entity),
  form: 'new',
  fieldDoc: (field) => {
    const doc = newFieldDoc(set, field)
    // No row says what an encrypted field is.
    return field.encrypted === null ? doc : { ...rowFieldDoc(set, entity, field), tags: doc.tags }
  },
})

const patchDoc = (entity: Entity): string => {
  if (patchFields(entity).length > 0) return 'What an update takes: only what is given changes.'
  return entity.appendOnly ? 'What an update takes: nothing, rows never change.' : 'What an update takes: nothing.'
}

const patchInterface = (entity: Entity): Interface => ({
  name: entityNames(entity).patch,
  doc: proseOf(patchDoc(entity)),
  fields: patchFields(entity),
  form: 'patch',
  fieldDoc: patchFieldDoc,
})

/** The module of an entity: what a read returns, what an insert and an update take, and what its queries take and give. */
export const entityModule = async (set: SchemaSet, entity: Entity, kind: ModuleKind): Promise<string> => {
  const types = await shapeTypes(set, rowFields(entity), newFields(entity))
  return moduleText({
    path: `typescript/${entity.name}`,
    kind,
    header: header(set.name),
    body: [
      interfaceCode(set, rowInterface(set, entity), types.row),
      interfaceCode(set, insertInterface(set, entity), types.insert),
      interfaceCode(set, patchInterface(entity), types.patch),
      ...(await queryTypes(set, entity)),
    ],
  })
}
