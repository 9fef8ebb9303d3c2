import { beforeAll, expect, test } from 'vitest'
import { type LoadedModels, loadModels } from '../../../generators/engines/mongo/models.js'
import type { SchemaSet } from '../../../generators/model/index.js'
import { emitted, thing, thingSet } from './emitted.js'

const fields = `
id: snowflake
blob: bytes
book: objectid?
inner: inner?
parts: list<inner>?
counts: map<integer>?
`

const inner = `---
object: inner
fields:
  level: integer = 1
`

let set: SchemaSet
let models: LoadedModels

beforeAll(async () => {
  set = thingSet(fields, inner)
  models = await loadModels(await emitted(set))
})

const takes = async (values: object): Promise<boolean> =>
  (await models.faultsOf(thing(set), { _id: '1', blob: new Uint8Array([1]), ...values })).length === 0

const updates = async (values: object): Promise<boolean> => {
  try {
    await models.modelOf(thing(set)).updateOne({}, { $set: values })
    return true
  } catch (error) {
    return error instanceof Error && error.message.includes('before initial connection')
  }
}

test('no bytes at all are bytes', async () => {
  expect(await takes({ blob: new Uint8Array() })).toBe(true)
})

test('an object is made of no date and no map', async () => {
  expect(await takes({ inner: {} })).toBe(true)
  for (const value of [new Date(0), new Map()]) {
    expect(await takes({ inner: value })).toBe(false)
    expect(await takes({ parts: [value] })).toBe(false)
  }
})

test('an id in capitals is none in updates either', async () => {
  expect(await updates({ book: 'abcdef0123456789abcdef01' })).toBe(true)
  expect(await updates({ book: 'ABCDEF0123456789ABCDEF01' })).toBe(false)
})

test('keys that Mongoose drops, or the driver does not read back, are refused', async () => {
  for (const key of ['constructor', 'prototype', 'valueOf', 'a.b', '$a'])
    expect(await takes({ counts: { [key]: 0 } })).toBe(false)
  expect(await takes({ counts: { length: 0 } })).toBe(true)
})
