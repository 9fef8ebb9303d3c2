import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { openServer, testOn } from '../../support/mongo-server.js'
import { thingSet } from './emitted.js'
import { type StoredEntity, storedOn } from './stored.js'

const server = await openServer()
const test = testOn(server, 'changes inside of loaded documents')

const fields = `
id: snowflake
data: json?
logs: list<json>?
grid: list<list<integer>>?
deep: list<list<list<integer>>>?
counts: map<integer>?
groups: map<list<integer>>?
nested: map<map<integer>>?
lookup: map<inner>?
maps: list<map<integer>>?
either: union<integer, map<integer>>?
eithers: list<union<integer, inner>>?
tags: list<text>?
days: list<timestamp>?
at: timestamp?
blob: bytes?
blobs: list<bytes>?
inner: { type: inner? }
parts: list<inner>?
`

const more = `---
object: inner
fields:
  name: text
  level: integer = 1
  data: json?
  logs: list<json>?
  counts: map<integer>?
  at: timestamp?
`

const inner = () => ({
  name: 'a',
  level: 1,
  data: { a: { b: [1] } },
  logs: [{ a: 1 }] as unknown[],
  counts: { a: 1 },
  at: new Date(0),
})

const whole = () => ({
  data: { a: { b: [1, { c: 1 }] }, d: 'x' },
  logs: [{ a: 1 }, [1, 2], 'x'] as unknown[],
  grid: [[1, 2], [3]],
  deep: [[[1], [2]]],
  counts: { a: 1, b: 2 },
  groups: { a: [1, 2] },
  nested: { a: { b: 1 } },
  lookup: { a: inner() },
  maps: [{ a: 1 }],
  either: { a: 1 },
  eithers: [1, inner()],
  tags: ['a', 'b', 'c'],
  days: [new Date(0), new Date(1)],
  at: new Date(0),
  blob: Uint8Array.of(1, 2),
  blobs: [Uint8Array.of(1), Uint8Array.of(2)],
  inner: inner(),
  parts: [inner(), inner(), inner()],
})

type Whole = ReturnType<typeof whole>
type Change = (document: Whole) => void

let thing: StoredEntity
let last = 0

beforeAll(async () => {
  if (server !== null) thing = (await storedOn(server, thingSet(fields, more)))('thing')
})

afterAll(() => server?.close())

const plain = (value: unknown): unknown => {
  if (value instanceof Date) return { date: value.getTime() }
  if (value instanceof Uint8Array) return { bytes: [...value] }
  if (Array.isArray(value)) return Array.from(value, plain)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inside]) => [key, plain(inside)] as const)
  return Object.fromEntries(entries.filter(([, inside]) => inside !== undefined))
}

const stored = async (id: string): Promise<unknown> => {
  const options = { promoteBuffers: true }
  const { _id, ...document } = (await thing.collection.findOne({ _id: id as never }, options)) ?? {}
  return plain(document)
}

const created = async (): Promise<string> => {
  const id = String(++last)
  await new thing.model({ _id: id, ...whole() }).save()
  return id
}

const loaded = async (id: string) => {
  const document = await thing.model.findById(id)
  if (document === null) throw new Error(`no document ${id}`)
  return document as typeof document & Whole
}

