import { unreachable } from '../kernel/bug.js'
import { identifier, joinSql, literal, qualified, type Sql, sql } from '../kernel/safe/sql.js'
import type { Table, Trigger } from '../relational/index.js'
import { createOrReplace, named, type Style } from './style.js'

type RefuseChange = Extract<Trigger, { readonly kind: 'refuse-change' }>

const changed = ({ columns }: RefuseChange): Sql => {
  const tests = columns.map(({ name, comparable }) => {
    const column = identifier(name)
    const [before, after] = comparable ? [column, column] : [sql`${column}::text`, sql`${column}::text`]
    return sql`OLD.${before} IS DISTINCT FROM NEW.${after}`
  })
  return joinSql(tests, ' OR ')
}

const names = ({ columns }: RefuseChange): Sql =>
  joinSql(
    columns.map(({ name }) => literal(name)),
    ', ',
  )

interface Parts {
  readonly event: Sql
  readonly when: Sql | null
  readonly arguments: Sql
}

const partsOf = (trigger: Trigger): Parts => {
  switch (trigger.kind) {
    case 'set-updated':
      return { event: sql`BEFORE UPDATE`, when: null, arguments: sql`` }
    case 'refuse-change':
      return { event: sql`BEFORE UPDATE`, when: changed(trigger), arguments: names(trigger) }
    case 'append-only':
      return trigger.on === 'row'
        ? { event: sql`BEFORE UPDATE OR DELETE`, when: null, arguments: sql`` }
        : { event: sql`BEFORE TRUNCATE`, when: null, arguments: sql`` }
    case 'next-number':
      return { event: sql`BEFORE INSERT`, when: null, arguments: sql`` }
    default:
      return unreachable(trigger)
  }
}

const isForStatement = (trigger: Trigger): boolean => trigger.kind === 'append-only' && trigger.on === 'truncate'

const createTrigger = (style: Style, table: string, trigger: Trigger): Sql => {
  const { event, when, arguments: given } = partsOf(trigger)
  const each = isForStatement(trigger) ? sql`FOR EACH STATEMENT` : sql`FOR EACH ROW`
  const condition = when === null ? sql`` : sql` WHEN (${when})`
  const call = sql`EXECUTE FUNCTION ${qualified(style.schema, trigger.function)}(${given})`
  const on = sql`${event} ON ${named(style, table)}`
  // CREATE OR REPLACE TRIGGER is there since Postgres 14.
  const drop =
    style.idempotent && style.version < 14
      ? sql`DROP TRIGGER IF EXISTS ${identifier(trigger.name)} ON ${named(style, table)};\n`
      : sql``
  const create = drop === '' ? createOrReplace(style) : sql`CREATE`
  const gap = condition === '' ? sql` ` : sql`\n  `
  return sql`${drop}${create} TRIGGER ${identifier(trigger.name)} ${on}\n  ${each}${condition}${gap}${call};`
}

/** A partition takes over the triggers for rows of its table, and none for a whole statement. */
export const triggerStatements = (style: Style, { name, triggers, partition }: Table): readonly Sql[] => [
  ...triggers.map((trigger) => createTrigger(style, name, trigger)),
  ...(partition === null
    ? []
    : triggers.filter(isForStatement).map((trigger) => createTrigger(style, partition.default, trigger))),
]
