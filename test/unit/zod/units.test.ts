import { describe, expect, it } from 'vitest'
import { features } from '../../../generators/model/feature.js'
import type { SchemaSet } from '../../../generators/model/schema-set.js'
import { zod } from '../../../generators/zod/index.js'
import { entity, field, integer, object, objectDefinition, schemaSet, snowflake, text } from './model.js'

const base = schemaSet({
  entities: [
    entity('apple', [field('id', snowflake('apple')), field('size', integer), field('core', object('core'))]),
    entity('pear', [field('id', snowflake('pear')), field('size', integer)]),
  ],
  objects: [objectDefinition('core', [field('pips', integer)])],
})

const hashes = (set: SchemaSet): ReadonlyMap<string, string> =>
  new Map(zod.units(set, {}).value.map((unit) => [unit.id, unit.hash]))

const changed = (before: SchemaSet, after: SchemaSet): readonly string[] => {
  const [old, now] = [hashes(before), hashes(after)]
  return [...now].filter(([id, hash]) => old.get(id) !== hash).map(([id]) => id)
}

const withField = (name: string, more: ReturnType<typeof field>): SchemaSet => ({
  ...base,
  entities: base.entities.map((one) => (one.name === name ? { ...one, fields: [...one.fields, more] } : one)),
})

describe('the units of the Zod target', () => {
  it('give the same bytes for the same set, and a file each', async () => {
    const texts = async () =>
      JSON.stringify(await Promise.all(zod.units(base, {}).value.map(async (unit) => (await unit.emit()).value)))
    expect(await texts()).toBe(await texts())
    const paths = (JSON.parse(await texts()) as { path: string }[][]).flat().map(({ path }) => path)
    expect(new Set(paths).size).toBe(paths.length)
  })

  it('change one file when one entity changes', () => {
    expect(changed(base, withField('pear', field('weight', integer)))).toEqual(['zod/pear'])
  })

  it('change the file of ids when an entity brings another kind of them', () => {
    expect(changed(base, withField('pear', field('seed', snowflake('seed'))))).toEqual(['zod/ids', 'zod/pear'])
  })

  it('change the entities that hold an object when that changes', () => {
    const after = { ...base, objects: [objectDefinition('core', [field('pips', integer), field('kind', integer)])] }
    expect(changed(base, after)).toEqual(['zod/objects', 'zod/apple'])
  })

  it('do not change with what validators do not say', () => {
    const docs = base.entities.map((one) => ({ ...one, summary: 'Fruit.', indexes: [], examples: [], table: 'fruit' }))
    expect(changed(base, { ...base, entities: docs })).toEqual([])
  })
})

describe('the Zod target', () => {
  it('answers for every feature', () => {
    expect(Object.keys(zod.supports).sort()).toEqual([...features].sort())
  })

  it('says what only a store checks', () => {
    const raw = field('code', text(), { postgres: { check: "code <> ''", default: null, collation: null } })
    expect(zod.losses(withField('pear', raw), {}).map(({ feature, subject }) => `${feature} ${subject}`)).toEqual([
      'raw-sql pear.code',
    ])
    expect(zod.losses(base, {})).toEqual([])
  })
})
