import { archivesOf } from '../model/archive.js'
import type { Entity } from '../model/entity.js'
import { findEntity, findEnum, findField, findObject } from '../model/lookup.js'
import type { PostgresOptions } from '../model/options.js'
import type { Origin } from '../model/origin.js'
import type { SchemaSet } from '../model/schema-set.js'
import {
  type Constraint,
  type RelationalSchema,
  relationalSchema,
  type SchemaFunction,
  type Table,
  type TableIndex,
} from '../relational/index.js'
import { idOf, type ObjectFacts } from './facts.js'

/** Where an object of the database was described; that of its table, or of the set, where it has no line of its own. */
export type PlaceOf = (object: Pick<ObjectFacts, 'id' | 'parent'>) => Origin

type Place = readonly [id: string, origin: Origin]

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, at) => name === b[at])

const fieldPlace = (entity: Entity, columns: readonly string[]): Origin | undefined =>
  columns.length === 1 ? findField(entity, columns[0] ?? '')?.origin : undefined

const constraintPlace = (entity: Entity, constraint: Constraint): Origin | undefined => {
  switch (constraint.kind) {
    case 'primary-key':
      return entity.key.origin
    case 'unique':
      return entity.uniques.find(({ fields }) => isSame(fields, constraint.columns))?.origin
    case 'foreign-key':
      return entity.references.find(({ fields }) => isSame(fields, constraint.columns))?.origin
    case 'check': {
      const { columns, name, predicate } = constraint
      const named = [...entity.checks, ...entity.postgres.checks].find((check) =>
        predicate === null ? name.endsWith(`_${check.name}`) : check.name === predicate.name,
      )
      return predicate === null ? (fieldPlace(entity, columns) ?? named?.origin) : named?.origin
    }
  }
}

const fieldsOf = ({ parts }: Entity['indexes'][number]): readonly string[] =>
  parts.flatMap((part) => (part.kind === 'field' ? part.path.slice(0, 1) : []))

const indexPlace = (entity: Entity, { fields, name, unique }: TableIndex): Origin | undefined =>
  [...entity.indexes, ...entity.uniques].find((index) => index.name === name)?.origin ??
  (unique ? entity.uniques.find((one) => isSame(one.fields, fields)) : undefined)?.origin ??
  entity.indexes.find((index) => isSame([...new Set(fieldsOf(index))], fields))?.origin

/** An archive has the fields of its entity, and some of its own. */
const entityOf = (set: SchemaSet, { entity, name }: Table): Entity | undefined => {
  const own = findEntity(set, entity)
  return own === undefined ? undefined : (archivesOf(own, 'postgres').find(({ table }) => table === name) ?? own)
}

const tablePlaces = (set: SchemaSet, table: Table): readonly Place[] => {
  const { name, origin } = table
  const entity = entityOf(set, table)
  const at = (place: Origin | undefined): Origin => place ?? origin
  const within = <T>(find: (entity: Entity) => T | undefined): T | undefined => entity && find(entity)
  return [
    [idOf('table', name), origin],
    ...table.columns.map(
      (column): Place => [
        idOf('column', column.name, name),
        at(within((one) => findField(one, column.field ?? '')?.origin)),
      ],
    ),
    ...table.constraints.map(
      (constraint): Place => [
        idOf('constraint', constraint.name, name),
        at(within((one) => constraintPlace(one, constraint))),
      ],
    ),
    ...table.indexes.map(
      (index): Place => [idOf('index', index.name, name), at(within((one) => indexPlace(one, index)))],
    ),
  ]
}

const functionPlace = (set: SchemaSet, tables: readonly Table[], made: SchemaFunction): Origin | undefined => {
  const ofTable = (name: string): Origin | undefined => tables.find((table) => table.name === name)?.origin
  switch (made.kind) {
    case 'check':
      if (made.owner.kind === 'shared') return undefined
      return made.owner.kind === 'object' ? findObject(set, made.owner.name)?.origin : ofTable(made.owner.name)
    case 'next-number':
    case 'make-partitions':
      return ofTable(made.table)
    default:
      return undefined
  }
}

/** Functions are known by their names here: which types they take, only the server prints. */
const functionPlaces = (set: SchemaSet, { functions, retention, tables }: RelationalSchema): readonly Place[] => {
  const origin = (name: string): Origin | undefined => {
    const entity = findEntity(set, name)
    return entity?.retention?.origin ?? entity?.origin
  }
  const ofRetention = (retention?.entities ?? []).flatMap(({ drop, due, entity, retire, settle }) =>
    [drop, due, retire, settle].flatMap((name): readonly Place[] =>
      name === null ? [] : [[idOf('function', name), origin(entity) ?? set.origin]],
    ),
  )
  return [
    ...functions.map((made): Place => [idOf('function', made.name), functionPlace(set, tables, made) ?? set.origin]),
    ...ofRetention,
  ]
}

const withoutTypes = (id: string): string => (id.startsWith('function ') ? id.replace(/\(.*\)$/, '') : id)

/** Says where in the YAML each object of a set's tables came from. */
export const placesOf = (set: SchemaSet, options: PostgresOptions): PlaceOf => {
  const { value: schema } = relationalSchema(set, options)
  const places = new Map<string, Origin>([
    ...schema.tables.flatMap((table) => tablePlaces(set, table)),
    ...schema.enums.map(
      ({ definition, name }): Place => [idOf('type', name), findEnum(set, definition)?.origin ?? set.origin],
    ),
    ...functionPlaces(set, schema),
  ])
  return ({ id, parent }) => places.get(withoutTypes(id)) ?? places.get(parent ?? '') ?? set.origin
}
