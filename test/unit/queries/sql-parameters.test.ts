import { describe, expect, it } from 'vitest'
import { sqlParameters } from '../../../generators/model/sql-parameters.js'
import { numberedQuery } from '../../../generators/relational/query.js'

const found = (sql: string): readonly string[] =>
  [...sqlParameters(sql)].map(({ kind, name }) => (kind === 'named' ? `:${name}` : `$${name}`))

describe('the parameters of a statement', () => {
  it.each([
    ['WHERE id = :id AND guild_id=:guild', [':id', ':guild']],
    ['WHERE id = ANY(:ids) OR :id IN (1)', [':ids', ':id']],
    ["WHERE name = 'it''s :no' AND id = :id", [':id']],
    [String.raw`WHERE name = E'a\':no' AND id = :id`, [':id']],
    [String.raw`WHERE name = 'a\' AND id = :id`, [':id']],
    ['SELECT "a:no""b" FROM "t :no" WHERE id = :id', [':id']],
    ['SELECT $$ :no $$, $tag$ $$ :no $tag$, :id', [':id']],
    ['SELECT a$b, :id, c$$ FROM t', [':id']],
    ['-- :no\nSELECT :id /* :no /* :no */ :no */, :other', [':id', ':other']],
    ['SELECT a::text, :id::bigint, 1::no', [':id']],
    ['SELECT tags[1:last], tags[first:last], tags[:id], tags[(1):last]', [':id']],
    ['SELECT make_interval(days := :days)', [':days']],
    ['SELECT $1, $22', ['$1', '$22']],
    ["SELECT 'not closed :no", []],
    ['SELECT /* not closed :no', []],
    ['SELECT $a$ not closed :no', []],
    ['', []],
  ])('%s', (sql, names) => {
    expect(found(sql)).toEqual(names)
  })
})

describe('the call that a parameter is handed to', () => {
  it.each([
    ['f(:a, :p)', { of: 'f', argument: 2 }],
    ['pg.F (x, lower(y, z), :p::text)', { of: 'f', argument: 3 }],
    ['f(x, g(:p), 1)', { of: 'g', argument: 1 }],
    ["f('(,', /* ,( */ :p)", { of: 'f', argument: 2 }],
    ['f(ARRAY[1, 2], :p)', { of: 'f', argument: 2 }],
    ['f(x, (1, :p))', null],
    ['f(x), :p', null],
    [')), :p', null],
    ['f /* a note */ (:p)', { of: 'f', argument: 1 }],
  ])('%s', (sql, call) => {
    expect([...sqlParameters(sql)].find(({ name }) => name === 'p')?.call).toEqual(call)
  })
})

describe('a numbered statement', () => {
  const text = 'SELECT :guild, ":no" FROM t WHERE user_id = :user AND guild_id = :guild ORDER BY x'
  const numbered = numberedQuery(text)

  it('numbers each name once', () => {
    expect(numbered.text).toBe('SELECT $1, ":no" FROM t WHERE user_id = $2 AND guild_id = $1 ORDER BY x')
    expect(numbered.names).toEqual(['guild', 'user'])
  })

  it.each(['SELECT', '":no"', 'user_id', 'guild_id', 'ORDER', 'x'])('knows where %s was written', (word) => {
    expect(numbered.written(numbered.text.indexOf(word))).toBe(text.indexOf(word))
  })

  it('leads from within a number to the name', () => {
    expect(numbered.written(numbered.text.indexOf('$2') + 1)).toBe(text.indexOf(':user'))
    expect(numbered.written(numbered.text.length)).toBe(text.length)
  })
})
