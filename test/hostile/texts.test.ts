import mongoose from 'mongoose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadEmitted, type ModuleExports } from '../../generators/engines/script/load.js'
import { verifySet } from '../../generators/pipeline/verify/index.js'
import { oddTexts } from '../support/odd-texts.js'
import { openTestDatabase, type TestDatabase } from '../support/postgres.js'
import { picturesIn, structureOf } from './markdown-structure.js'
import { emittedOf, findingsIn } from './set.js'
import { agedWith, entityWith, headWith, printed, wide } from './text-places.js'
import { hostileTexts } from './texts.js'

const nameOf = (index: number): string => `thing_${index}`
const agedNameOf = (index: number): string => `aged_${index}`

/** Entities for each text, in files of their own; `say` is what stands for the text of each. */
const setOf = (say: (text: string) => string) => ({
  'botschema.yaml': printed(headWith('hostile', say(hostileTexts.join(' ')), () => true)),
  ...Object.fromEntries(
    hostileTexts.map((text, index) => [
      `${nameOf(index)}.yaml`,
      printed(entityWith(nameOf(index), say(text), () => true)),
    ]),
  ),
  ...Object.fromEntries(
    hostileTexts.map((text, index) => [
      `${agedNameOf(index)}.yaml`,
      printed(agedWith(agedNameOf(index), say(text), () => true)),
    ]),
  ),
})

/** The same white space around plain words. */
const harmless = (text: string): string => text.replace(/\S+/gu, 'word')

const emitted: { host: Awaited<ReturnType<typeof emittedOf>>['host'] | null; outputs: ReadonlyMap<string, string> } = {
  host: null,
  outputs: new Map(),
}

beforeAll(async () => Object.assign(emitted, await emittedOf(setOf((text) => text))), 120_000)

const output = (path: string): string => {
  const text = emitted.outputs.get(path)
  if (text === undefined) throw new Error(`${path} was not emitted`)
  return text
}

const eachText = hostileTexts.map((text, index) => ({ text, name: nameOf(index), aged: agedNameOf(index) }))

describe('any text', { timeout: 600_000 }, () => {
  test('is taken wherever texts stand, or refused where nothing could hold it', async () => {
    expect(await findingsIn(setOf((text) => text))).toEqual([])
    const codes = await findingsIn({
      'botschema.yaml': printed(headWith('blank', '\n', () => true)),
      'thing.yaml': printed(entityWith('thing', '\n', () => true)),
    })
    expect(new Set(codes.map(({ code }) => code))).toEqual(
      // A reason has words.
      new Set(['bad-enum-value', 'unknown-enum-value', 'wrong-shape']),
    )
  })

  test('loads, compiles, is stored and read back', async () => {
    if (emitted.host === null) throw new Error('nothing was emitted')
    const { diagnostics, outcome } = await verifySet(emitted.host, '.')
    expect(diagnostics.map(({ code, message, at }) => `${at?.source.path} ${code}: ${message}`)).toEqual([])
    expect(outcome?.proofs.every(({ held }) => held !== null)).toBe(true)
  })
})

describe('in Postgres', { timeout: 120_000 }, () => {
  const opened: { database: TestDatabase | null } = { database: null }
  beforeAll(async () => {
    opened.database = await openTestDatabase()
    await opened.database.exec(output('postgres/schema.sql'))
    await opened.database.exec(output('postgres/retention.sql'))
    await opened.database.exec(output('postgres/seed.sql'))
  }, 120_000)
  afterAll(() => opened.database?.close())

  const ask = async (sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    if (opened.database === null) throw new Error('no database')
    return opened.database.query(sql)
  }

  test('comments are the text', async () => {
    for (const { name, text } of eachText) {
      const [row] = await ask(
        `SELECT obj_description('${name}s'::regclass) AS whole, col_description('${name}s'::regclass, 2) AS told, obj_description('${name}_label'::regtype) AS kind`,
      )
      expect(row?.['whole']).toBe(text.trimEnd())
      expect(row?.['told']).toContain(text.trimEnd())
    }
  })

  test('labels, defaults and seed rows are the text', async () => {
    for (const { name, text } of eachText) {
      const [row] = await ask(`SELECT told, filled, label::text, free, tags, named, "inner" FROM ${name}s`)
      expect(row).toEqual({
        told: `${text} ${wide}`,
        filled: text,
        label: text,
        free: { key: text },
        tags: [text],
        named: { key: text },
        inner: { part: text },
      })
      const refused = ask(`UPDATE ${name}s SET told = '${text.replaceAll("'", "''")}'`)
      await expect(refused).rejects.toThrow('told_is_odd')
    }
  })

  test('steps of retention find and set the text', async () => {
    for (const { aged, text } of eachText) {
      const literal = `'${text.replaceAll("'", "''")}'`
      const id = (digit: number): string => `'5f0c9a52-0f5e-4d0a-9f0b-2d7a8f1b3c4${digit}'`
      await ask(
        `INSERT INTO ${aged}s (id, told, made_at) VALUES (${id(1)}, ${literal}, '2020-01-01'), (${id(2)}, 'x', '2020-01-01')`,
      )
      await ask(`SELECT * FROM retire_${aged}s('2024-01-01', 100)`)
      expect(await ask(`SELECT told, filled FROM ${aged}s`)).toEqual([{ told: 'x', filled: text }])
      expect(await ask(`SELECT told, filled FROM ${aged}_archive`)).toEqual([{ told: text, filled: null }])
    }
  })
})

