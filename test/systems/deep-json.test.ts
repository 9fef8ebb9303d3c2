import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectionOf } from '../../generators/document/index.js'
import { loadModels } from '../../generators/engines/mongo/models.js'
import { accepts } from '../../generators/engines/mongo/stand-in.js'
import { loadEmitted } from '../../generators/engines/script/load.js'
import type { JsonValue } from '../../generators/model/index.js'
import { entityOf } from '../../generators/model/lookup.js'
import { loadInto } from '../support/loaded.js'
import { openTestDatabase, type TestDatabase } from '../support/postgres.js'
import { setOf } from '../support/schema-sql.js'
import { emittedWithCodecs } from '../unit/mongoose/emitted.js'

const yaml = `
entity: shop
fields:
  id: snowflake
  layout:
    fields:
      floor:
        fields:
          rooms:
            type: list<object>
            fields:
              name: string(8)
              shelf:
                fields:
                  slots: { type: integer, min: 1, max: 9 }
                  kind: enum(open, locked)
                  label: text?
`

const shelf = { slots: 3, kind: 'open', label: null }

const layoutOf = (inner: JsonValue): JsonValue => ({ floor: { rooms: [{ name: 'back', shelf: inner }] } })

/** What is wrong at the deepest level alone, four objects and a list below the column. */
const wrong: readonly (readonly [string, JsonValue])[] = [
  ['above the greatest number', { ...shelf, slots: 10 }],
  ['no whole number', { ...shelf, slots: 1.5 }],
  ['a text for a number', { ...shelf, slots: '3' }],
  ['no value of the enum', { ...shelf, kind: 'ajar' }],
  ['null where there has to be something', { ...shelf, kind: null }],
  ['nothing where there has to be something', { kind: 'open', label: null }],
  ['a key too many', { ...shelf, colour: 'red' }],
  ['a list for an object', [shelf]],
]

const set = setOf(yaml, 'name: sample\n')
const shop = entityOf(set, 'shop')

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

describe('typed JSON is held to its shape at the deepest level', () => {
  it('by Postgres itself, whoever writes', async () => {
    await database.reset()
    await loadInto(database, yaml)
    const insert = (layout: JsonValue) =>
      database.query(`INSERT INTO shops (id, layout) VALUES (1, $1)`, [JSON.stringify(layout)])
    for (const [, inner] of wrong) await expect(insert(layoutOf(inner))).rejects.toThrow('shops_layout_check')
    await insert(layoutOf(shelf))
  })

  it('by Zod, and by Mongoose with the whole path', async () => {
    const files = await emittedWithCodecs(set)
    const load = await loadEmitted(files)
    const schema = load('zod/shop.ts')['newShopSchema'] as { safeParse: (row: unknown) => { success: boolean } }
    const models = await loadModels(files)
    for (const [what, inner] of wrong) {
      const layout = layoutOf(inner)
      expect([what, schema.safeParse({ id: '1', layout }).success]).toEqual([what, false])
      const [fault] = await models.faultsOf(shop, { _id: '1', layout })
      expect([what, fault?.path]).toEqual([what, expect.stringMatching(/^layout/)])
    }
    expect(schema.safeParse({ id: '1', layout: layoutOf(shelf) }).success).toBe(true)
    expect(await models.faultsOf(shop, { _id: '1', layout: layoutOf(shelf) })).toEqual([])
  })

  it("by the collection's validator", () => {
    const takes = accepts(collectionOf(set, shop).validator)
    for (const [what, inner] of wrong)
      expect([what, takes({ _id: '1', layout: layoutOf(inner) })]).toEqual([what, false])
    expect(takes({ _id: '1', layout: layoutOf(shelf) })).toBe(true)
  })
})
