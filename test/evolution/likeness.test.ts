import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEmbedded, type PostgresEngine } from '../../generators/engines/postgres/embedded.js'
import { likenessOn, type Printed } from '../../generators/evolution/index.js'
import { askOf } from './sets.js'

let engine: PostgresEngine

beforeAll(async () => {
  engine = await openEmbedded()
  await engine.exec(
    "CREATE TYPE mood AS ENUM ('a', 'b'); CREATE TABLE t (n integer, d numeric(10, 2), v varchar(9), s text, at timestamptz, j jsonb, m mood)",
  )
})

afterAll(() => engine.close())

const over = (sql: string): Printed => ({ sql, within: 'expression', table: 't' })

const isAlike = (a: string, b: string, version: number): Promise<boolean> =>
  likenessOn(askOf(engine), { schema: 'public', version })(over(a), over(b))

describe('expressions that mean the same, as servers print them', () => {
  test.each([
    [18, "(now() AT TIME ZONE 'utc'::text)", "timezone('utc'::text, now())"],
    [18, 'SUBSTRING(s FROM 1 FOR 2)', '"substring"(s, 1, 2)'],
    [18, 'POSITION((s) IN (v))', '"position"(v, s)'],
    [18, '(n > 1)', '((n > 1))'],
    [
      18,
      "((v)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text]))",
      "((v)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[]))",
    ],
    [13, 'EXTRACT(epoch FROM at)', "date_part('epoch'::text, at)"],
  ])('on %d: %s and %s', async (major, a, b) => {
    expect(await isAlike(a, b, major * 10_000)).toBe(true)
  })
})

describe('expressions that mean something else, or may', () => {
  test.each([
    [18, '(n > 1)', '(n >= 1)'],
    [18, '(n > 1)', '(n > 2)'],
    [18, "(s = 'FUNC_PARAM_IN'::text)", "(s = 'FUNC_PARAM_DEFAULT'::text)"],
    [18, "(s = 'pg_catalog'::text)", "(s = ''::text)"],
    [18, '(s COLLATE "C")', 's'],
    [18, '(d)::integer', 'd'],
    [18, '(v)::character varying(3)', 'v'],
    [18, "'1 day'::interval", "'24:00:00'::interval"],
    [18, "(m = 'a'::mood)", "(m = 'b'::mood)"],
    [18, 'EXTRACT(epoch FROM at)', "date_part('epoch'::text, at)"],
    [18, "(j ->> 'a'::text)", "(j -> 'a'::text)"],
    [18, "timezone('utc'::text, now())", "timezone('cet'::text, now())"],
    [13, 'EXTRACT(epoch FROM at)', "date_part('second'::text, at)"],
    [18, 'n', 'unknown_column'],
    [18, '(n > 1)', 'no SQL at all ('],
  ])('on %d: %s and %s', async (major, a, b) => {
    expect(await isAlike(a, b, major * 10_000)).toBe(false)
  })
})

test('a text of a database is run as one statement, which is taken back', async () => {
  expect(await isAlike('(n > 1)', 'n) AS x FROM t; DROP TABLE t; SELECT (1', 180_000)).toBe(false)
  expect(await isAlike('(n > 1)', '((n > 1) AND true)', 180_000)).toBe(false)
  expect(
    await engine.query("SELECT to_regclass('t')::text AS name, to_regclass('pg_temp.botschema_reprint') AS view"),
  ).toEqual([{ name: 't', view: null }])
})
