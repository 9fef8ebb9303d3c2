import { describe, expect, it } from 'vitest'
import { known } from '../../generators/kernel/bug.js'
import { canonical } from '../../generators/kernel/hash.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import { printModel } from '../../generators/pipeline/model-file/print.js'
import { isRefused, readModel } from '../../generators/pipeline/model-file/read.js'
import { unitsOfSet } from '../../generators/pipeline/units.js'
import { vault } from '../encryption/vault.js'
import { setNamed } from '../evolution/sets.js'
import { compileTexts } from '../support/compile.js'

const names = [
  'schemas/amina',
  'schemas/community',
  'schemas/companion',
  'schemas/discord',
  'schemas/starter',
  'schemas/tomori',
  'example/schemas/bot',
  'test/fixtures/everything',
  'test/fixtures/everything-else',
  'test/fixtures/enforced',
  'test/fixtures/extended',
  'test/fixtures/types-only',
  'test/fixtures/vectors',
]

const readBack = (set: SchemaSet): SchemaSet => {
  const read = readModel('model.json', printModel(set))
  if (isRefused(read)) throw new Error(read.problem)
  return read
}

const emitted = async (set: SchemaSet): Promise<ReadonlyMap<string, string>> => {
  const { value } = await unitsOfSet(set)
  const texts = new Map<string, string>()
  for (const { key, unit } of value) texts.set(key, JSON.stringify((await unit.emit()).value))
  return texts
}

/** The values of encrypted fields are in no output. */
const withoutSecrets = (set: SchemaSet): SchemaSet => ({
  ...set,
  entities: set.entities.map((entity) => {
    const isSealed = (name: string): boolean =>
      entity.fields.some((field) => field.name === name && field.encrypted !== null)
    return {
      ...entity,
      examples: entity.examples.map((row) => ({
        ...row,
        values: row.values.map((value) =>
          isSealed(value.field) && value.value !== null ? { ...value, value: '(encrypted)' } : value,
        ),
      })),
    }
  }),
})

describe.each(names)('model.json of %s', (name) => {
  it('says all that the set means', () => {
    const set = setNamed(name)
    expect(canonical(readBack(set))).toBe(canonical(withoutSecrets(set)))
  })

  it('is the same when it is printed from what was read', () => {
    const set = setNamed(name)
    expect(printModel(readBack(set))).toBe(printModel(set))
  })

  it('emits the same bytes', async () => {
    const set = setNamed(name)
    expect(await emitted(readBack(set))).toEqual(await emitted(set))
  }, 120_000)
})

it('holds no plain value of an encrypted field, and no place of the YAML', () => {
  const { set } = known(compileTexts({ 'vault.yaml': vault }).value, 'the vault')
  const text = printModel(set)
  expect(text).not.toContain('vault.yaml')
  expect(text).toContain('(encrypted)')
})
