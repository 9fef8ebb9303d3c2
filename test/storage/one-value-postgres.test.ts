import { afterAll, beforeAll, beforeEach, describe, test } from 'vitest'
import { openSubjects, type Subject } from './databases.js'
import { oneValue, valueSet } from './one-value.js'

let subjects: readonly Subject[] = []
let close = async (): Promise<void> => undefined

beforeAll(async () => {
  const opened = await openSubjects(valueSet)
  subjects = opened.subjects
  close = opened.close
})

afterAll(() => close())

beforeEach(async () => {
  for (const { database } of subjects) await database.exec('TRUNCATE accounts, prices')
})

describe('one value in Postgres', () => {
  test.each(Object.entries(oneValue))('%s', async (_, holds) => {
    for (const { call } of subjects) await holds(call)
  })
})
