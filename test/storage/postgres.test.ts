import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSubjects, type Subject } from './databases.js'
import { type Outcome, scenario } from './scenario.js'
import { scenarioFiles } from './scenario-set.js'

let subjects: readonly Subject[] = []
let close: () => Promise<void>

beforeAll(async () => {
  ;({ subjects, close } = await openSubjects(scenarioFiles))
})

afterAll(() => close())

const file = new URL('scenario.outcomes.json', import.meta.url)

/** What every store gives; `RECORD=1` writes it anew from the embedded engine, to be read before it is committed. */
const recorded = (outcomes: unknown): unknown => {
  if (process.env['RECORD'] === '1' && process.env['CI'] === undefined) {
    writeFileSync(file, `${JSON.stringify(outcomes, null, 2)}\n`)
  }
  return JSON.parse(readFileSync(file, 'utf8'))
}

const asJson = (outcomes: readonly Outcome[]): unknown => JSON.parse(JSON.stringify(outcomes))

describe('the script of calls on Postgres', () => {
  it('gives what was recorded, whatever the driver', async () => {
    for (const { driver, call } of subjects) {
      const outcomes = asJson(await scenario(call))
      expect(outcomes, driver).toEqual(recorded(outcomes))
    }
  })
})
