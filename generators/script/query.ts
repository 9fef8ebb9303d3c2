import { camelCase, pascalCase, plural } from '../kernel/identifiers.js'
import type { Entity, Query, QueryColumn, QueryValue } from '../model/entity.js'
import { type Field, undescribed } from '../model/field.js'
import { findEntity, findField, keyFieldsOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Store, stores } from '../model/store.js'
import { classesOf, classesOfRow, type DriverClass, orderedClasses } from './driver-classes.js'
import { hasAccess } from './has-access.js'

/** The plural of an entity's name in code: `GuildMembers`; `AllNews` where the plural is the singular. */
export const pluralName = (entity: Entity): string => {
  const [one, all] = [pascalCase(entity.name), pascalCase(plural(entity.name))]
  return all === one ? `All${one}` : all
}

/** The names that emitted TypeScript gives to a named query. */
export interface QueryNames {
  /** `warningsActiveForMember` */
  readonly function: string
  /** `WarningsActiveForMember`: a row of its result; there is none where it returns none. */
  readonly row: string
  /** `WarningsActiveForMemberParameters`; there are none where it takes none. */
  readonly parameters: string
  /** `warningsActiveForMemberPostgres`, `warningsActiveForMemberMongo`: the codecs of a store. */
  readonly codecs: (store: Store) => string
}

export const queryNames = (entity: Entity, query: Query): QueryNames => {
  const name = `${pluralName(entity)}${pascalCase(query.name)}`
  const own = camelCase(pluralName(entity)) + pascalCase(query.name)
  return {
    function: own,
    row: name,
    parameters: `${name}Parameters`,
    codecs: (store) => `${own}${pascalCase(store)}`,
  }
}

/** The stores that a query is emitted for: those that it has a statement for, and whose functions are emitted. */
export const storesOfQuery = (set: SchemaSet, entity: Entity, query: Query): readonly Store[] =>
  stores.filter((store) => entity.stores.includes(store) && query[store] !== null && hasAccess(set, store))

/** The queries of an entity that are emitted for a store at all. */
export const emittedQueries = (set: SchemaSet, entity: Entity): readonly Query[] =>
  entity.queries.filter((query) => storesOfQuery(set, entity, query).length > 0)

/** Which codecs a query has in a store: of its parameters, and of a row of its result. */
export interface QueryCodecs {
  readonly parameters: boolean
  readonly row: boolean
}

export const queryCodecs = (query: Query): QueryCodecs => ({
  parameters: query.parameters.length > 0,
  row: query.columns !== null && query.returns !== 'none',
})

/** The classes of the driver that a query's codecs of Mongo are functions of; none: they are no functions. */
export const classesOfQuery = (
  set: SchemaSet,
  entity: Entity,
  { parameters, columns }: Query,
): readonly DriverClass[] => {
  const ofValues = (values: readonly QueryValue[]) => values.flatMap(({ type }) => classesOf(set, type))
  const ofColumns = columns?.kind === 'row' ? classesOfRow(set, entity) : ofValues(columns?.columns ?? [])
  return orderedClasses([...ofValues(parameters), ...ofColumns])
}

/** What a store calls a column in what comes back: in a document a single key is `_id`, and SQL asks for properties. */
export const returnedName = (entity: Entity, store: Store, { columns }: Query, column: QueryColumn): string => {
  if (store === 'postgres') return column.property
  const [key, ...others] = keyFieldsOf(entity)
  return columns?.kind === 'fields' && others.length === 0 && key === column.name ? '_id' : column.name
}

/** What an error tells of a result that cannot be read, and what it does not show (`Readable` of `zod/decoding.ts`). */
export interface QueryReading {
  readonly key: readonly (readonly [property: string, returned: string])[]
  readonly stored: Readonly<Record<string, string>>
  readonly personal: readonly string[]
}

const isPersonal = (set: SchemaSet, { field }: QueryColumn): boolean => {
  const owner = field === null ? undefined : findEntity(set, field.entity)
  return owner !== undefined && field !== null && findField(owner, field.name)?.personal === true
}

/** The reading of a result that is no whole row of the entity. */
export const queryReading = (set: SchemaSet, entity: Entity, store: Store, query: Query): QueryReading => {
  const columns = query.columns === null || query.columns.kind === 'row' ? [] : query.columns.columns
  const named = columns.map((column) => [column.property, returnedName(entity, store, query, column)] as const)
  return {
    key: keyFieldsOf(entity).flatMap((name) =>
      named
        .filter((_, at) => columns[at]?.field?.entity === entity.name && columns[at].field.name === name)
        .slice(0, 1),
    ),
    stored: Object.fromEntries(named.filter(([property, returned]) => property !== returned)),
    personal: columns.filter((column) => isPersonal(set, column)).map(({ property }) => property),
  }
}

const asField = (value: QueryValue, property: string): Field => ({
  ...undescribed,
  name: value.name,
  property,
  type: value.type,
  nullable: value.nullable,
  optional: false,
  stores,
  origin: value.origin,
})

/** The parameters and columns of a query as fields, which is how types and codecs are printed. */
export const parameterFields = (query: Query): readonly Field[] =>
  query.parameters.map((parameter) => asField(parameter, parameter.name))

export const columnField = (column: QueryColumn): Field => asField(column, column.property)

export const columnFields = ({ columns }: Query): readonly Field[] =>
  columns === null || columns.kind === 'row' ? [] : columns.columns.map(columnField)

/** All values that the emitted queries of an entity take or give, as fields. */
export const queryFields = (set: SchemaSet, entity: Entity): readonly Field[] =>
  emittedQueries(set, entity).flatMap((query) => [...parameterFields(query), ...columnFields(query)])
