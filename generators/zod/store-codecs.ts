import type { Entity } from '../model/entity.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Store } from '../model/store.js'
import type { Code } from '../script/code.js'
import { classesOfRow } from '../script/driver-classes.js'
import { encryptedIn } from '../script/encryption.js'
import { hasAccess } from '../script/has-access.js'
import { entityNames } from '../script/names.js'
import { rowFields } from '../script/shapes.js'
import { declared } from './declared.js'
import { given, givenPaths, givenWithPaths, literalGiven } from './given-class.js'
import { codedMembers, missingFrom, shapeWith } from './record.js'
import { inStore, mongoSide, postgresSide, shape } from './row-sides.js'
import { sideCode } from './side.js'

/** The constants of codecs of single values, where a store's functions take them; null where none does. */
export const columnsOf = (set: SchemaSet, entity: Entity): string | null =>
  hasAccess(set, 'postgres') || encryptedIn(entity, 'postgres').length > 0 ? entityNames(entity).columns : null

export const pathsOf = (set: SchemaSet, entity: Entity): string | null =>
  hasAccess(set, 'mongo') ? entityNames(entity).paths : null

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

const columnsDeclaration = (set: SchemaSet, entity: Entity): readonly Code[] => {
  const columns = columnsOf(set, entity)
  const doc = 'Between what a Postgres driver returns for a column and its value in a row.'
  return columns === null ? [] : [declared(doc, columns, codecsOf(set, entity, 'postgres'))]
}

/** The codec of an entity's rows in Postgres, and those of its columns. */
export const postgresCodecs = (set: SchemaSet, entity: Entity): readonly Code[] => {
  if (!entity.stores.includes('postgres')) return []
  const doc = 'Between what a Postgres driver returns and a row; encoding gives the parameters of a statement.'
  const codec = sideCode(set, entity, postgresSide(entity, columnsOf(set, entity)))
  return [...columnsDeclaration(set, entity), declared(doc, entityNames(entity).postgresCodec, codec)]
}

const pathsDeclaration = (set: SchemaSet, entity: Entity): readonly Code[] => {
  const paths = pathsOf(set, entity)
  if (paths === null) return []
  const value = literalGiven(classesOfRow(set, entity), codecsOf(set, entity, 'mongo'))
  return [declared('Between a value of a stored document and its value in a row.', paths, value)]
}

const documentCodec = (set: SchemaSet, entity: Entity): Code => {
  const paths = pathsOf(set, entity)
  const classes = classesOfRow(set, entity)
  if (classes.length === 0) return sideCode(set, entity, mongoSide(entity, paths))
  if (paths === null) return given(classes, sideCode(set, entity, mongoSide(entity, null)))
  return givenWithPaths(classes, { name: paths, classes }, sideCode(set, entity, mongoSide(entity, givenPaths)))
}

/** The codec of an entity's rows in Mongo, and those of its values. */
export const mongoCodecs = (set: SchemaSet, entity: Entity): readonly Code[] =>
  entity.stores.includes('mongo')
    ? [
        ...pathsDeclaration(set, entity),
        declared('Between a stored document and a row.', entityNames(entity).mongoCodec, documentCodec(set, entity)),
      ]
    : []
