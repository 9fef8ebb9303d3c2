import { describe, expect, it } from 'vitest'
import { problemOfRawSql } from '../../../generators/relational/raw-sql.js'

describe('problemOfRawSql', () => {
  it.each([
    "place = btrim(place, ' ;')",
    'a[1] = (b + (c))',
    `"odd;--name" <> $$a ; ' -- b$$`,
    "note ~ E'\\'\\\\;'",
    "a = 'it''s' AND b <> '--'",
    'x$y$ > 1',
    "config ->> 'a' IS NOT NULL",
  ])('takes %s', (text) => {
    expect(problemOfRawSql(text)).toBeNull()
  })

  it.each([
    ['true); DROP TABLE x; --', 'a `)` closes nothing'],
    ['a > 0; DELETE FROM x', 'it has a semicolon'],
    ['a > 0 -- rest', 'it has a comment'],
    ['a /* b', 'it has a comment'],
    ["a = 'open", 'a quote is not closed'],
    ["a = 'x''", 'a quote is not closed'],
    ['"open', 'a quote is not closed'],
    ['a = $t$open$$', 'a $t$ is not closed'],
    ['(a > 0', 'a `)` is missing'],
    ['(a]', 'a `]` closes nothing'],
    ["name'\\' ; x'", 'it has a semicolon'],
    ['  ', 'it is empty'],
  ])('refuses %s', (text, problem) => {
    expect(problemOfRawSql(text)).toBe(problem)
  })
})
