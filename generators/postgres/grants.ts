import { hashOf } from '../kernel/hash.js'
import { ok } from '../kernel/result.js'
import {
  comment,
  dollarQuoted,
  identifier,
  identifiers,
  joinSql,
  literal,
  type Sql,
  sql,
  wrapped,
} from '../kernel/safe/sql.js'
import type { PostgresOptions } from '../model/options.js'
import type { Unit } from '../model/target.js'
import type { RelationalSchema, Table } from '../relational/index.js'
import type { RetentionFunctions } from '../relational/retention/index.js'
import { generatedBy } from './sections.js'
import { named, type Style } from './style.js'

const grantsPath = 'postgres/grants.sql'

/** How wide a list of names may be on one line. */
const width = 100

/** What a bot may do to the rows of a table itself; functions of the owner do the rest. */
const rightsOn = ({ role, appendOnly }: Table): Sql | null => {
  switch (role) {
    case 'entity':
      return appendOnly ? sql`SELECT, INSERT` : sql`SELECT, INSERT, UPDATE, DELETE`
    case 'archive':
    case 'summary':
      return sql`SELECT`
    case 'counter':
      return null
  }
}

const listed = (names: readonly Sql[]): Sql => {
  const text = wrapped(names, '  ', width)
  return text.startsWith('\n') ? (text.trimEnd() as Sql) : sql` ${text}`
}

/** A statement about all of some names; none where there are none. */
const about = (start: Sql, names: readonly Sql[], end: Sql): readonly Sql[] =>
  names.length === 0 ? [] : [sql`${start}${listed(names)}\n  ${end};`]

const tableGrants = (style: Style, tables: readonly Table[], bot: Sql): readonly Sql[] => {
  const rights = new Map<Sql, Table[]>()
  for (const table of tables) {
    const right = rightsOn(table)
    if (right !== null) rights.set(right, [...(rights.get(right) ?? []), table])
  }
  return [...rights].flatMap(([right, those]) =>
    about(
      sql`GRANT ${right} ON`,
      those.map(({ name }) => named(style, name)),
      sql`TO ${bot}`,
    ),
  )
}

/** The sequence of a serial has the name that it got when it was made; an identity needs no right to its own. */
const sequenceGrants = (style: Style, tables: readonly Table[], bot: Sql): readonly Sql[] =>
  tables.flatMap((table) =>
    table.columns
      .filter(({ made }) => made === 'serial')
      .map(({ name }) => {
        const sequence = sql`pg_catalog.pg_get_serial_sequence(${literal(named(style, table.name))}, ${literal(name)})`
        const grant = literal(`GRANT USAGE ON SEQUENCE %s TO ${bot}`)
        return sql`DO ${dollarQuoted(`\nBEGIN\n  EXECUTE pg_catalog.format(${grant}, ${sequence});\nEND\n`)};`
      }),
  )

/** The functions that a bot calls, and those that its inserts call in checks. */
const functionNames = ({ functions, retention }: RelationalSchema): readonly string[] => [
  ...functions.flatMap(({ kind, name }) => (kind === 'check' || kind === 'make-partitions' ? [name] : [])),
  ...(retention === null ? [] : retentionNames(retention)),
]

const retentionNames = ({ entities, events, due }: RetentionFunctions): readonly string[] => [
  ...entities.flatMap(({ retire, settle, due: own }) => [retire, settle, own].filter((name) => name !== null)),
  ...(entities.length === 0 ? [] : [due]),
  ...Object.values(events),
]

/** The schema of the tables, and that of extensions where it is one that not everybody may use. */
const schemasUsed = ({ schema, extension_schema: ofExtensions }: Style, { extensions }: RelationalSchema) => [
  schema,
  ...(extensions.length === 0 || [schema, 'public'].includes(ofExtensions) ? [] : [ofExtensions]),
]

const grantStatements = (style: Style, schema: RelationalSchema, bot: Sql): readonly Sql[] => {
  const { tables, enums, retention } = schema
  const inFull = (name: string): Sql => named(style, name)
  const isRun = retention !== null && retention.entities.length > 0
  return [
    ...about(
      sql`REVOKE ALL ON`,
      tables.map(({ name }) => inFull(name)),
      sql`FROM ${bot}`,
    ),
    sql`GRANT USAGE ON SCHEMA ${identifiers(schemasUsed(style, schema))} TO ${bot};`,
    ...about(
      sql`GRANT USAGE ON TYPE`,
      enums.map(({ name }) => inFull(name)),
      sql`TO ${bot}`,
    ),
    ...tableGrants(style, tables, bot),
    ...sequenceGrants(style, tables, bot),
    ...about(sql`GRANT EXECUTE ON FUNCTION`, functionNames(schema).map(inFull), sql`TO ${bot}`),
    ...(isRun
      ? [
          sql`GRANT EXECUTE ON PROCEDURE ${inFull(retention.run)} TO ${bot};`,
          sql`GRANT SELECT ON ${inFull(retention.dueNow)} TO ${bot};`,
        ]
      : []),
  ]
}

const introduction = (bot: string): Sql =>
  comment(
    [
      `The rights of ${bot}, the role that a bot connects as. Create it first: CREATE ROLE ${identifier(bot)} LOGIN;`,
      'Run this as the owner of the tables, after schema.sql and retention.sql and again after each change.',
      'Such a role owns nothing, so that it cannot change or delete what is append-only. Counters, archives and summaries',
      'are written by functions that run as the owner.',
    ].join('\n'),
  )

/** What emits grants.sql: the rights that a bot's role needs, and no more. */
export const grantsUnit = (
  setName: string,
  style: Style,
  schema: RelationalSchema,
  { bot_role: bot }: PostgresOptions,
): Unit => {
  const statements = joinSql(grantStatements(style, schema, identifier(bot)), '\n\n')
  const text = `${generatedBy(setName)}\n${introduction(bot)}\n\nBEGIN;\n\n${statements}\n\nCOMMIT;\n`
  const id = 'postgres grants'
  return { id, definitions: [], hash: hashOf([id, text]), emit: async () => ok([{ path: grantsPath, order: 0, text }]) }
}
