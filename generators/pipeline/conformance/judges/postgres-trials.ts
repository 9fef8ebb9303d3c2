import type { PostgresEngine } from '../../../engines/postgres/embedded.js'
import { identifier, joinSql, qualified, type Sql, sql } from '../../../kernel/safe/sql.js'
import type { RelationalSchema, Table } from '../../../relational/index.js'

/** A statement that makes a row and returns it: an insert or an update. */
export interface Trial {
  /** What is done before it, which is not judged: the insert of another row, or of the row that is updated. */
  readonly before: Sql | null
  readonly statement: Sql
  /** Whether foreign keys are awake at the statement. */
  readonly isGuarded: boolean
}

/** What became of a trial: the row as the driver gives it, or the server's words and the constraint's name. */
export type Outcome =
  | { readonly row: Readonly<Record<string, unknown>> }
  | { readonly row: null; readonly words: string; readonly constraint: string | null }

/** A schema of its own, which no set's is called by. */
const room = 'botschema trials'

const functionOf = (table: Table): Sql => qualified(room, table.name)

/** Timestamps come back as text, as a driver without a parser returns them: PGlite's own takes early years for others. */
const returned = ({ columns }: Table): Sql =>
  joinSql(
    columns
      .filter(({ field }) => field !== null)
      .map(({ name, type }) => {
        const column = identifier(name)
        const value = sql`(judged.stored).${column}`
        if (!type.name.startsWith('timestamp')) return sql`${value} AS ${column}`
        return type.array ? sql`${value}::text[] AS ${column}` : sql`${value}::text AS ${column}`
      }),
    ', ',
  )

/**
 * A function that tries statements on one table, each in a subtransaction that it undoes: one call judges many rows, and
 * the table is empty before each of them.
 */
const tryingFunction = ({ schema }: RelationalSchema, table: Table): Sql => sql`
CREATE FUNCTION ${functionOf(table)}(befores text[], statements text[], guarded boolean[])
RETURNS TABLE (words text, refused_by text, stored ${qualified(schema, table.name)})
LANGUAGE plpgsql AS $try$
BEGIN
  FOR place IN 1 .. cardinality(statements) LOOP
    words := NULL;
    refused_by := NULL;
    BEGIN
      IF befores[place] <> '' THEN
        EXECUTE befores[place];
      END IF;
      IF guarded[place] THEN
        SET LOCAL session_replication_role = origin;
      END IF;
      EXECUTE statements[place] INTO stored;
      RAISE EXCEPTION 'undone' USING ERRCODE = 'UNDO0';
    EXCEPTION
      WHEN SQLSTATE 'UNDO0' THEN
        NULL;
      WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS words = MESSAGE_TEXT, refused_by = CONSTRAINT_NAME;
    END;
    RETURN NEXT;
  END LOOP;
END
$try$;`

/** Makes room for trials on all tables. */
export const prepareTrials = async (database: PostgresEngine, schema: RelationalSchema, tables: readonly Table[]) => {
  await database.exec(sql`CREATE SCHEMA ${identifier(room)}`)
  for (const table of tables) await database.exec(tryingFunction(schema, table))
}

const arrayOf = (statements: readonly string[]): string =>
  `{${statements.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`

interface Judged {
  readonly 'the words': string | null
  readonly 'refused by': string | null
}

/** Tries each on the table, and leaves nothing behind. */
export const tryAll = async (
  database: PostgresEngine,
  { schema }: RelationalSchema,
  table: Table,
  trials: readonly Trial[],
): Promise<readonly Outcome[]> => {
  const text = sql`SELECT judged.words AS "the words", judged.refused_by AS "refused by", ${returned(table)} FROM ${functionOf(table)}($1::text[], $2::text[], $3::boolean[]) AS judged`
  const given = [
    arrayOf(trials.map(({ before }) => before ?? '')),
    arrayOf(trials.map(({ statement }) => statement)),
    arrayOf(trials.map(({ isGuarded }) => String(isGuarded))),
  ]
  const rows = await database.query<Judged & Readonly<Record<string, unknown>>>(text, given)
  await database.exec(sql`VACUUM ${qualified(schema, table.name)}`)
  return rows.map(({ 'the words': words, 'refused by': constraint, ...row }) =>
    words === null ? { row } : { row: null, words, constraint: constraint === '' ? null : constraint },
  )
}
