import { dollarQuoted, qualified, type Sql, sql } from '../kernel/safe/sql.js'
import type { PostgresOptions } from '../model/options.js'
import type { RelationalSchema } from '../relational/index.js'

/** How statements are written: the option `schema`, whether they may run twice, and the oldest server they must run on. */
export type Style = Pick<PostgresOptions, 'schema' | 'idempotent' | 'version'>

export const styleOf = ({ schema, version }: RelationalSchema, { idempotent }: PostgresOptions): Style => ({
  schema,
  idempotent,
  version,
})

/** A table or a type by its full name: which schema a statement is about must not depend on a connection's search path. */
export const named = ({ schema }: Style, name: string): Sql => qualified(schema, name)

export const createOrReplace = ({ idempotent }: Style): Sql => (idempotent ? sql`CREATE OR REPLACE` : sql`CREATE`)

export const ifNotExists = ({ idempotent }: Style): Sql => (idempotent ? sql` IF NOT EXISTS` : sql``)

/** A statement that runs only where a condition holds. */
export const onlyIf = (condition: Sql, statement: Sql): Sql =>
  sql`DO ${dollarQuoted(`\nBEGIN\n  IF ${condition} THEN\n    ${statement}\n  END IF;\nEND\n`)};`

/** The widest line that a constraint stands on alone. */
export const lineWidth = 110