describe('in code', { timeout: 120_000 }, () => {
  const filled = { told: 'x', label: 'other' }
  const load: { from: ((path: string) => ModuleExports) | null } = { from: null }
  beforeAll(async () => {
    load.from = await loadEmitted([...emitted.outputs].map(([path, text]) => ({ path, text })))
  }, 120_000)

  const exported = (path: string, name: RegExp): unknown => {
    const module = load.from?.(path) ?? {}
    const found = Object.entries(module).find(([key]) => name.test(key))
    if (found === undefined) throw new Error(`${path} exports no ${name}`)
    return found[1]
  }

  test('defaults of Zod and Mongoose are the text, and checks refuse it', async () => {
    const connection = mongoose.createConnection()
    for (const { name, text } of eachText) {
      const expected = { filled: text, free: { key: text }, tags: [text], named: { key: text }, inner: { part: text } }
      const schema = exported(`zod/${name}.ts`, /^new\w+Schema$/) as { safeParse: (row: unknown) => { data?: object } }
      expect(schema.safeParse({ ...filled, label: text }).data).toMatchObject(expected)
      expect(schema.safeParse({ ...filled, told: text }).data).toBeUndefined()
      const model = exported(`mongoose/${name}.ts`, /^thing\w+Model$/) as (to: unknown) => new (
        row: object,
      ) => {
        toObject: (options: object) => object
        validate: () => Promise<void>
      }
      const Model = model(connection)
      const plain = new Model({ ...filled, label: text }).toObject({ flattenMaps: true })
      expect(plain).toMatchObject(expected)
      await expect(new Model({ ...filled, told: text }).validate()).rejects.toThrow(/told/)
    }
  })

  test('JSON has the text', () => {
    const validators = JSON.stringify(JSON.parse(output('mongoose/validators.json')))
    for (const { name, text } of eachText) {
      const schema = JSON.parse(output(`json-schema/${name}.json`)) as {
        description: string
        properties: Record<string, { description?: string; default?: unknown }>
      }
      expect(schema.description).toContain(text.trimEnd())
      expect(schema.properties['told']?.description).toContain(text.trimEnd())
      expect(JSON.stringify(schema)).toContain(`"default":${JSON.stringify(text)}`)
      expect(validators).toContain(JSON.stringify(text))
    }
  })
})

describe('in Markdown', { timeout: 120_000 }, () => {
  test('pages have the structure that plain words give them', async () => {
    const plain = (await emittedOf(setOf(harmless))).outputs
    for (const [path, page] of emitted.outputs) {
      if (!path.startsWith('markdown/')) continue
      expect({ path, structure: structureOf(page) }).toEqual({ path, structure: structureOf(plain.get(path) ?? '') })
      expect({ path, pictures: picturesIn(page) }).toEqual({ path, pictures: picturesIn(plain.get(path) ?? '') })
    }
  })

  test('no mark that cannot be seen stands raw in pages or code', () => {
    const unseen = /(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069\u2028\u2029\uFEFF]/u
    for (const [path, text] of emitted.outputs) {
      if (/\.(?:ts|md)$/.test(path)) expect([path, unseen.exec(text)?.index]).toEqual([path, undefined])
    }
  })
})

test('every odd text stands in one of these', () => {
  const all = hostileTexts.join('\n')
  expect(oddTexts.filter((text) => text.trim() !== '' && !all.includes(text))).toEqual([])
})
