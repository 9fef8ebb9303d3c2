import { hasReservedKey, isReservedKey } from '@botschema/runtime/v1'
import { expect, test } from 'vitest'
import {
  isMapKey,
  referenceKeys,
  reservedKeyChoice,
  reservedKeyIn,
  reservedKeys,
} from '../../../generators/model/reserved-keys.js'

const others = [
  '',
  'a',
  'toJSON',
  'then',
  '_doc',
  '__v',
  '_id',
  'length',
  '$ref',
  '$id',
  'isMongooseBuffers',
  '_bsontyp',
]

test('what JavaScript gives every object is reserved', () => {
  expect(Object.getOwnPropertyNames(Object.prototype).filter((name) => !reservedKeys.includes(name))).toEqual([])
})

test('emitted code knows the keys that the generators know', () => {
  expect(reservedKeys.filter((key) => !isReservedKey(key))).toEqual([])
  expect(others.filter(isReservedKey)).toEqual([])
  const pattern = new RegExp(`^(?:${reservedKeyChoice})$`, 'u')
  expect([...reservedKeys, ...others].filter((key) => pattern.test(key))).toEqual(reservedKeys)
  expect(others.filter((key) => !isMapKey(key))).toEqual([...referenceKeys])
})

test('an object is reserved by one of the keys, or by all of a reference', () => {
  const objects: readonly object[] = [
    { a: 1 },
    { $ref: 'a' },
    { $id: 'a' },
    { $ref: 'a', $id: 'b' },
    { a: 1, valueOf: 1 },
  ]
  expect(objects.map(hasReservedKey)).toEqual([false, false, false, true, true])
  expect(objects.map(reservedKeyIn)).toEqual([null, null, null, '$ref beside $id', 'valueOf'])
})
