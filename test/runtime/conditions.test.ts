import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ZodError } from 'zod'
import { readCondition } from '../../runtime/src/conditions/read.js'
import { openServer } from '../support/mongo-server.js'
import { comparers, fields } from './notes-set.js'
import { inEveryStore, runs } from './notes-stores.js'
import { holds } from './rows-in-memory.js'

const server = await openServer()

describe('conditions give the rows that they mean', () =>
  inEveryStore('conditions of calls', server, async (store, rows, { where }) => {
    const property = fc.asyncProperty(where, async (given) => {
      const condition = readCondition(fields, given)
      const meant = rows.flatMap((row, id) => (holds(condition, row, comparers) ? [id] : []))
      expect(await store.ask(condition)).toEqual(meant)
    })
    await fc.assert(property, runs)
  }))

describe('what is no condition is refused, and where it stands', () => {
  const refused: readonly (readonly [where: unknown, message: string])[] = [
    [{ name: undefined }, 'where.name: is undefined: leave the property out, or ask for null'],
    [{ name: {} }, 'where.name: no operator: eq, not, in, lt, lte, gt, gte, startsWith, contains'],
    [{ nmae: 'a' }, 'where.nmae: no field that conditions may ask'],
    [{ constructor: 'a' }, 'where.constructor: no field that conditions may ask'],
    [
      { name: { $gt: '' } },
      'where.name.$gt: no operator of this field; known: eq, not, in, lt, lte, gt, gte, startsWith, contains',
    ],
    [
      { name: { toString: 'a' } },
      'where.name.toString: no operator of this field; known: eq, not, in, lt, lte, gt, gte, startsWith, contains',
    ],
    [{ name: { eq: { $gt: '' } } }, 'where.name.eq: Invalid input: expected string, received object'],
    [{ name: ['a'] }, 'where.name: Invalid input: expected string, received array'],
    [{ name: { in: 'a' } }, 'where.name.in: not a list'],
    [{ name: { in: ['a', undefined] } }, 'where.name.in.1: is undefined: leave the property out, or ask for null'],
    [{ name: { lt: null } }, 'where.name.lt: null has no place in an order'],
    [{ name: { contains: '\ud835' } }, 'where.name.contains: not a text that can be stored'],
    [{ level: null }, 'where.level: is never null'],
    [{ state: { lt: 'open' } }, 'where.state.lt: no operator of this field; known: eq, not, in'],
    [{ tags: 'x' }, 'where.tags: only operators and null may be asked of this field'],
    [{ extra: { eq: 1 } }, 'where.extra.eq: only null may be asked of this field'],
    [{ $or: { name: 'a' } }, 'where.$or: not a list of conditions'],
    [{ $nor: [] }, 'where.$nor: no field that conditions may ask'],
    [null, 'where: not an object of conditions'],
    [new Map([['name', 'a']]), 'where: not an object of conditions'],
    [
      { level: 0.5, name: 1 },
      'where.level: Invalid input: expected int, received number; where.name: Invalid input: expected string, received number',
    ],
  ]
  it.each(refused)('%j', (where, message) => {
    const attempt = (): string => {
      try {
        return JSON.stringify(readCondition(fields, where))
      } catch (failure) {
        if (!(failure instanceof ZodError)) throw failure
        return failure.issues.map(({ path, message: text }) => `${path.join('.')}: ${text}`).join('; ')
      }
    }
    expect(attempt()).toBe(message)
  })
})
