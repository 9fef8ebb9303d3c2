import { literal, type Sql, sql } from '../kernel/safe/sql.js'
import type { PostgresOptions } from '../model/options.js'
import type { Enforcer } from '../model/words.js'
import { hasComments } from '../relational/index.js'

/** `COMMENT ON …` on the line after what it is about; nothing where the database has no comments. */
export const commentAfter = (
  options: Pick<PostgresOptions, 'comments'>,
  enforce: Enforcer,
  about: Sql,
  text: string,
): Sql => (hasComments(options, enforce) ? sql`\nCOMMENT ON ${about} IS ${literal(text)};` : sql``)
