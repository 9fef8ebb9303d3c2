import { hashOf } from '../../kernel/hash.js'
import { memoised } from '../../kernel/memoised.js'
import { identifier, type Sql } from '../../kernel/safe/sql.js'
import type { PostgresOptions } from '../../model/options.js'
import { type ExtensionNames, extensionNames, type RelationalSchema } from '../../relational/index.js'

/** What a set has that a statement may name, and which schemas it is in. */
export interface SetNames {
  readonly schema: Sql
  readonly extensionSchema: Sql
  readonly relations: ReadonlySet<string>
  /** What the names of partitions begin with: partitions are made while the bot runs. */
  readonly partitions: readonly string[]
  readonly types: ReadonlySet<string>
  readonly functions: ReadonlySet<string>
  readonly extensions: readonly ExtensionNames[]
  /** The types of columns, by table: as `pg_type.typname` has them, with `[]` for an array. */
  readonly columns: ReadonlyMap<string, ReadonlyMap<string, string>>
}

/** Sequences are called so where the name is not too long; longer ones are asked for by `pg_get_serial_sequence`. */
const sequencesOf = ({ tables }: RelationalSchema): readonly string[] =>
  tables.flatMap((table) =>
    table.columns.flatMap(({ name, made }) => (made === null ? [] : [`${table.name}_${name}_seq`])),
  )

const relationsOf = (schema: RelationalSchema): readonly string[] => [
  ...schema.tables.flatMap((table) => [
    table.name,
    ...(table.partition === null ? [] : [table.partition.default]),
    ...table.indexes.map(({ name }) => name),
    ...table.constraints.flatMap((each) => (each.kind === 'primary-key' || each.kind === 'unique' ? [each.name] : [])),
  ]),
  ...sequencesOf(schema),
  ...(schema.retention === null || schema.retention.entities.length === 0 ? [] : [schema.retention.dueNow]),
]

const functionsOf = ({ functions, retention }: RelationalSchema): readonly string[] => [
  ...functions.map(({ name }) => name),
  ...(retention === null
    ? []
    : [
        retention.due,
        ...Object.values(retention.events),
        ...retention.entities.flatMap(({ retire, settle, due }) =>
          [retire, settle, due].filter((name) => name !== null),
        ),
      ]),
]

const columnsOf = ({ tables }: RelationalSchema): SetNames['columns'] =>
  new Map(
    tables.map((table) => [
      table.name,
      new Map(table.columns.map(({ name, type }) => [name, type.array ? `${type.name}[]` : type.name])),
    ]),
  )

const withoutSchemas = memoised(
  (schema: RelationalSchema): Omit<SetNames, 'schema' | 'extensionSchema'> => ({
    relations: new Set(relationsOf(schema)),
    partitions: schema.tables.flatMap(({ partition }) => (partition === null ? [] : [partition.prefix])),
    types: new Set([...schema.enums.map(({ name }) => name), ...schema.tables.map(({ name }) => name)]),
    functions: new Set(functionsOf(schema)),
    extensions: schema.extensions.map(({ name }) => extensionNames[name]),
    columns: columnsOf(schema),
  }),
)

/** The hash of all that a statement may name. */
export const namesHash = memoised((schema: RelationalSchema): string => {
  const { relations, partitions, types, functions, extensions, columns } = withoutSchemas(schema)
  const byTable = [...columns].map(([table, inner]) => [table, [...inner]])
  return hashOf([[...relations], partitions, [...types], [...functions], extensions, byTable])
})

export const setNames = (schema: RelationalSchema, options: PostgresOptions): SetNames => ({
  ...withoutSchemas(schema),
  schema: identifier(options.schema),
  extensionSchema: identifier(options.extension_schema),
})

/** Types of `pg_catalog` whose names are no key words: `path` alone is Postgres' own, also where a set has an enum of that name. */
const catalogTypes: ReadonlySet<string> = new Set(
  `aclitem any anyarray anyelement anyenum bool box bpchar bytea cid cidr circle cstring date datemultirange daterange
  float4 float8 inet int2 int2vector int4 int4multirange int4range int8 int8multirange int8range internal json jsonb
  jsonpath line lseg macaddr macaddr8 money name numeric nummultirange numrange oid oidvector path point polygon record
  refcursor regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole
  regtype text tid timestamptz timetz trigger tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector
  txid_snapshot unknown uuid varbit varchar void xid xid8 xml`
    .trim()
    .split(/\s+/),
)

/** The schema of a table, view, sequence or index that a statement names alone; null: it is none of the set's. */
export const schemaOfRelation = (names: SetNames, name: string): Sql | null =>
  names.relations.has(name) || names.partitions.some((prefix) => name.startsWith(prefix)) ? names.schema : null

export const schemaOfType = (names: SetNames, name: string): Sql | null => {
  if (catalogTypes.has(name)) return null
  if (names.types.has(name)) return names.schema
  return names.extensions.some(({ types }) => types.includes(name)) ? names.extensionSchema : null
}

/** `isOfExtension`: whether a type is one of an argument's. */
export const schemaOfFunction = (
  names: SetNames,
  name: string,
  isOfExtension: (types: readonly string[]) => boolean,
): Sql | null => {
  if (names.functions.has(name)) return names.schema
  const isMeant = names.extensions.some(
    ({ functions, types, overloads }) =>
      functions.includes(name) || types.includes(name) || (overloads.includes(name) && isOfExtension(types)),
  )
  return isMeant ? names.extensionSchema : null
}
