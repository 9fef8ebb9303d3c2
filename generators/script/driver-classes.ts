import type { Entity } from '../model/entity.js'
import { objectOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Type, typesWithin } from '../model/type.js'
import { type Code, trusted } from './code.js'
import { rowFields } from './shapes.js'

/** A class of the Mongo driver that codecs make values of: validators import no database, so they are given it. */
export type DriverClass = 'ObjectId' | 'Decimal128'

/** In the order of parameters. */
const classes: readonly DriverClass[] = ['ObjectId', 'Decimal128']

export const orderedClasses = (needed: Iterable<DriverClass>): readonly DriverClass[] => {
  const all = new Set(needed)
  return classes.filter((one) => all.has(one))
}

/** The arguments of a codec that is a function of the driver's classes, where these have their own names. */
export const passedClasses = (needed: readonly DriverClass[]): Code =>
  trusted(needed.length === 0 ? '' : `(${needed.join(', ')})`)

const answers = new WeakMap<SchemaSet, Map<string, readonly DriverClass[]>>()

/** The classes that the codec of an object's documents needs, however deep. */
export const classesOfObject = (set: SchemaSet, name: string): readonly DriverClass[] => {
  const known = answers.get(set) ?? new Map<string, readonly DriverClass[]>()
  answers.set(set, known)
  const answer =
    known.get(name) ?? orderedClasses(objectOf(set, name).fields.flatMap(({ type }) => classesOf(set, type)))
  known.set(name, answer)
  return answer
}

const ownClasses = (set: SchemaSet, type: Type): readonly DriverClass[] => {
  switch (type.kind) {
    case 'identity':
    case 'objectid':
      return ['ObjectId']
    case 'decimal':
      return type.inMongo === 'decimal128' ? ['Decimal128'] : []
    case 'object':
      return classesOfObject(set, type.object)
    default:
      return []
  }
}

/** The classes that the codec of a type's values in Mongo needs. */
export const classesOf = (set: SchemaSet, type: Type): readonly DriverClass[] =>
  orderedClasses(typesWithin(type).flatMap((inner) => ownClasses(set, inner)))

/** The classes that an entity's codecs of Mongo (`warningMongo`, `warningPaths`) are functions of; none: they are no functions. */
export const classesOfRow = (set: SchemaSet, entity: Entity): readonly DriverClass[] =>
  orderedClasses(
    rowFields(entity).flatMap(({ field }) => (field.stores.includes('mongo') ? classesOf(set, field.type) : [])),
  )
