import { dollarQuoted, identifier, qualified, type Sql, sql } from '../kernel/safe/sql.js'
import type { PostgresOptions } from '../model/options.js'
import { extensionNames, type RelationalSchema } from '../relational/index.js'

/** How statements are written: the schemas of tables and of extensions, whether they may run twice, and the oldest server they must run on. */
export type Style = Pick<PostgresOptions, 'schema' | 'extension_schema' | 'idempotent' | 'version' | 'comments'>

export const styleOf = (
  { schema, version }: RelationalSchema,
  { idempotent, extension_schema, comments }: PostgresOptions,
): Style => ({
  schema,
  extension_schema,
  idempotent,
  version,
  comments,
})

/** A table or a type by its full name: which schema a statement is about must not depend on a connection's search path. */
export const named = ({ schema }: Style, name: string): Sql => qualified(schema, name)

/** Something of an extension by its full name; what belongs to none of those that tables need is left as it is. */
export const namedOfExtension = ({ extension_schema: schema }: Style, operatorClass: string): Sql =>
  Object.values(extensionNames).some(({ operatorClasses }) => operatorClasses.includes(operatorClass))
    ? qualified(schema, operatorClass)
    : identifier(operatorClass)

export const createOrReplace = ({ idempotent }: Style): Sql => (idempotent ? sql`CREATE OR REPLACE` : sql`CREATE`)

export const ifNotExists = ({ idempotent }: Style): Sql => (idempotent ? sql` IF NOT EXISTS` : sql``)

/** A statement that runs only where a condition holds. */
export const onlyIf = (condition: Sql, statement: Sql): Sql =>
  sql`DO ${dollarQuoted(`\nBEGIN\n  IF ${condition} THEN\n    ${statement}\n  END IF;\nEND\n`)};`

/** The widest line that a constraint stands on alone. */
export const lineWidth = 110
