import { describe, expect, it } from 'vitest'
import { byteLength, joinedColumns, objectName } from '../../../generators/relational/object-name.js'

describe('objectName', () => {
  it('joins two names and a label', () => {
    expect(objectName('warnings', 'user_id', 'fkey')).toBe('warnings_user_id_fkey')
    expect(objectName('warnings', null, 'pkey')).toBe('warnings_pkey')
  })

  it('cuts the longer name first, then both', () => {
    expect(objectName('t'.repeat(60), 'column', 'key')).toBe(`${'t'.repeat(52)}_column_key`)
    expect(objectName('t'.repeat(63), 'c'.repeat(63), 'idx')).toBe(`${'t'.repeat(29)}_${'c'.repeat(29)}_idx`)
  })

  it('never cuts a character in half', () => {
    const name = objectName('é'.repeat(40), 'ü'.repeat(40), 'check')
    expect(byteLength(name)).toBeLessThanOrEqual(63)
    expect(name).toMatch(/^é+_ü+_check$/)
  })
})

describe('joinedColumns', () => {
  it('stops once it is longer than a name may be', () => {
    expect(joinedColumns(['a', 'b'])).toBe('a_b')
    expect(joinedColumns(['x'.repeat(60), 'yyyy', 'z'])).toBe(`${'x'.repeat(60)}_yyyy`)
  })
})
