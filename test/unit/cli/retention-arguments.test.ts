import { InvalidArgumentError } from 'commander'
import { describe, expect, test } from 'vitest'
import { readBatch, readDuration, readInstant, readNames } from '../../../generators/cli/retention/arguments.js'

describe('the arguments of retention', () => {
  test.each([
    ['10m', 600_000],
    ['1 day', 86_400_000],
    ['90 seconds', 90_000],
    ['2h', 7_200_000],
    ['1w', 604_800_000],
  ])('%s is a length of time', (text, milliseconds) => {
    expect(readDuration(text)).toBe(milliseconds)
  })

  test.each(['', '10', 'm', '1x', '0m', '-1m', '1.5h', '1 month', '2 years', '1 day of created_at'])(
    '%j is none',
    (text) => {
      expect(() => readDuration(text)).toThrow(InvalidArgumentError)
    },
  )

  test.each([
    ['2025-06-01T00:00:00Z', '2025-06-01T00:00:00.000Z'],
    ['2024-02-29T23:59:59.5+02:00', '2024-02-29T21:59:59.500Z'],
    ['2025-06-01T12:00Z', '2025-06-01T12:00:00.000Z'],
  ])('%s is a moment', (text, moment) => {
    expect(readInstant(text).toISOString()).toBe(moment)
  })

  test.each([
    '',
    'now',
    '2025-06-01',
    '2025-06-01T00:00:00',
    '2025-02-30T00:00:00Z',
    '2025-13-01T00:00:00Z',
    '1748736000',
  ])('%j is no moment that is the same everywhere', (text) => {
    expect(() => readInstant(text)).toThrow(InvalidArgumentError)
  })

  test('batches are of a row at least', () => {
    expect(readBatch('500')).toBe(500)
    for (const text of ['0', '-1', '1e3', '', '99999999']) expect(() => readBatch(text)).toThrow(InvalidArgumentError)
  })

  test('names are gathered from commas and from options', () => {
    expect(readNames('warning, reminder', ['user'])).toEqual(['user', 'warning', 'reminder'])
  })
})