const changes: Readonly<Record<string, Change>> = {
  'push to a list of json': ({ logs }) => logs.push({ b: 2 }),
  'splice of a list of json': ({ logs }) => logs.splice(0, 2),
  'push of a list to a list of json': ({ logs }) => logs.push([1, [2]]),
  'index of a list of json': ({ logs }) => {
    logs[1] = 'y'
  },
  'inside of an item of json': ({ logs }) => Object.assign(logs[0] as object, { b: { c: 1 } }),
  'delete inside of an item of json': ({ logs }) => delete (logs[0] as { a?: number }).a,
  'list inside of an item of json': ({ logs }) => (logs[1] as number[]).push(3),
  'inside of an item and a push': ({ logs }) => {
    Object.assign(logs[0] as object, { b: 1 })
    logs.push(1)
  },
  'json, deep': ({ data }) => data.a.b.push(2),
  'json, a key with a point': ({ data }) => Object.assign(data.a, { 'x.y': 1, z: 2 }),
  'json, keys of Mongoose': ({ data }) => Object.assign(data.a, { _doc: { a: 1 }, $isNew: 1, length: 5, save: 'x' }),
  'json, a key away': ({ data }) => delete (data as { d?: string }).d,
  'push to a list of a list': ({ grid }) => grid[0]?.push(5),
  'index of a list of a list': ({ grid }) => Object.assign(grid[1] as object, { 0: 9 }),
  'length of a list of a list': ({ grid }) => Object.assign(grid[0] as object, { length: 1 }),
  'push of a list': ({ grid }) => grid.push([7]),
  'three lists deep': ({ deep }) => deep[0]?.[1]?.push(4),
  'a key of a map': ({ counts }) => Object.assign(counts, { a: 5, c: 6 }),
  'a key of a map away': ({ counts }) => delete (counts as { a?: number }).a,
  'a list in a map': ({ groups }) => groups.a.push(3),
  'a map in a map': ({ nested }) => Object.assign(nested.a, { b: 2, c: 3 }),
  'an object in a map': ({ lookup }) => Object.assign(lookup.a, { level: 5 }),
  'json in an object in a map': ({ lookup }) => lookup.a.data.a.b.push(2),
  'an object put into a map': ({ lookup }) => Object.assign(lookup, { b: inner() }),
  'a map in a list': ({ maps }) => Object.assign(maps[0] as object, { a: 2 }),
  'a map put into a list': ({ maps }) => maps.unshift({ a: 5 }),
  'a union': ({ either }) => Object.assign(either, { b: 2 }),
  'a union in a list': ({ eithers }) => Object.assign(eithers[1] as object, { level: 9 }),
  'push to a list': ({ tags }) => tags.push('d'),
  'length of a list': ({ tags }) => {
    tags.length = 1
  },
  'length of a list after a push': ({ tags }) => {
    tags.push('d', 'e')
    tags.length = 1
  },
  'pop, shift, reverse, sort, fill': ({ tags }) => {
    tags.pop()
    tags.unshift('z')
    tags.reverse()
    tags.fill('q', 0, 1)
    tags.copyWithin(1, 0, 1)
  },
  'length of a list of objects': ({ parts }) => {
    parts.length = 1
  },
  'a date': ({ at }) => at.setUTCFullYear(2001),
  'a date in a list': ({ days }) => days[1]?.setUTCFullYear(2001),
  bytes: ({ blob }) => {
    blob[0] = 7
  },
  'bytes in a list': ({ blobs }) => Object.assign(blobs[0] ?? {}, { 0: 9 }),
  'json of an object': ({ inner: { data } }) => data.a.b.push(2),
  'a list of json of an object': ({ inner: { logs } }) => Object.assign(logs[0] as object, { b: 2 }),
  'a map of an object': ({ inner: { counts } }) => Object.assign(counts, { b: 2 }),
  'a date of an object': ({ inner: { at } }) => at.setUTCFullYear(2001),
  'json of an object of a list': ({ parts }) => parts[1]?.data.a.b.push(2),
  'a map of an object of a list': ({ parts }) => Object.assign(parts[2]?.counts ?? {}, { b: 2 }),
  'a list of json of an object of a list': ({ parts }) => parts[0]?.logs.push({ z: 1 }),
  'inside of an object of a list, and a push': ({ parts }) => {
    parts[1]?.data.a.b.push(2)
    parts.push(inner())
  },
  'inside of an object of a list, and a splice': ({ parts }) => {
    parts[2]?.data.a.b.push(2)
    parts.splice(0, 1)
  },
  'a field of an object': ({ inner: object }) => Object.assign(object, { level: 7 }),
}

const expected = (change: Change): unknown => {
  const document = whole()
  change(document)
  return plain(document)
}

describe('a change inside of a loaded document is saved', () => {
  for (const [name, change] of Object.entries(changes)) {
    test(name, [], async () => {
      const id = await created()
      const document = await loaded(id)
      change(document)
      await document.save()
      expect(await stored(id)).toEqual(expected(change))
    })
  }
})

