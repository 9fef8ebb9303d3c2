import { describe, expect, it } from 'vitest'
import { collectionOf } from '../../../generators/document/index.js'
import { entityOf } from '../../../generators/model/index.js'
import { compileTexts, printed } from '../../support/compile.js'

const seconds = (retention: string, other = ''): readonly (number | null)[] => {
  const { value, diagnostics } = compileTexts({
    'botschema.yaml': 'name: sample\nstores: [mongo]\n',
    'thing.yaml': `entity: thing\nfields:\n  id: snowflake\n  at: timestamp\n  day: date\n  done: boolean = false\nindexes:\n  - [at]\n  - [day]\nretention:\n${retention}${other}`,
  })
  if (value === null) throw new Error(printed(diagnostics).join('\n'))
  return collectionOf(value.set, entityOf(value.set, 'thing')).indexes.map((index) => index.expireAfterSeconds)
}

const steps = (...lines: readonly string[]): string =>
  `  clock: at\n  steps:\n${lines.map((line) => `    - { ${line} }\n`).join('')}`

const pointing = (reference: string): string =>
  `---\nentity: part\nfields:\n  id: snowflake\n  thing_id: ${reference}\n`

describe('an index that expires', () => {
  it('is made where the server does all of a rule by itself', () => {
    expect(seconds(steps('after: 2 hours, delete: true'))).toEqual([7200, null])
    expect(seconds(steps('at: at, delete: true'))).toEqual([0, null])
  })

  it.each([
    ['looks at a condition', steps('after: 1 day, where: done, delete: true')],
    ['does something else first', steps('after: 1 day, set: { done: true }', 'after: 2 days, delete: true')],
    ['keeps counts', steps('after: 1 day, delete: true, summarise: { into: days, by: [done], count: things }')],
    ['waits for the bot', steps('after: 1 day, before: tell, delete: true')],
    ['keeps the newest', `  keep_newest: 5\n${steps('after: 1 day, delete: true')}`],
    ['keeps nothing but the newest', '  clock: at\n  keep_newest: 5\n'],
    ['counts in months', steps('after: 1 month, delete: true')],
    ['goes by a date', steps('after: 1 day of day, delete: true')],
  ])('is not made for a rule that %s', (_, retention) => {
    expect(seconds(retention).filter((one) => one !== null)).toEqual([])
  })

  it('is not made where other rows follow', () => {
    const alone = steps('after: 1 day, delete: true')
    expect(seconds(alone, pointing('{ ref: thing, on_delete: cascade }'))).toEqual([null, null])
    expect(seconds(alone, pointing('{ ref: thing?, on_delete: set null }'))).toEqual([null, null])
    expect(seconds(alone, pointing('{ ref: thing, enforced: false }'))).toEqual([86_400, null])
  })
})
