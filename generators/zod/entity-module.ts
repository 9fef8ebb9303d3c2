import { docComment, proseOf } from '../kernel/safe/typescript.js'
import type { Entity } from '../model/entity.js'
import { keyFieldsOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Store } from '../model/store.js'
import { type Code, code, trusted, typeImport } from '../script/code.js'
import { encryptedIn } from '../script/encryption.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { entityNames, header } from '../script/names.js'
import { newFields, patchFields, rowFields, type ShapeField } from '../script/shapes.js'
import { holdsObjectId } from './form.js'
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

const sideOf = (entity: Entity, parts: Pick<Side, 'form' | 'kept' | 'renames' | 'extra'>): Side => ({
  shape,
  schema: entityNames(entity).rowSchema,
  fields: rowFields(entity),
  ...parts,
})

const jsonSide = (entity: Entity): Side =>
  sideOf(entity, { form: 'json', kept: rowFields(entity), renames: [], extra: [] })

/** What a store returns of encrypted fields is passed over, and never written by a row's codec. */
const unseenIn = (entity: Entity, store: Store): Pick<Side, 'renames' | 'extra'> => {
  const names = encryptedIn(entity, store).map(({ name }) => name)
  return {
    renames: names.map((stored) => ({ stored, property: null, written: null })),
    extra: names.map((key) => ({ key, value: code`${zod}.unknown().optional()` })),
  }
}

/** A singleton's table has a column of its own for the key, which a row does not show. */
const postgresSide = (entity: Entity): Side => {
  const kept = inStore(entity, 'postgres')
  const unseen = unseenIn(entity, 'postgres')
  if (entity.key.kind !== 'singleton') {
    return sideOf(entity, {
      form: 'postgres',
      kept,
      renames: [...ownNames(kept), ...unseen.renames],
      extra: unseen.extra,
    })
  }
  return sideOf(entity, {
    form: 'postgres',
    kept,
    renames: [...ownNames(kept), { stored: 'singleton', property: null, written: null }, ...unseen.renames],
    extra: [{ key: 'singleton', value: code`${zod}.literal(true).optional()` }, ...unseen.extra],
  })
}

const isSingleKey = (entity: Entity, name: string): boolean => {
  const keys = keyFieldsOf(entity)
  return keys.length === 1 && keys[0] === name
}

/** In a document a single key is `_id`; where there is none, `_id` is the store's own and no part of a row. */
const mongoSide = (entity: Entity): Side => {
  const kept = inStore(entity, 'mongo')
  const key = kept.find(({ field }) => isSingleKey(entity, field.name))?.field
  const others = ownNames(kept.filter(({ field }) => field !== key))
  const unseen = unseenIn(entity, 'mongo')
  if (key !== undefined) {
    const renames = key.property === '_id' ? [] : [{ stored: '_id', property: key.property, written: null }]
    const all = [...renames, ...others, ...unseen.renames]
    return sideOf(entity, { form: 'mongo', kept, renames: all, extra: unseen.extra })
  }
  const singleton = entity.key.kind === 'singleton'
  const value = singleton ? code`${zod}.literal('singleton')` : code`${zod}.unknown().optional()`
  return sideOf(entity, {
    form: 'mongo',
    kept,
    renames: [
      { stored: '_id', property: null, written: singleton ? "'singleton' as const" : null },
      ...others,
      ...unseen.renames,
    ],
    extra: [{ key: '_id', value }, ...unseen.extra],
  })
}

/** `value` as a function of the driver's class, where ObjectIds are inside. */
export const givenObjectId = (value: Code): Code => {
  const like = typeImport('zod/codecs', 'ObjectIdLike')
  const given = typeImport('zod/codecs', 'ObjectIdClass')
  return code`<Id extends ${like}>(ObjectId: ${given}<Id>) =>
  ${nested(value)}`
}

const mongoCodec = (set: SchemaSet, entity: Entity): Code => {
  const codec = sideCode(set, entity, mongoSide(entity))
  const needsClass = inStore(entity, 'mongo').some(({ field }) => holdsObjectId(set, field.type))
  return needsClass ? givenObjectId(codec) : codec
}

/** The schemas of encrypted fields, and the codecs of the columns that are inserted beside them. */
const encryptedDeclarations = (set: SchemaSet, entity: Entity): readonly Code[] => {
  const names = entityNames(entity)
  const encrypted = newFields(entity).filter(({ field }) => field.encrypted !== null)
  if (encrypted.length === 0) return []
  const schemas = encrypted.map(({ field }) => ({
    key: field.property,
    value: fieldCode(set, { field, optional: false }, 'row'),
  }))
  const columns = codedMembers(set, shape, inStore(entity, 'postgres'), 'postgres')
  return [
    declared('The plain values of encrypted fields, which no row shows.', names.encrypted, objectOfMembers(schemas)),
    ...(encryptedIn(entity, 'postgres').length === 0
      ? []
      : [declared('What the columns take as parameters.', names.columns, objectOfMembers(columns))]),
  ]
}

const declarations = (set: SchemaSet, entity: Entity): readonly Code[] => {
  const names = entityNames(entity)
  const inPostgres = entity.stores.includes('postgres')
  const inMongo = entity.stores.includes('mongo')
  return [
    declared(`A row of ${entity.name} as it is read.`, names.rowSchema, rowCode(entity)),
    declared(
      `A new row of ${entity.name}: what may be left out is filled in.`,
      names.insertSchema,
      insertCode(set, entity),
    ),
    declared('A change to a row: only what is given changes.', names.patchSchema, patchCode(entity)),
    declared('Between JSON and a row.', names.jsonCodec, sideCode(set, entity, jsonSide(entity))),
    ...(inPostgres
      ? [
          declared(
            'Between what a Postgres driver returns and a row; encoding gives the parameters of a statement.',
            names.postgresCodec,
            sideCode(set, entity, postgresSide(entity)),
          ),
        ]
      : []),
    ...(inMongo ? [declared('Between a stored document and a row.', names.mongoCodec, mongoCodec(set, entity))] : []),
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