describe('a change is saved whatever saved or made the document before', () => {
  const change: Change = ({ data, counts, logs, at }) => {
    Object.assign(data, { z: { y: 1 } })
    Object.assign(counts, { z: 1 })
    logs.push({ z: 1 })
    at.setUTCFullYear(2002)
  }
  const ways: Readonly<
    Record<string, () => Promise<{ id: string; document: Whole & { save: () => Promise<unknown> } }>>
  > = {
    'by save': async () => {
      const id = String(++last)
      const document = new thing.model({ _id: id, ...whole() })
      await document.save()
      return { id, document: document as never }
    },
    'by insertMany': async () => {
      const id = String(++last)
      const [document] = await thing.model.insertMany([{ _id: id, ...whole() }])
      return { id, document: document as never }
    },
    'by bulkSave': async () => {
      const id = String(++last)
      const document = new thing.model({ _id: id, ...whole() })
      await thing.model.bulkSave([document])
      return { id, document: document as never }
    },
    'by findOneAndUpdate': async () => {
      const id = await created()
      return { id, document: (await thing.model.findOneAndUpdate({ _id: id }, { tags: ['a', 'b', 'c'] })) as never }
    },
    'by $clone': async () => {
      const id = await created()
      return { id, document: (await loaded(id)).$clone() as never }
    },
    'by a save before': async () => {
      const id = await created()
      const document = await loaded(id)
      document.data.a.b.push(5)
      await document.save()
      document.data.a.b.pop()
      await document.save()
      return { id, document: document as never }
    },
    'by a save that failed': async () => {
      const id = await created()
      const document = await loaded(id)
      change(document)
      document.set('tags', ['\0'])
      await expect(document.save()).rejects.toThrow('tags')
      document.set('tags', ['a', 'b', 'c'])
      document.set({ ...whole(), _id: id })
      return { id, document: document as never }
    },
  }
  for (const [name, make] of Object.entries(ways)) {
    test(name, [], async () => {
      const { id, document } = await make()
      change(document)
      await document.save()
      expect(await stored(id)).toEqual(expected(change))
    })
  }

  test('many documents at once', [], async () => {
    const id = await created()
    const document = await loaded(id)
    change(document)
    await thing.model.bulkSave([document])
    expect(await stored(id)).toEqual(expected(change))
  })

  test('by a hook of the program, just before it is written', [], async ({ connection }) => {
    const schema = thing.model.schema.clone()
    schema.pre('save', function () {
      change(this as never)
    })
    const id = await created()
    const document = await connection.model('Hooked', schema).findById(id)
    await document?.save()
    expect(await stored(id)).toEqual(expected(change))
  })

  test('while a save is on its way', [], async () => {
    const id = await created()
    const document = await loaded(id)
    document.counts.a = 7
    const saving = document.save()
    await new Promise((resolve) => setImmediate(resolve))
    document.counts.b = 8
    await saving
    await document.save()
    expect(await stored(id)).toMatchObject({ counts: { a: 7, b: 8 } })
  })

  test('without validation', [], async () => {
    const id = await created()
    const document = await loaded(id)
    change(document)
    await document.save({ validateBeforeSave: false })
    expect(await stored(id)).toEqual(expected(change))
  })
})

describe('what is wrong is refused, and nothing of it stored', () => {
  const wrong: Readonly<Record<string, readonly [Change, string]>> = {
    'a map': [({ counts }) => Object.assign(counts, { a: 'x' }), 'counts.a is not a number'],
    json: [({ data }) => Object.assign(data.a, { x: new Map() }), 'data'],
    'a list of json': [({ logs }) => Object.assign(logs[0] as object, { x: undefined }), 'logs'],
    'a list of lists': [({ grid }) => Object.assign(grid[0] ?? [], { 0: 1.5 }), 'grid'],
    'an object in a map': [({ lookup }) => delete (lookup.a as { name?: string }).name, 'lookup.a.name is missing'],
    'a date': [({ at }) => at.setTime(Number.NaN), 'at is not a date'],
    'a list with a hole': [({ tags }) => delete tags[1], 'tags holds null'],
    'an object in a list': [({ parts }) => Object.assign(parts[1]?.counts ?? {}, { a: 'x' }), 'counts'],
    'no field': [(document) => Object.assign(document, { nope: 1 }), 'nope is not a field'],
    'no field of an object': [({ inner: object }) => Object.assign(object, { nope: 1 }), 'nope is not a field'],
    'no field of an object in a list': [
      ({ parts }) => Object.assign(parts[0] ?? {}, { nope: 1 }),
      'nope is not a field',
    ],
  }
  for (const [name, [change, message]] of Object.entries(wrong)) {
    test(name, [], async () => {
      const id = await created()
      const document = await loaded(id)
      change(document)
      await expect(document.save()).rejects.toThrow(message)
      expect(await stored(id)).toEqual(plain(whole()))
    })
  }
})

