import type { SqlClient } from '../retain/database.js'
import type { ReadPlan } from './read.js'

/** One set of one schema, as the ledger calls it. */
export interface Ledgered {
  readonly set: string
  readonly schema: string
}

/** Rows are only added: what happened is never rewritten. */
const created = `
CREATE SCHEMA IF NOT EXISTS botschema;
CREATE TABLE IF NOT EXISTS botschema.ledger (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  set_name text NOT NULL,
  schema_name text NOT NULL,
  event text NOT NULL CHECK (event IN ('adopted', 'begun', 'done', 'ended')),
  model text,
  plan text,
  step integer,
  words text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE botschema.ledger IS 'Which plans of botschema migrate were applied, step by step.';`

const isThere = "SELECT to_regclass('botschema.ledger') IS NOT NULL AS there"

const insert = `
INSERT INTO botschema.ledger (set_name, schema_name, event, model, plan, step, words)
VALUES ($1, $2, $3, $4, $5, $6, $7)`

/** Where a database is. */
export interface Position {
  /** The hash of the model that the last whole plan ended at, or that was adopted; null: no plan was applied. */
  readonly model: string | null
  /** The plan that was begun and did not end. */
  readonly open: {
    readonly plan: string
    /** How many of its steps are done. */
    readonly done: number
    /** The next one was begun in no transaction: it may be done, or half done. */
    readonly isBegun: boolean
  } | null
  readonly entries: readonly Entry[]
}

/** A line of the ledger, for people. */
export interface Entry {
  readonly event: 'adopted' | 'begun' | 'done' | 'ended'
  readonly model: string | null
  readonly plan: string | null
  readonly step: number | null
  readonly words: string
  readonly at: string
}

const select = `
SELECT event, model, plan, step, words, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at
FROM botschema.ledger WHERE set_name = $1 AND schema_name = $2 ORDER BY number`

const positionOf = (entries: readonly Entry[]): Position => {
  const last = entries.findLastIndex(({ event }) => event === 'adopted' || event === 'ended')
  const since = entries.slice(last + 1)
  const latest = since.at(-1)
  const plan = latest?.plan ?? null
  const done = since.filter((entry) => entry.event === 'done' && entry.plan === plan).length
  return {
    model: entries[last]?.model ?? null,
    open: plan === null ? null : { plan, done, isBegun: latest?.event === 'begun' },
    entries,
  }
}

/** Reads where a database is. Changes nothing: without a ledger it is nowhere. */
export const readPosition = async (client: SqlClient, { schema, set }: Ledgered): Promise<Position> => {
  const [row] = (await client.query(isThere, [])).rows as readonly { readonly there: boolean }[]
  const entries = row?.there === true ? (await client.query(select, [set, schema])).rows : []
  return positionOf(entries as readonly Entry[])
}

export const createLedger = async (client: SqlClient): Promise<void> => {
  const [row] = (await client.query(isThere, [])).rows as readonly { readonly there: boolean }[]
  if (row?.there !== true) await client.query(created, [])
}

const add = async (
  client: SqlClient,
  { schema, set }: Ledgered,
  event: Entry['event'],
  given: Pick<Entry, 'model' | 'plan' | 'step' | 'words'>,
): Promise<void> => {
  await client.query(insert, [set, schema, event, given.model, given.plan, given.step, given.words])
}

export const recordAdopted = (client: SqlClient, of: Ledgered, model: string, words: string): Promise<void> =>
  add(client, of, 'adopted', { model, plan: null, step: null, words })

export const recordStep = (
  client: SqlClient,
  of: Ledgered,
  event: 'begun' | 'done',
  { hash, plan }: ReadPlan,
  step: number,
): Promise<void> => add(client, of, event, { model: null, plan: hash, step, words: plan.steps[step]?.id ?? '' })

export const recordEnd = (client: SqlClient, of: Ledgered, { hash, plan }: ReadPlan): Promise<void> =>
  add(client, of, 'ended', { model: plan.to, plan: hash, step: null, words: plan.name })
