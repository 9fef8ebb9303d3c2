import { docComment, proseOf } from '../kernel/safe/typescript.js'
import type { Entity } from '../model/entity.js'
import { keyFieldsOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Store } from '../model/store.js'
import { hasAccess } from '../script/access.js'
import { type Code, code, trusted, typeImport } from '../script/code.js'
import { encryptedIn } from '../script/encryption.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { entityNames, header } from '../script/names.js'
import { rowHoldsObjectId } from '../script/object-ids.js'
import { newFields, patchFields, rowFields, type ShapeField } from '../script/shapes.js'
import {
  codedMembers,
  fieldCode,
  nested,
  newMembers,
  objectOfMembers,
  objectSchema,
  type Rename,
  shapeDeclaration,
  shapeWith,
  shapeWithout,
} from './record.js'
import { ruleDeclarations, rulesAbout } from './rules.js'
import { type Side, sideCode } from './side.js'
import { zod } from './type-code.js'

const shape = 'shape'

const declared = (doc: string, name: string, value: Code): Code =>
  code`${trusted(docComment(proseOf(doc)))}export const ${trusted(name)} = ${value}`

const rowCode = (entity: Entity): Code => objectSchema('plain', trusted(shape), rulesAbout(entity, rowFields(entity)))

const missingFrom = (all: readonly ShapeField[], some: readonly ShapeField[]): readonly string[] => {
  const names = new Set(some.map(({ field }) => field.name))
  return all.filter(({ field }) => !names.has(field.name)).map(({ field }) => field.property)
}

const insertCode = (set: SchemaSet, entity: Entity): Code => {
  const fields = newFields(entity)
  const members = shapeWith(
    shape,
    missingFrom(rowFields(entity), fields),
    newMembers(set, shape, fields, entityNames(entity).encrypted),
  )
  return objectSchema('plain', members, rulesAbout(entity, fields))
}

const patchCode = (entity: Entity): Code => {
  const fields = patchFields(entity)
  if (fields.length === 0) return objectSchema('plain', trusted('{}'), null)
  const kept = shapeWithout(shape, missingFrom(rowFields(entity), fields))
  return objectSchema('change', kept, rulesAbout(entity, fields))
}

const inStore = (entity: Entity, store: Store): readonly ShapeField[] =>
  rowFields(entity).filter(({ field }) => field.stores.includes(store))

const ownNames = (fields: readonly ShapeField[]): readonly Rename[] =>
  fields
    .filter(({ field }) => field.name !== field.property)
    .map(({ field }) => ({ stored: field.name, property: field.property, written: null }))

const sideOf = (entity: Entity, parts: Omit<Side, 'shape' | 'schema' | 'fields'>): Side => ({
  shape,
  schema: entityNames(entity).rowSchema,
  fields: rowFields(entity),
  ...parts,
})

const jsonSide = (entity: Entity): Side =>
  sideOf(entity, { form: 'json', coded: null, kept: rowFields(entity), renames: [], extra: [] })

/** What a store returns of encrypted fields is passed over, and never written by a row's codec. */
const unseenIn = (entity: Entity, store: Store): Pick<Side, 'renames' | 'extra'> => {
  const names = encryptedIn(entity, store).map(({ name }) => name)
  return {
    renames: names.map((stored) => ({ stored, property: null, written: null })),
    extra: names.map((key) => ({ key, value: code`${zod}.unknown().optional()` })),
  }
}

/** The constant of a form's codecs one by one, where a store's functions take single values. */
const columnsOf = (set: SchemaSet, entity: Entity): string | null =>
  hasAccess(set, 'postgres') || encryptedIn(entity, 'postgres').length > 0 ? entityNames(entity).columns : null
const pathsOf = (set: SchemaSet, entity: Entity): string | null =>
  hasAccess(set, 'mongo') ? entityNames(entity).paths : null

/** A singleton's table has a column of its own for the key, which a row does not show. */
const postgresSide = (set: SchemaSet, entity: Entity): Side => {
  const kept = inStore(entity, 'postgres')
  const unseen = unseenIn(entity, 'postgres')
  const parts = { form: 'postgres', coded: columnsOf(set, entity), kept } as const
  if (entity.key.kind !== 'singleton') {
    return sideOf(entity, { ...parts, renames: [...ownNames(kept), ...unseen.renames], extra: unseen.extra })
  }
  return sideOf(entity, {
    ...parts,
    renames: [...ownNames(kept), { stored: 'singleton', property: null, written: null }, ...unseen.renames],
    extra: [{ key: 'singleton', value: code`${zod}.literal(true).optional()` }, ...unseen.extra],
  })
}

