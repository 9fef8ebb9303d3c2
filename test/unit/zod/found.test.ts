import { beforeAll, expect, test } from 'vitest'
import type { ModuleExports } from '../../../generators/engines/script/load.js'
import { setOf } from '../../support/schema-sql.js'
import { loadModule, validator } from './load.js'

const set = setOf(
  `
entity: thing
fields:
  id: snowflake
  price: decimal(5, 2)
  fee: decimal(5, 2)
  hour: time
  point: { type: vector(1), as: "real[]" }
checks:
  cheap: price <= fee
`,
  'name: sample\nstores: [postgres]\n',
)

const row = { id: '1', price: '1.00', fee: '2.00', hour: '12:00:00.123', point: [0.5] }

let exports: ModuleExports

beforeAll(async () => {
  exports = await loadModule(set, 'thing')
})

test('a rule about decimals refuses a text that is none instead of throwing', () => {
  for (const price of ['1 ', 'x', '', '1e2']) {
    expect(validator(exports, 'thingSchema').safeParse({ ...row, price }).success).toBe(false)
  }
})

test('digits of a time below the millisecond are not read', () => {
  expect(validator(exports, 'thingPostgres').decode({ ...row, hour: '12:00:00.123456' })).toMatchObject(row)
})

test('a vector is read in single precision: the largest number of it is within its limits', () => {
  const read = validator(exports, 'thingPostgres').decode({ ...row, point: [3.4028235e38] })
  expect(read).toMatchObject({ point: [3.4028234663852886e38] })
})
