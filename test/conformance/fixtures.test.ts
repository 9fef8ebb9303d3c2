import { describe, expect, test } from 'vitest'
import { judgeIds } from '../../generators/pipeline/conformance/judges/judge.js'
import { knownDifferencesOf } from '../../generators/pipeline/conformance/known-differences.js'
import { postgresKind } from '../support/postgres.js'
import { testConformance } from './conforming.js'

const tally = testConformance([
  { folder: 'test/conformance/fixture', corners: 150, withCertain: true, random: 60 },
  { folder: 'test/fixtures/everything', corners: 30, withCertain: false, random: 20 },
  { folder: 'test/fixtures/everything-else', corners: 30, withCertain: false, random: 20 },
  { folder: 'test/fixtures/enforced', corners: 150, withCertain: true, random: 40 },
])

/** All types, and what a union in the fixture is made of. */
const labels = [
  ...['snowflake', 'identity', 'uuid', 'objectid', 'text', 'integer', 'bigint', 'float', 'decimal', 'boolean'],
  ...['timestamp', 'date', 'time', 'duration', 'format', 'json', 'object', 'list', 'map', 'enum', 'bytes', 'vector'],
  ...['union', 'union of integer', 'union of text', 'union of object', 'union of boolean', 'union of list'],
]

describe('the judges had something to say', () => {
  test.each(labels)('all of them, of %s: accepted and refused', (label) => {
    const silent = judgeIds.filter((judge) => {
      const { accepted, refused } = tally.of(label, judge)
      return accepted === 0 || refused === 0
    })
    expect(silent).toEqual([])
  })

  test.each(knownDifferencesOf(postgresKind))('$judges still differ on $kind $sample: $reason', (known) => {
    expect(tally.hasMet(known)).toBe(true)
  })
})
