import { known } from '../../kernel/bug.js'
import { dollarQuoted, identifier, joinSql, literal, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Effect, Event, Match } from '../../model/event.js'
import type { PostgresOptions } from '../../model/options.js'
import type { SchemaSet } from '../../model/schema-set.js'
import {
  assignments,
  type EventContext,
  effectCondition,
  effectsInPostgres,
  eventNames,
  type LookedUp,
  lookedUpFor,
  matchCondition,
  notDone,
  parametersOf,
  parameterType,
  type SetValues,
  writtenOut,
} from '../../relational/retention/index.js'
import { commentAfter } from '../comments.js'
import { indented } from '../indented.js'
import { inComment } from './titles.js'

interface EventSource {
  readonly set: SchemaSet
  readonly options: PostgresOptions
  readonly event: Event
}

const did = { delete: 'deleted', set: 'changed', keep: 'kept' } as const

const titles: Readonly<Record<Event, string>> = {
  'guild-leave': 'What happens to a guild that the bot has left.',
  'member-leave': 'What happens to a member who has left a guild.',
  erase: 'Forgets a person: deletes, changes or keeps what names them, by the rule of each field.',
}

/** The rows that an effect is about are called `due`, as those of runs are. */
const row = sql`due`

const placeOf = ({ entity, place }: Effect): string => (place.kind === 'rows' ? entity.table : place.into)

/** A field that names somebody is not null. */
const isTold = ({ match }: Effect, { field, value }: SetValues[number]): boolean =>
  value === null && match.kind === 'named' && match.all.some(({ naming }) => naming.field.name === field)

const effectStatement = (context: EventContext, effect: Effect): Sql => {
  const { action, entity } = effect
  const table = sql`${qualified(context.options.schema, placeOf(effect))} AS ${row}`
  const condition = effectCondition(context, effect, row)
  const counted = sql`GET DIAGNOSTICS run.done = ROW_COUNT;`
  switch (action.kind) {
    case 'delete':
      return sql`DELETE FROM ${table}\nWHERE ${condition};\n${counted}`
    case 'keep':
      return sql`SELECT count(*) INTO run.done FROM ${table}\nWHERE ${condition};`
    case 'set': {
      const values = { ...context, entity, moments: writtenOut(sql`now()`) }
      const lacking = notDone(
        values,
        action.values.filter((value) => !isTold(effect, value)),
        row,
      )
      const tests =
        lacking.length === 0
          ? sql``
          : sql`\n  AND ${lacking.length === 1 ? joinSql(lacking, '') : sql`(${joinSql(lacking, ' OR ')})`}`
      const where = sql`${condition}${tests}`
      return sql`UPDATE ${table} SET ${assignments(values, action.values)}\nWHERE ${where};\n${counted}`
    }
  }
}

const told = (effect: Effect): Sql => {
  const { action, entity, field } = effect
  const because = action.kind === 'keep' ? literal(action.because) : sql`NULL::text`
  const words = [entity.name, placeOf(effect), field, did[action.kind]].map((text) => sql`${literal(text)}::text`)
  return sql`RETURN QUERY SELECT ${joinSql(words, ', ')}, run.done, ${because};`
}

const effectTitle = (effect: Effect): Sql => {
  const { field, match, action } = effect
  const how = match.kind === 'pointing' ? `, which points at rows of ${match.to.table} that go` : ''
  return inComment(`${placeOf(effect)}: ${did[action.kind]} by ${field}${how}.`)
}

const effectBlock = (context: EventContext, effect: Effect): Sql =>
  indented(sql`-- ${effectTitle(effect)}\n${effectStatement(context, effect)}\n${told(effect)}`, '  ')

/** Keys are looked up before anything is done: the row that says them may go. */
const lookUp = (context: EventContext, { of, name, subject }: LookedUp): Sql => {
  const key = identifier(known(of.key, 'the key of a subject').name)
  const table = qualified(context.options.schema, of.entity.table)
  const naming = { by: 'id', field: of.id, paths: [[]] } as const
  const condition = matchCondition(context, { kind: 'named', all: [{ subject, naming }] }, row)
  return sql`run.${identifier(name)} := ARRAY(SELECT ${row}.${key} FROM ${table} AS ${row} WHERE ${condition});`
}

