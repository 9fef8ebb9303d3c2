import type { Entity } from '../model/entity.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Code, trusted } from '../script/code.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { entityNames, header } from '../script/names.js'
import { newFields, patchFields, rowFields } from '../script/shapes.js'
import { declared } from './declared.js'
import { queryDeclarations } from './query-declarations.js'
import {
  fieldCode,
  missingFrom,
  newMembers,
  objectOfMembers,
  objectSchema,
  shapeDeclaration,
  shapeWith,
  shapeWithout,
} from './record.js'
import { jsonSide, shape } from './row-sides.js'
import { ruleDeclarations, rulesAbout, rulesOfInput } from './rules.js'
import { sideCode } from './side.js'
import { mongoCodecs, postgresCodecs } from './store-codecs.js'

const rowCode = (entity: Entity): Code => objectSchema('plain', trusted(shape), rulesAbout(entity, rowFields(entity)))

const insertCode = (set: SchemaSet, entity: Entity): Code => {
  const fields = newFields(entity)
  const members = shapeWith(
    shape,
    missingFrom(rowFields(entity), fields),
    newMembers(set, shape, fields, entityNames(entity).encrypted),
  )
  return objectSchema('plain', members, rulesOfInput(entity, fields))
}

const patchCode = (entity: Entity): Code => {
  const fields = patchFields(entity)
  if (fields.length === 0) return objectSchema('plain', trusted('{}'), null)
  const kept = shapeWithout(shape, missingFrom(rowFields(entity), fields))
  return objectSchema('change', kept, rulesOfInput(entity, fields))
}

/** The schemas of encrypted fields, which new rows and the functions of those fields take. */
const encryptedDeclarations = (set: SchemaSet, entity: Entity): readonly Code[] => {
  const encrypted = newFields(entity).filter(({ field }) => field.encrypted !== null)
  if (encrypted.length === 0) return []
  const schemas = encrypted.map(({ field }) => ({
    key: field.property,
    value: fieldCode(set, { field, optional: false }, 'row'),
  }))
  const doc = 'The plain values of encrypted fields, which no row shows.'
  return [declared(doc, entityNames(entity).encrypted, objectOfMembers(schemas))]
}

const declarations = (set: SchemaSet, entity: Entity): readonly Code[] => {
  const names = entityNames(entity)
  return [
    declared(`A row of ${entity.name} as it is read.`, names.rowSchema, rowCode(entity)),
    declared(
      `A new row of ${entity.name}: what may be left out is filled in.`,
      names.insertSchema,
      insertCode(set, entity),
    ),
    declared('A change to a row: only what is given changes.', names.patchSchema, patchCode(entity)),
    declared('Between JSON and a row.', names.jsonCodec, sideCode(set, entity, jsonSide(entity))),
    ...postgresCodecs(set, entity),
    ...mongoCodecs(set, entity),
    ...queryDeclarations(set, entity),
  ]
}

/** The module of an entity: the schemas of its rows, inserts and patches, and the codecs of its rows. */
export const entityModule = (set: SchemaSet, entity: Entity, kind: ModuleKind): string =>
  moduleText({
    path: `zod/${entityNames(entity).module}`,
    kind,
    header: header(set.name),
    body: [
      shapeDeclaration(set, shape, rowFields(entity)),
      ...ruleDeclarations(set, entity, shape),
      ...encryptedDeclarations(set, entity),
      ...declarations(set, entity),
    ],
  })
