import { describe, expect, it } from 'vitest'
import { postgres } from '../../../generators/postgres/index.js'
import { emitted, setOf, withDefaults } from '../../support/schema-sql.js'

const set = setOf(
  `
entity: thing
fields:
  id: snowflake
  name: string(10)
  kept: { type: string(10), as: text }
  price: decimal(5, 2)
  clock: time
  only_mongo: { type: integer?, stores: [mongo] }
unique:
  - [name, only_mongo]
indexes:
  - [only_mongo]
checks:
  across: only_mongo is null or only_mongo > 1
`,
  'name: sample\n',
)

describe('losses', () => {
  it('are what a column cannot refuse by itself, and what reads fields of the other store', () => {
    const found = postgres.losses(set, withDefaults()).map(({ feature, subject }) => `${feature} ${subject}`)
    expect(found).toEqual([
      'limits thing.name',
      'limits thing.price',
      'limits thing.clock',
      'check thing.across',
      'unique thing(name, only_mongo)',
      'index thing(only_mongo)',
    ])
  })

  it('are left out of the SQL', async () => {
    expect(await emitted(set)).not.toContain('only_mongo')
  })
})