/** Rows go on their way in this order: runs move them to archives, and count what they delete. */
const stations = { rows: 0, archive: 1, summary: 2 } as const

/** The rows that others of the event point at, and where rows that runs move on are looked for last. */
const waysOf = (effects: readonly Effect[]) => {
  const ends = new Map<Match, number>()
  for (const { match, place, action } of effects) {
    if (action.kind !== 'keep') ends.set(match, Math.max(ends.get(match) ?? 0, stations[place.kind]))
  }
  return { ends, targets: new Set(effects.flatMap(({ match }) => (match.kind === 'pointing' ? match.rows : []))) }
}

/**
 * Locks in the order in which runs take them: rows before what points at them, before their archives, before summaries.
 * What a run moves meanwhile is waited for, and found where it is then; and the two never wait for each other.
 */
const lockStatements = (context: EventContext, effects: readonly Effect[]): readonly Sql[] => {
  const { ends, targets } = waysOf(effects)
  const statements = effects
    .filter(({ place, match }) => {
      const station = stations[place.kind]
      return station < (ends.get(match) ?? 0) || (place.kind === 'rows' && targets.has(match))
    })
    .toReversed()
    .map((effect) => {
      const table = qualified(context.options.schema, placeOf(effect))
      return sql`PERFORM FROM ${table} AS ${row} WHERE ${effectCondition(context, effect, row)} FOR UPDATE;`
    })
  const title = sql`-- Locked first, as runs lock: rows before what points at them, before archives and summaries of theirs.`
  return statements.length === 0 ? [] : [indented(joinSql([title, ...new Set(statements)], '\n'), '  ')]
}

/** What the function is called with in place of an id is refused: nothing would be found, as if there were nothing to do. */
const guardOf = ({ options, event }: EventSource): Sql => {
  const parameters = parametersOf(event)
  const isId = (at: number): Sql =>
    options.snowflake === 'text' ? sql`$${at + 1} ~ '^[1-9][0-9]{0,18}$'` : sql`$${at + 1} > 0`
  const tests = parameters.map((_, at) => sql`(${isId(at)}) IS NOT TRUE`)
  const words = `${eventNames[event]} takes ${parameters.map(({ subject }) => `the id of a ${subject}`).join(' and ')}`
  return sql`IF ${joinSql(tests, ' OR ')} THEN
    RAISE EXCEPTION USING MESSAGE = ${literal(words)}, ERRCODE = 'invalid_parameter_value';
  END IF;`
}

/** The function of an event: one transaction, which says what it did by each rule. */
export const eventFunction = (source: EventSource): Sql => {
  const { set, options, event } = source
  const effects = effectsInPostgres(set, event)
  const parameters = parametersOf(event)
  const context: EventContext = {
    set,
    options,
    keys: lookedUpFor({ set, options }, effects),
    parameters: Object.fromEntries(parameters.map(({ subject }, at) => [subject, sql`$${at + 1}`])),
  }
  const type = parameterType(options)
  const name = qualified(options.schema, eventNames[event])
  const given = joinSql(
    parameters.map((parameter) => sql`${identifier(parameter.name)} ${type}`),
    ', ',
  )
  const types = joinSql(
    parameters.map(() => type),
    ', ',
  )
  const variables = context.keys.map((keys) => sql`  ${identifier(keys.name)} ${keys.type}[];\n`)
  const blocks = [
    guardOf(source),
    ...context.keys.map((keys) => lookUp(context, keys)),
    ...lockStatements(context, effects),
    ...effects.map((effect) => effectBlock(context, effect)),
  ]
  const body = sql`
#variable_conflict use_column
<<run>>
DECLARE
${joinSql(variables, '')}  done bigint;
BEGIN
  ${joinSql(blocks, '\n\n  ')}
END
`
  return sql`CREATE OR REPLACE FUNCTION ${name}(${given})
RETURNS TABLE (entity text, place text, field text, did text, touched bigint, because text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS ${dollarQuoted(body)};
REVOKE EXECUTE ON FUNCTION ${name}(${types}) FROM PUBLIC;${commentAfter(options, set.enforce, sql`FUNCTION ${name}(${types})`, titles[event])}`
}
