import type { Entity, Field, ObjectDefinition, Query, QueryColumns, Type } from '../../model/index.js'
import { type Brand, typesWithin } from '../../model/type.js'

interface Definitions {
  readonly entities: readonly Entity[]
  readonly objects: readonly ObjectDefinition[]
}

const listedIn = (columns: QueryColumns | null) => (columns === null || columns.kind === 'row' ? [] : columns.columns)

function* typesOf({ entities, objects }: Definitions): Generator<Type> {
  for (const { fields } of [...entities, ...objects]) for (const { type } of fields) yield* typesWithin(type)
  for (const { queries } of entities) {
    for (const { parameters, columns } of queries) {
      for (const { type } of [...parameters, ...listedIn(columns)]) yield* typesWithin(type)
    }
  }
}

const isMadeByStore = ({ kind }: Type): boolean => kind === 'identity' || kind === 'uuid' || kind === 'objectid'

/** Things that have ids of both kinds in a set: those that a store makes for their rows, and Discord's. */
const knownByBoth = (definitions: Definitions): ReadonlySet<Brand> => {
  const [rows, snowflakes] = [new Set<Brand>(), new Set<Brand>()]
  for (const type of typesOf(definitions)) {
    if (!('brand' in type)) continue
    if (type.kind === 'snowflake') snowflakes.add(type.brand)
    else rows.add(type.brand)
  }
  return new Set([...rows].filter((brand) => snowflakes.has(brand)))
}

const marked = <T extends Type>(type: T, brands: ReadonlySet<Brand>): T => {
  switch (type.kind) {
    case 'list':
    case 'map':
      return { ...type, of: marked(type.of, brands) }
    case 'union':
      return { ...type, of: type.of.map((member) => marked(member, brands)) }
    default:
      return isMadeByStore(type) && 'brand' in type && brands.has(type.brand) ? { ...type, row: true } : type
  }
}

/** Has ids of rows told apart from Discord's ids of the same things, where a set has both. */
export const withRowIds = <T extends Definitions>(definitions: T): T => {
  const brands = knownByBoth(definitions)
  if (brands.size === 0) return definitions
  const typed = <Typed extends { readonly type: Type }>(one: Typed): Typed => ({
    ...one,
    type: marked(one.type, brands),
  })
  const fieldsOf = <Owner extends { readonly fields: readonly Field[] }>(owner: Owner): Owner => ({
    ...owner,
    fields: owner.fields.map(typed),
  })
  const columnsOf = (columns: QueryColumns | null): QueryColumns | null =>
    columns === null || columns.kind === 'row' ? columns : { ...columns, columns: columns.columns.map(typed) }
  const queryOf = (query: Query): Query => ({
    ...query,
    parameters: query.parameters.map(typed),
    columns: columnsOf(query.columns),
  })
  return {
    ...definitions,
    objects: definitions.objects.map(fieldsOf),
    entities: definitions.entities.map((entity) => ({
      ...fieldsOf(entity),
      queries: entity.queries.map(queryOf),
    })),
  }
}