const isSingleKey = (entity: Entity, name: string): boolean => {
  const keys = keyFieldsOf(entity)
  return keys.length === 1 && keys[0] === name
}

/** In a document a single key is `_id`; where there is none, `_id` is the store's own and no part of a row. */
const mongoSide = (entity: Entity, coded: string | null): Side => {
  const kept = inStore(entity, 'mongo')
  const parts = { form: 'mongo', coded, kept } as const
  const key = kept.find(({ field }) => isSingleKey(entity, field.name))?.field
  const others = ownNames(kept.filter(({ field }) => field !== key))
  const unseen = unseenIn(entity, 'mongo')
  if (key !== undefined) {
    const renames = key.property === '_id' ? [] : [{ stored: '_id', property: key.property, written: null }]
    return sideOf(entity, { ...parts, renames: [...renames, ...others, ...unseen.renames], extra: unseen.extra })
  }
  const singleton = entity.key.kind === 'singleton'
  const value = singleton ? code`${zod}.literal('singleton')` : code`${zod}.unknown().optional()`
  return sideOf(entity, {
    ...parts,
    renames: [
      { stored: '_id', property: null, written: singleton ? "'singleton' as const" : null },
      ...others,
      ...unseen.renames,
    ],
    extra: [{ key: '_id', value }, ...unseen.extra],
  })
}

const givenClass = (): Code =>
  code`<Id extends ${typeImport('zod/codecs', 'ObjectIdLike')}>(ObjectId: ${typeImport('zod/codecs', 'ObjectIdClass')}<Id>)`

/** `value` as a function of the driver's class, where ObjectIds are inside. */
export const givenObjectId = (value: Code): Code => code`${givenClass()} =>
  ${nested(value)}`

/** The codecs of a form one by one: the shape's own, but for those that differ. */
const codecsOf = (set: SchemaSet, entity: Entity, store: Store): Code => {
  const kept = inStore(entity, store)
  const members = codedMembers(set, shape, kept, store)
  return shapeWith(
    shape,
    missingFrom(rowFields(entity), kept),
    members.filter(({ changed }) => changed),
  )
}

/** In the function of a codec that is given the class, the codecs of its values have this name. */
const givenPaths = 'paths'

const mongoCodec = (set: SchemaSet, entity: Entity): Code => {
  const paths = pathsOf(set, entity)
  if (!rowHoldsObjectId(set, entity)) return sideCode(set, entity, mongoSide(entity, paths))
  if (paths === null) return givenObjectId(sideCode(set, entity, mongoSide(entity, null)))
  return code`${givenClass()} => {
  const ${trusted(givenPaths)} = ${trusted(paths)}(ObjectId)
  return ${nested(sideCode(set, entity, mongoSide(entity, givenPaths)))}
}`
}

const pathsCode = (set: SchemaSet, entity: Entity): Code => {
  const codecs = codecsOf(set, entity, 'mongo')
  return rowHoldsObjectId(set, entity) ? code`${givenClass()} => (${codecs})` : codecs
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

const postgresDeclarations = (set: SchemaSet, entity: Entity): readonly Code[] => {
  if (!entity.stores.includes('postgres')) return []
  const columns = columnsOf(set, entity)
  const doc = 'Between what a Postgres driver returns and a row; encoding gives the parameters of a statement.'
  return [
    ...(columns === null
      ? []
      : [
          declared(
            'Between what a Postgres driver returns for a column and its value in a row.',
            columns,
            codecsOf(set, entity, 'postgres'),
          ),
        ]),
    declared(doc, entityNames(entity).postgresCodec, sideCode(set, entity, postgresSide(set, entity))),
  ]
}

const mongoDeclarations = (set: SchemaSet, entity: Entity): readonly Code[] => {
  if (!entity.stores.includes('mongo')) return []
  const paths = pathsOf(set, entity)
  const doc = 'Between a stored document and a row.'
  return [
    ...(paths === null
      ? []
      : [declared('Between a value of a stored document and its value in a row.', paths, pathsCode(set, entity))]),
    declared(doc, entityNames(entity).mongoCodec, mongoCodec(set, entity)),
  ]
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
    ...postgresDeclarations(set, entity),
    ...mongoDeclarations(set, entity),
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
      ...ruleDeclarations(set, entity),
      ...encryptedDeclarations(set, entity),
      ...declarations(set, entity),
    ],
  })
