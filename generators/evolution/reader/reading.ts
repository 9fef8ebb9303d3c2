import type { ObjectFacts } from '../facts.js'
import type { Ask } from './ask.js'

/** What a reader of one kind works with. */
export interface Reading {
  readonly ask: Ask
  readonly schema: string
  /** The server's major version. */
  readonly major: number
}

/** An object, and how `pg_depend` calls what belongs to it. */
export interface Read {
  readonly object: ObjectFacts
  readonly handles: readonly string[]
}

/** The tables whose columns, constraints, indexes and triggers are read, as `c`. */
export const ofTables = `
  c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1)
  AND c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition
  AND NOT EXISTS (
    SELECT FROM pg_depend AS e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
  )`

/** That no extension brought a row of a catalogue along. */
export const ofNoExtension = (catalogue: string, oid: string): string =>
  `NOT EXISTS (SELECT FROM pg_depend AS e WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`
