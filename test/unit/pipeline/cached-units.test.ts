import { expect, test } from 'vitest'
import { generateSet } from '../../../generators/pipeline/generate.js'
import { memoryHost } from '../../../generators/pipeline/memory-host.js'

const options = { dryRun: false, force: false }

const setOf = (entity: string): readonly (readonly [string, string])[] => [
  ['set/botschema.yaml', 'name: club\noutput: ../out\n'],
  ['set/guild.yaml', entity],
]

const guild = `entity: guild
fields:
  id: snowflake
  data: { type: json, default: { first: 1, second: 2 } }
queries:
  newest: { returns: many, mongo: { find: {}, sort: { data: 1, _id: -1 } } }
examples:
  - { id: "123456789012345678", data: { a: 1, b: 2 } }
`

test.each([
  ['default', '{ first: 1, second: 2 }', '{ second: 2, first: 1 }'],
  ['query', '{ data: 1, _id: -1 }', '{ _id: -1, data: 1 }'],
  ['example', '{ a: 1, b: 2 }', '{ b: 2, a: 1 }'],
])('the order of keys in a %s is an edit', async (_, before, after) => {
  const files = new Map(setOf(guild))
  const host = memoryHost(files)
  await generateSet(host, 'set', new Map(), options)
  const edited = setOf(guild.replace(before, after))
  for (const [path, text] of edited) files.set(path, text)
  await generateSet(host, 'set', new Map(), options)
  const anew = new Map(edited)
  await generateSet(memoryHost(anew), 'set', new Map(), options)
  expect(Object.fromEntries(files)).toEqual(Object.fromEntries(anew))
})
