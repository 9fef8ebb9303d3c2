import { dollarQuoted, joinSql, literal, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import { actsOf } from '../../model/lifecycle.js'
import { entityOf } from '../../model/lookup.js'
import type { PostgresOptions } from '../../model/options.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { EntityFunctions, RetentionFunctions } from '../../relational/retention/index.js'
import { reportedAct, scheduleOf } from '../../script/retention.js'
import { commentAfter } from '../comments.js'

interface Overview {
  readonly set: SchemaSet
  readonly options: PostgresOptions
  readonly schema: string
  readonly retention: RetentionFunctions
}

const textOrNull = (text: string | null): Sql => (text === null ? sql`NULL` : literal(text))

const actRow = (
  entity: Parameters<typeof reportedAct>[0],
  act: Parameters<typeof reportedAct>[1],
  index: number,
): Sql => {
  const { step, action, from, into, hook } = reportedAct(entity, act, 'postgres')
  return sql`(${index}, ${step}, ${literal(action)}, ${literal(from)}, ${textOrNull(into)}, ${textOrNull(hook)})`
}

const dueOf = ({ set, schema }: Overview, { entity: name, due }: EntityFunctions): Sql => {
  const entity = entityOf(set, name)
  const acts = actsOf(entity).map((act, index) => actRow(entity, act, index))
  return sql`  RETURN QUERY SELECT ${literal(name)}::text, known.*, found.due, found.oldest
    FROM ${qualified(schema, due)}($1) AS found
    JOIN (VALUES
      ${joinSql(acts, ',\n      ')}
    ) AS known (act, step, action, place, into_place, hook) USING (act);`
}

/** The function and the view of what is due for all entities. */
export const dueOverview = (overview: Overview): Sql => {
  const { set, options, schema, retention } = overview
  const name = qualified(schema, retention.due)
  const view = qualified(schema, retention.dueNow)
  const body = sql`
#variable_conflict use_column
BEGIN
${joinSql(
  retention.entities.map((functions) => dueOf(overview, functions)),
  '\n',
)}
END
`
  return sql`CREATE OR REPLACE FUNCTION ${name}(at timestamptz DEFAULT now())
RETURNS TABLE (
  entity text, act integer, step integer, action text, place text, into_place text, hook text,
  due bigint, oldest timestamptz
)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS ${dollarQuoted(body)};${commentAfter(options, set.enforce, sql`FUNCTION ${name}(timestamptz)`, 'How many rows are due for what, and since when, as of a moment.')}

CREATE OR REPLACE VIEW ${view} AS SELECT * FROM ${name}();${commentAfter(options, set.enforce, sql`VIEW ${view}`, 'How many rows are due for what now, and since when.')}`
}

const runOf = ({ set, schema }: Overview, { entity: name, retire }: EntityFunctions): readonly Sql[] => {
  if (retire === null) return []
  const { batch } = scheduleOf(entityOf(set, name))
  const run = sql`  IF $1 IS NULL OR $1 = ${literal(name)} THEN
    from_act := 0;
    LOOP
      SELECT coalesce(sum(done_acts.retired), 0), coalesce(max(done_acts.act), from_act) INTO done, from_act
      FROM ${qualified(schema, retire)}($2, coalesce($3, ${batch}), from_act) AS done_acts;
      COMMIT;
      EXIT WHEN done < coalesce($3, ${batch});
    END LOOP;
  END IF;`
  return [run]
}

/** The procedure that does all that needs nobody but the database. A procedure that commits may not set a search path. */
export const runProcedure = (overview: Overview): Sql => {
  const { set, options, schema, retention } = overview
  const name = qualified(schema, retention.run)
  const names = joinSql(
    retention.entities.map(({ entity }) => literal(entity)),
    ', ',
  )
  const body = sql`
DECLARE
  done bigint;
  from_act integer;
BEGIN
  IF $1 <> ALL (ARRAY[${names}]) THEN
    RAISE EXCEPTION '% has no retention', $1 USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF $3 < 1 THEN
    RAISE EXCEPTION 'a batch is a number of rows, from 1' USING ERRCODE = 'invalid_parameter_value';
  END IF;
${joinSql(
  retention.entities.flatMap((functions) => runOf(overview, functions)),
  '\n',
)}
END
`
  return sql`CREATE OR REPLACE PROCEDURE ${name}(
  entity text DEFAULT NULL, at timestamptz DEFAULT now(), batch integer DEFAULT NULL
)
LANGUAGE plpgsql AS ${dollarQuoted(body)};${commentAfter(options, set.enforce, sql`PROCEDURE ${name}(text, timestamptz, integer)`, 'What retention does to all entities, or to one, but for steps that wait for the bot; commits after each batch.')}`
}
