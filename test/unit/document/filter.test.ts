import { describe, expect, test } from 'vitest'
import { partialFilter } from '../../../generators/document/filter.js'
import { whereFilter } from '../../../generators/document/index.js'
import { filterScope } from '../../../generators/document/scopes.js'
import { entityOf } from '../../../generators/model/lookup.js'
import { compileTexts } from '../../support/compile.js'

const filterOf = (where: string) => {
  const { value } = compileTexts({
    'thing.yaml': `entity: thing
summary: A thing.
fields:
  id: snowflake
  state: enum(open, done)
  kept: boolean
  size: bigint?
  book: objectid?
  data: json?
checks:
  asked: ${JSON.stringify(where)}
`,
  })
  if (value === null) throw new Error(`no set for ${where}`)
  const thing = entityOf(value.set, 'thing')
  const [check] = thing.checks
  if (check === undefined) throw new Error('no check')
  return {
    index: partialFilter(check.expression, filterScope(value.set, thing)),
    asked: whereFilter(value.set, thing, check.expression),
  }
}

const other = { $or: [{ state: { $lt: 'open' } }, { state: { $gt: 'open' } }] }

describe('a `where` as a filter', () => {
  test('keeps all of an `and` that holds an `or`, inside of an `or`', () => {
    expect(filterOf("state = 'done' or (kept = false and state <> 'open')").index).toEqual({
      $or: [{ state: 'done' }, { kept: false, ...other }],
    })
    expect(filterOf("kept or (size = 1 and (kept = false or state = 'done'))").index).toEqual({
      $or: [{ kept: true }, { size: { $numberLong: '1' }, $or: [{ kept: false }, { state: 'done' }] }],
    })
  })

  test('keeps all of an `and` that says of one field twice', () => {
    expect(filterOf("kept and (state <> 'open' and state <> 'done')").index).toMatchObject({
      $and: expect.arrayContaining([{ kept: true }, other]),
    })
  })

  test('compares 64 bits with a fraction by all their digits', () => {
    expect(filterOf('size > 1.5').index).toEqual({ size: { $gt: { $numberDecimal: '1.5' } } })
  })

  test('compares an ObjectId with an ObjectId', () => {
    const book = 'a'.repeat(24)
    expect(filterOf(`book = '${book}'`).index).toEqual({ book: { $oid: book } })
  })

  test('does not take a list with a null in it for null', () => {
    expect(filterOf('data is null')).toMatchObject({ index: null, asked: { $expr: expect.anything() } })
  })
})
