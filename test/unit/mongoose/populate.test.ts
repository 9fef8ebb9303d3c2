import type { Connection, Model } from 'mongoose'
import { afterAll, beforeAll, describe, expect, test as plainTest } from 'vitest'
import { loadEmitted } from '../../../generators/engines/script/load.js'
import { mongoose } from '../../../generators/mongoose/index.js'
import { openServer, testOn } from '../../support/mongo-server.js'
import { emittedWithCodecs } from './emitted.js'
import { populatedSet } from './populated-set.js'

const server = await openServer()
const test = testOn(server, 'references that populate follows')

afterAll(() => server?.close())

const set = populatedSet()
const files = await emittedWithCodecs(set)

type AnyModel = Model<{ [path: string]: unknown }>

let load: Awaited<ReturnType<typeof loadEmitted>>

beforeAll(async () => {
  load = await loadEmitted(files)
})

const modelOf = (name: string, connection: Connection): AnyModel =>
  (load(`mongoose/${name}.ts`)[`${name}Model`] as (of: Connection) => AnyModel)(connection)

const ann = { _id: '11', name: 'Ann' }
const bob = { _id: '12', name: 'Bob' }
const cid = { _id: '13', name: 'Cid' }

const part = { owner: '11', helpers: ['12', '13'], team: 'red' }

/** The rows of a test, and its model: loaded documents are of things. */
const stored = async ({ connection }: { readonly connection: Connection }) => {
  const [persons, teams, things] = ['person', 'team', 'thing'].map((name) => modelOf(name, connection)) as [
    AnyModel,
    AnyModel,
    AnyModel,
  ]
  for (const model of [persons, teams, things]) await model.collection.deleteMany({})
  await persons.create([ann, bob, cid])
  const [red] = await teams.create([
    { code: 'red', label: 'Red' },
    { code: 'blue', label: 'Blue' },
  ])
  await things.create({
    _id: '1',
    owner: '11',
    team_id: red?._id,
    team_code: 'red',
    watchers: ['11', '13'],
    teams: ['blue', 'red'],
    part,
    outer: { inner: part, note: 'n' },
    parts: [part, { owner: null, helpers: [], team: null }, { owner: '13', helpers: ['11'], team: 'blue' }],
    flags: { a: '11' },
    grid: [['11']],
    either: '11',
    places: { a: part },
  })
  return { persons, things, raw: () => things.collection.findOne({ _id: '1' as never }) }
}

/** What stands at each path that is followed; a team is told by its label. */
const followed: Readonly<Record<string, unknown>> = {
  owner: ann,
  watchers: [ann, cid],
  'part.owner': ann,
  'part.helpers': [bob, cid],
  'outer.inner.owner': ann,
  'outer.inner.helpers': [bob, cid],
  'parts.owner': [ann, null, cid],
  'parts.helpers': [[bob, cid], [], [ann]],
  team_id: 'Red',
  team_code_document: 'Red',
  teamListDocuments: ['Blue', 'Red'],
  'part.team_document': 'Red',
  'outer.inner.team_document': 'Red',
  'parts.team_document': ['Red', null, 'Blue'],
}

const steps = (value: unknown, path: readonly string[]): unknown => {
  if (Array.isArray(value)) return Array.from(value, (one) => steps(one, path))
  const [first, ...rest] = path
  if (first === undefined) return value
  return typeof value === 'object' && value !== null ? steps(Reflect.get(value, first), rest) : value
}

const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return Array.from(value, plain)
  if (typeof value !== 'object' || value === null) return value ?? null
  const record = ('toObject' in value ? (value as { toObject: () => object }).toObject() : value) as {
    readonly label?: string
  }
  return record.label ?? record
}

const at = (document: unknown, path: string): unknown => plain(steps(document, path.split('.')))

describe('populate', () => {
  for (const [path, expected] of Object.entries(followed)) {
    test(`follows ${path}`, [], async (on) => {
      const { things, raw } = await stored(on)
      const before = await raw()
      expect(at(await things.findById('1').populate(path).lean(), path)).toEqual(expected)
      const document = await things.findById('1').populate(path)
      expect(at(document, path)).toEqual(expected)
      const late = await things.findById('1')
      expect(at(await late?.populate(path), path)).toEqual(expected)
      for (const each of [document, late]) {
        await each?.save()
        expect(await raw()).toEqual(before)
        each?.set('outer.note', 'changed')
        await each?.save()
        expect(await raw()).toEqual({ ...before, outer: { inner: part, note: 'changed' } })
        each?.set('outer.note', 'n')
        await each?.save()
        expect(await raw()).toEqual(before)
      }
    })
  }

  test('follows several paths at once', [], async (on) => {
    const { things } = await stored(on)
    const paths = Object.keys(followed)
    const document = await things.findById('1').populate(paths)
    for (const path of paths) expect([path, at(document, path)]).toEqual([path, followed[path]])
  })

  test('leaves out of a list what is not there, and null for one', [], async (on) => {
    const { things, persons } = await stored(on)
    await persons.deleteMany({ _id: '11' })
    const document = await things.findById('1').populate(['owner', 'watchers', 'part.owner'])
    expect([at(document, 'owner'), at(document, 'watchers'), at(document, 'part.owner')]).toEqual([null, [cid], null])
  })

  test('leaves ids to be pushed, which are stored', [], async (on) => {
    const { things, raw } = await stored(on)
    const document = await things.findById('1').populate(['watchers', 'part.helpers']).orFail()
    const lists = [document.get('watchers'), document.get('part.helpers')] as [string[], string[]]
    lists[0].push('12')
    lists[1].push('11')
    await document.save()
    expect(await raw()).toMatchObject({ watchers: ['11', '13', '12'], part: { helpers: ['12', '13', '11'] } })
  })

  const refused: Readonly<Record<string, string>> = {
    team_code: 'populate team_code_document',
    teams: 'populate teamListDocuments',
    'part.team': 'populate team_document',
    'parts.team': 'populate team_document',
    flags: 'map',
    'flags.a': 'map',
    'flags.$*': 'map',
    grid: 'list of lists',
    either: 'union',
    places: 'map',
    'places.a.owner': 'map',
    'places.$*.owner': 'map',
  }
  for (const [path, words] of Object.entries(refused)) {
    test(`refuses ${path}, and says why`, [], async (on) => {
      const { things } = await stored(on)
      await expect(things.findById('1').populate(path)).rejects.toThrow(words)
      await expect(things.findById('1').populate(path).lean()).rejects.toThrow(words)
      await expect((await things.findById('1'))?.populate(path)).rejects.toThrow(words)
    })
  }
})

plainTest('what populate cannot follow is a named loss', () => {
  const losses = mongoose
    .losses(set, { validators: 'strict', access: false })
    .filter(({ message }) => message.includes('populate'))
  expect(losses.map(({ subject }) => subject)).toEqual(['thing.flags', 'thing.grid', 'thing.either', 'thing.places'])
})
