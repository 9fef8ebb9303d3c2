import { describe, expect, it } from 'vitest'
import { Bug } from '../../../generators/kernel/bug.js'
import {
  comment,
  dollarQuoted,
  identifier,
  literal,
  numeral,
  sql,
  wrapped,
} from '../../../generators/kernel/safe/sql.js'

describe('tokens of SQL', () => {
  it('quotes a name only where it must', () => {
    expect(['guild_id', 'user', 'aiResponder', 'a"b', 'naïve', 'values', 'name'].map(identifier)).toEqual([
      'guild_id',
      '"user"',
      '"aiResponder"',
      '"a""b"',
      '"naïve"',
      '"values"',
      'name',
    ])
    expect(() => identifier('')).toThrow(Bug)
  })

  it('quotes text so that nothing in it ends it', () => {
    expect(literal("it's; -- \\ $$")).toBe("'it''s; -- \\ $$'")
    expect(() => literal('a\0b')).toThrow(Bug)
  })

  it('takes numbers only as numbers', () => {
    expect(numeral('-12.50')).toBe('-12.50')
    expect(() => numeral('1; DROP')).toThrow(Bug)
    expect(() => numeral(Number.NaN)).toThrow(Bug)
  })

  it('keeps every line of a comment a comment', () => {
    expect(comment('a\r\nDROP TABLE x;\rb\u2028c')).toBe('-- a\n-- DROP TABLE x;\n-- b\n-- c')
  })

  it('chooses a dollar quote that the body does not hold', () => {
    expect(dollarQuoted('a $$ b')).toBe('$body1$a $$ b$body1$')
  })

  it('breaks a list that is too wide, between its items only', () => {
    const items = ['one', 'two words', 'three'].map(literal)
    expect(wrapped(items, '  ', 40)).toBe("'one', 'two words', 'three'")
    expect(wrapped(items, '  ', 20)).toBe("\n  'one', 'two words',\n  'three'\n")
  })

  it('joins tokens', () => {
    expect(sql`SELECT ${identifier('order')} FROM t LIMIT ${2}`).toBe('SELECT "order" FROM t LIMIT 2')
  })
})