test('defaults inside of what is put into a map are filled in, in the value itself', [], async () => {
  const id = await created()
  const document = await loaded(id)
  const { lookup } = document
  Object.assign(lookup, { b: { name: 'b' } })
  await document.save()
  expect(await stored(id)).toMatchObject({ lookup: { b: { name: 'b', level: 1 } } })
  Object.assign(lookup, { c: { name: 'c' } })
  await document.save()
  expect(await stored(id)).toMatchObject({ lookup: { c: { name: 'c', level: 1 } } })
})

test('two documents of one row change two keys, and both are kept', [], async () => {
  const id = await created()
  const [one, other] = [await loaded(id), await loaded(id)]
  one.counts.a = 7
  one.logs.push('one')
  Object.assign(one.data, { one: 1 })
  other.counts.b = 8
  other.logs.push('other')
  Object.assign(other.data, { other: 1 })
  await one.save()
  await other.save()
  expect(await stored(id)).toMatchObject({
    counts: { a: 7, b: 8 },
    logs: [{ a: 1 }, [1, 2], 'x', 'one', 'other'],
    data: { one: 1, other: 1 },
  })
})

test('what was not changed is not written', [], async () => {
  const id = await created()
  const document = await loaded(id)
  await thing.collection.updateOne({ _id: id as never }, { $set: { data: 1, counts: { z: 1 }, tags: [] } })
  await document.save()
  document.set('inner.level', 2)
  await document.save()
  expect(await stored(id)).toMatchObject({ data: 1, counts: { z: 1 }, tags: [], inner: { level: 2 } })
})

/** A path into a value, and what is done there. */
const step = fc.record({
  at: fc.nat(20),
  how: fc.nat(7),
  with: fc.nat(5),
  key: fc.constantFrom('a', 'b', 'x', 'length', '0'),
})

type Steps = readonly { readonly at: number; readonly how: number; readonly with: number; readonly key: string }[]

const jsonFields = ['data', 'logs'] as const

/** Does the same to any value of json: what it does depends on nothing but the steps and the value. */
const applied = (root: Whole, steps: Steps): void => {
  for (const { at, how, with: number, key } of steps) {
    const places: (unknown[] | { [key: string]: unknown })[] = []
    const walk = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || value instanceof Date) return
      places.push(value as never)
      for (const name of Array.isArray(value) ? value.keys() : Object.keys(value)) walk(Reflect.get(value, name))
    }
    for (const name of jsonFields) {
      walk(root[name])
      walk(root.inner[name])
      for (const index of [0, 1, 2]) walk(root.parts[index]?.[name])
    }
    const place = places[at % places.length] ?? []
    if (!Array.isArray(place)) {
      if (how % 3 === 0) delete place[key]
      else place[key] = how % 3 === 1 ? number : { n: [number] }
    } else if (how === 0) place.push(number)
    else if (how === 1) place.unshift({ n: number })
    else if (how === 2) place.splice(number, 1)
    else if (how === 3) place.pop()
    else if (how === 4) place.reverse()
    else if (how === 5) place.length = Math.min(place.length, number)
    else if (how === 6 && place.length > 0) place[number % place.length] = [number]
    else place.push([number], { a: number })
  }
}

test('any changes of json, in any order, as those of a plain object', [], async () => {
  const run = async (first: Steps, second: Steps): Promise<void> => {
    const id = await created()
    const [document, model] = [await loaded(id), whole()]
    for (const steps of [first, second]) {
      applied(document, steps)
      applied(model, steps)
      await document.save()
      expect(await stored(id)).toEqual(plain(model))
    }
  }
  const steps = fc.array(step, { maxLength: 6 })
  await fc.assert(fc.asyncProperty(steps, steps, run), { numRuns: 40, seed: 12 })
})
