import { describe, expect, it } from 'vitest'
import { undone } from '../../runtime/src/postgres/wire.js'

describe('what a statement returned', () => {
  it('is brought into the form of its type', () => {
    const row = { n: '5', yes: 'false', data: '{"a":1}', list: '["1",null]', flags: '["true"]', other: '5' }
    const forms = { n: 'number', yes: 'boolean', data: 'json', list: 'numbers', flags: 'booleans' } as const
    expect(undone(forms, row)).toEqual({ n: 5, yes: false, data: { a: 1 }, list: [1, null], flags: [true], other: '5' })
  })

  it('stays as it is where its column has another type by now, so that no codec takes it for a value', () => {
    const row = { n: 'many', empty: '', yes: 'maybe', data: '{"a":', list: '["x"]', flags: '["on"]' }
    const forms = {
      n: 'number',
      empty: 'number',
      yes: 'boolean',
      data: 'json',
      list: 'numbers',
      flags: 'booleans',
    } as const
    expect(undone(forms, row)).toEqual({ ...row, list: ['x'], flags: ['on'] })
  })
})
