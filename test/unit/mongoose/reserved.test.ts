import mongoose, { Schema } from 'mongoose'
import { expect, test } from 'vitest'
import { reservedAliases, reservedPaths } from '../../../generators/mongoose/reserved.js'

/** Every property that a document, a model's document or a subdocument of this Mongoose has. */
const documentProperties = (): readonly string[] => {
  const names = new Set<string>(['set', 'init', '_doc', 'prototype', 'errors', 'get', 'on', 'emit', 'isMongooseBuffer'])
  const roots: readonly object[] = [
    mongoose.Document.prototype,
    mongoose.Model.prototype,
    mongoose.Types.Subdocument.prototype,
  ]
  for (const root of roots) {
    for (let owner: object | null = root; owner !== null; owner = Object.getPrototypeOf(owner)) {
      for (const name of Object.getOwnPropertyNames(owner)) names.add(name)
    }
  }
  return [...names].filter((name) => !name.startsWith('$') && name !== '_id' && name !== '__proto__')
}

const options = {
  strict: 'throw',
  minimize: false,
  id: false,
  versionKey: false,
  suppressReservedKeysWarning: true,
} as const

const complaint = async (run: () => PromiseLike<unknown>): Promise<string> => {
  try {
    await run()
    return 'nothing'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const isSent = async (run: () => PromiseLike<unknown>): Promise<boolean> =>
  (await complaint(run)).includes('before initial connection')

/** Whether documents can be made by that alias of a field, read by it, refused and sent. */
const worksAsAlias = async (name: string): Promise<boolean> => {
  const field = { stored: { type: String, required: true, alias: name } }
  const connection = mongoose.createConnection()
  Object.assign(connection.config, { bufferCommands: false })
  try {
    const inner = new Schema(field, { ...options, _id: false })
    const Thing = connection.model('Thing', new Schema({ ...field, inner, list: [inner] }, options))
    const coded = () => ({ [name]: 'a', inner: { [name]: 'b' }, list: [{ [name]: 'c' }] })
    const made = new Thing(coded())
    await made.validate()
    const read = JSON.stringify({ ...made.toObject(), _id: undefined })
    const refused = await complaint(() => new Thing({ ...coded(), [name]: null }).validate())
    const loaded = Thing.hydrate({ _id: made._id, stored: 'a' })
    loaded.set('inner', { [name]: 'd' })
    return (
      read === JSON.stringify({ stored: 'a', inner: { stored: 'b' }, list: [{ stored: 'c' }] }) &&
      made.get(name) === 'a' &&
      refused.includes('is required') &&
      (await isSent(() => made.save())) &&
      (await isSent(() => Thing.insertMany([coded()])))
    )
  } catch {
    return false
  }
}

/** Whether documents that have a field of that name can be validated, read back, refused and sent. */
const works = async (name: string): Promise<boolean> => {
  const field = { [name]: { type: String, required: true } }
  const connection = mongoose.createConnection()
  Object.assign(connection.config, { bufferCommands: false })
  try {
    const inner = new Schema(field, { ...options, _id: false })
    const Thing = connection.model('Thing', new Schema({ ...field, inner, list: [inner] }, options))
    const plain = () => ({ [name]: 'a', inner: { [name]: 'b' }, list: [{ [name]: 'c' }] })
    const made = new Thing(plain())
    await made.validate()
    const read = JSON.stringify({ ...made.toObject(), _id: undefined })
    const refused = await complaint(() => new Thing({ ...plain(), [name]: null }).validate())
    const loaded = Thing.hydrate({ _id: made._id, ...plain() })
    loaded.set('inner', { [name]: 'd' })
    return (
      JSON.stringify(JSON.parse(read)) === JSON.stringify(plain()) &&
      refused.includes('is required') &&
      (await isSent(() => made.save())) &&
      (await isSent(() => Thing.insertMany([plain()])))
    )
  } catch {
    return false
  }
}

/** What breaks the types only, and what breaks the driver, when there is a server. */
const brokenElsewhere: ReadonlySet<string> = new Set(['isNew', '_bsontype'])

test('the names that Mongoose cannot hold are those that are refused', async () => {
  const broken: string[] = []
  for (const name of documentProperties()) if (!(await works(name))) broken.push(name)
  const known = [...reservedPaths].filter((name) => !brokenElsewhere.has(name))
  expect(broken.sort()).toEqual(known.sort())
}, 60_000)

test('the names in code that Mongoose cannot hold are those that are refused', async () => {
  const broken: string[] = []
  for (const name of [...documentProperties(), 'schema']) if (!(await worksAsAlias(name))) broken.push(name)
  const known = [...reservedAliases].filter((name) => !brokenElsewhere.has(name))
  expect([...new Set(broken)].sort()).toEqual(known.sort())
}, 60_000)
