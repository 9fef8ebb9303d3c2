import { type Document, type Model, Error as MongooseError, type Schema } from 'mongoose'
import { at, type Check, checksOf, inSlot, isAlike, isRecord, loadOnlyLists, type Slot, slotsOf } from './kinds.js'
import { trackChanges } from './tracking.js'

/** A value of a document by its path. (A field may be called `get`, so that is not asked.) */
const valueAt = (document: object, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
      document,
    )

/** Holds a schema to a condition: before each validation, and where an object stands in a map or union. */
export const check = (schema: object, { path, message, passes }: Check): void => {
  const known = checksOf.get(schema) ?? []
  checksOf.set(schema, [...known, { path, message, passes }])
  const hooked = schema as Schema
  hooked.pre('validate', function () {
    if (!passes(this as never)) this.invalidate(path, message, valueAt(this, path))
  })
}

const refuse = (path: string, wrong: string): never => {
  throw new MongooseError(at(path, wrong))
}

const slotAt = (schema: Schema, path: string): Slot | null => {
  const [first = '', ...steps] = path.split('.')
  const root = slotsOf(schema).find(([name]) => name === first)?.[1] ?? null
  return steps.reduce<Slot | null>((slot, step) => slot?.kind.at(step) ?? null, root)
}

type Change = (slot: Slot, value: unknown, path: string, operator: string) => unknown

const setValue: Change = (slot, value, path) => {
  const complete = value === null ? null : slot.kind.complete(value)
  const wrong = inSlot(slot, complete)
  return wrong === null ? complete : refuse(path, wrong)
}

const addItems: Change = (slot, value, path) => {
  const item = slot.kind.at('0') ?? refuse(path, 'is not a list')
  const each = isRecord(value) && Array.isArray(value['$each']) ? (value['$each'] as readonly unknown[]) : [value]
  for (const one of each) setValue(item, one, path, '$push')
  return value
}

const removeField: Change = (slot, value, path) => {
  if (slot.nullable || slot.optional) return value
  const instead = (Reflect.get(slot, 'default') ?? null) !== null ? 'its default' : 'another value'
  return refuse(path, `is required and cannot be removed: set it to ${instead} with $set`)
}

export const changes: { readonly [operator: string]: Change } = {
  $set: setValue,
  $setOnInsert: setValue,
  $min: setValue,
  $max: setValue,
  $push: addItems,
  $addToSet: addItems,
  $unset: removeField,
  $currentDate: (slot, value, path) => (slot.kind.fault(new Date()) === null ? value : refuse(path, 'is not a date')),
  $rename: (_slot, _value, path) => refuse(path, 'cannot be renamed: set the other field with $set'),
}

const isFixed = (slot: Slot, operator: string): boolean => slot.fixed && operator !== '$setOnInsert'

const checkOperator = (schema: Schema, operator: string, fields: { [path: string]: unknown }): void => {
  for (const [path, value] of Object.entries(fields)) {
    const slot = slotAt(schema, path)
    if (slot === null) continue
    if (isFixed(slot, operator)) refuse(path, 'is immutable')
    const change = changes[operator]
    if (change !== undefined) fields[path] = change(slot, value, path, operator)
  }
}

/**
 * Options for an update that the guards let through as it is, such as a pipeline: who passes them answers for what is
 * written. The validator of the collection holds it to what that knows.
 */
export const unguarded = { unguarded: true } as const

const isUnguarded = (options: object | null | undefined): boolean =>
  Reflect.get(options ?? {}, 'unguarded') === unguarded.unguarded

/** Checks what an update would write, field by field. Conditions across fields are held by the collection's validator. */
const checkUpdate = (schema: Schema, update: unknown, options: object | null | undefined): void => {
  if (isUnguarded(options)) return
  if (Array.isArray(update))
    refuse(
      'The update',
      'is a pipeline, which nothing can check: pass `...unguarded` of guards.ts in the options to answer for it',
    )
  if (!isRecord(update)) return
  const plain = Object.keys(update).filter((key) => !key.startsWith('$'))
  for (const key of plain) {
    const fields = { [key]: update[key] }
    checkOperator(schema, '$set', fields)
    Object.assign(update, fields)
  }
  for (const [operator, fields] of Object.entries(update)) {
    if (operator.startsWith('$') && isRecord(fields)) checkOperator(schema, operator, fields)
  }
}

const immutablePaths = (schema: Schema): readonly string[] =>
  slotsOf(schema)
    .filter(([, slot]) => slot.fixed)
    .map(([name]) => name)

const refuseReplacing = (schema: Schema): void => {
  const [first] = immutablePaths(schema)
  if (first !== undefined) refuse(first, 'is immutable: update the document instead of replacing it')
}

/** Refuses to load what is stored in another shape: Mongoose would leave it out, and say so when the document is saved. */
const loadAsStored = (schema: Schema): void => {
  loadOnlyLists(schema)
  schema.post('init', ({ $errors }) => {
    const [wrong] = Object.values($errors ?? {})
    if (wrong !== undefined) throw wrong
  })
}

/** An operation of `bulkWrite`, by its name. */
type BulkOperation = Readonly<Record<string, { readonly update?: unknown }>>

type BulkCheck = (operations: readonly BulkOperation[], options: object | null | undefined) => void

/**
 * Checks the operations of `bulkWrite`. Mongoose 9 calls a hook with them and the options; Mongoose 8 puts a callback
 * before them, and calls it itself once the promise of the hook is settled.
 */
const beforeBulkWrite = (schema: Schema, checkOperations: BulkCheck): void => {
  const hook = async (first: unknown, second: unknown, third: unknown): Promise<void> => {
    const [operations, options] = typeof first === 'function' ? [second, third] : [first, second]
    checkOperations(operations as readonly BulkOperation[], options as object | undefined)
  }
  schema.pre('bulkWrite', hook as never)
}

/** Holds updates to what saves are held to: Mongoose itself validates an update only when asked, and a bulk write never. */
export const guardUpdates = (schema: Schema): void => {
  loadAsStored(schema)
  trackChanges(schema)
  schema.pre(['updateOne', 'updateMany', 'findOneAndUpdate'], function () {
    checkUpdate(schema, this.getUpdate(), this.getOptions())
  })
  schema.pre(['replaceOne', 'findOneAndReplace'], function () {
    refuseReplacing(schema)
    this.setOptions({ runValidators: true })
  })
  beforeBulkWrite(schema, (operations, options) => {
    for (const { updateOne, updateMany, replaceOne } of operations) {
      for (const { update } of [updateOne, updateMany].filter((one) => one !== undefined)) {
        checkUpdate(schema, update, options)
      }
      if (replaceOne !== undefined) refuseReplacing(schema)
    }
  })
}

/** Lets documents be added and read, and nothing else. */
export const appendOnly = (schema: Schema): void => {
  loadAsStored(schema)
  const refuseChange = (): never => refuse('The collection', 'is append-only')
  schema.pre(
    [
      'updateOne',
      'updateMany',
      'findOneAndUpdate',
      'replaceOne',
      'findOneAndReplace',
      'deleteOne',
      'deleteMany',
      'findOneAndDelete',
    ],
    refuseChange,
  )
  schema.pre('deleteOne', { document: true, query: false }, refuseChange)
  schema.pre('save', function () {
    const { $isNew } = this
    if (!$isNew) refuseChange()
  })
  beforeBulkWrite(schema, (operations) => {
    if (operations.some((operation) => !('insertOne' in operation))) refuseChange()
  })
}

interface TimestampPaths {
  readonly createdAt: string | false
  readonly updatedAt: string | false
}

const insertsAt = (update: unknown, path: string | false): boolean =>
  path !== false && isRecord(update) && isRecord(update['$setOnInsert']) && Object.hasOwn(update['$setOnInsert'], path)

/**
 * Has Mongoose keep the timestamps, but for those that are given to a new document, which stay. Its hooks run after the
 * guards that stand before this: it would take what an update says of `createdAt` away before they see it.
 */
export const keepTimestamps = (schema: object, { createdAt, updatedAt }: TimestampPaths): void => {
  const hooked = schema as Schema
  const given = new WeakMap<object, unknown>()
  hooked.pre('save', function () {
    const { $isNew } = this
    const paths = [createdAt, updatedAt].filter((path) => path !== false)
    if ($isNew && updatedAt !== false && !paths.every((path) => this.$isDefault(path)))
      given.set(this, valueAt(this, updatedAt))
  })
  hooked.pre(['updateOne', 'updateMany', 'findOneAndUpdate'], function () {
    if (insertsAt(this.getUpdate(), createdAt)) this.setOptions({ timestamps: { createdAt: false } })
  })
  hooked.set('timestamps', { createdAt, updatedAt })
  hooked.pre('save', function () {
    if (updatedAt !== false && given.has(this)) this.set(updatedAt, given.get(this))
    given.delete(this)
  })
}

interface Computation {
  readonly path: string
  /** The paths it is computed from. */
  readonly reads: readonly string[]
  readonly compute: (record: never) => unknown
}

const computeUpdate = (schema: Schema, { path, reads, compute }: Computation, update: unknown): void => {
  if (!isRecord(update)) return
  const set = { ...update, ...(isRecord(update['$set']) ? update['$set'] : {}) }
  if (Object.hasOwn(set, path)) refuse(path, 'is computed')
  const operators = Object.values(update).filter(isRecord)
  const touched = reads.filter((read) => [set, ...operators].some((fields) => Object.hasOwn(fields, read)))
  if (touched.length === 0) return
  if (!reads.every((read) => Object.hasOwn(set, read))) {
    refuse(path, `is computed from ${reads.join(', ')}: set all of them, or save the document`)
  }
  const [slot, value] = [slotAt(schema, path), compute(set as never)]
  const held = slot === null ? value : setValue(slot, value, path, '$set')
  update['$set'] = { ...(isRecord(update['$set']) ? update['$set'] : {}), [path]: held }
}

/** Computes a field from others of its document, whenever those are written. */
export const computed = (schema: object, computation: Computation): void => {
  const hooked = schema as Schema
  const { path, compute } = computation
  hooked.pre('validate', function () {
    const [given, made] = [valueAt(this, path), compute(this as never)]
    const value = made === null ? null : slotAt(hooked, path)?.kind.complete(made)
    if (this['$isNew'] && given !== undefined && given !== null && !isAlike(given, value))
      this.invalidate(path, 'is computed', given)
    else this.set(path, value)
  })
  hooked.pre(['updateOne', 'updateMany', 'findOneAndUpdate'], function () {
    if (!isUnguarded(this.getOptions())) computeUpdate(hooked, computation, this.getUpdate())
  })
}

interface Numbering {
  readonly path: string
  /** The paths that say which parent a document belongs to. */
  readonly per: readonly string[]
  /** What is counted, among all that is: `warning.case_number`. */
  readonly name: string
}

type Counter = { _id: string; value: number }

/** What a number that a document brings does to the counter of its parent: it is not given again. */
const kept = (given: unknown): object | null => (Number.isSafeInteger(given) ? { $max: { value: given } } : null)

/** The greatest number that a document of the same parent has: some are older than the counter, or came without it. */
const greatestNumber = async (document: Document<unknown>, { path, per }: Numbering): Promise<number> => {
  const session = document.$session()
  const parents = Object.fromEntries(per.map((each) => [each, valueAt(document, each)]))
  const greatest = await (document.constructor as Model<unknown>).collection.findOne(
    { ...parents, [path]: { $gt: 0 } },
    { sort: { [path]: -1 }, projection: { [path]: 1 }, ...(session === null ? {} : { session }) },
  )
  return Number(greatest?.[path] ?? 0)
}

const countDocument = async (numbering: Numbering, document: Document<unknown>): Promise<void> => {
  const { name, path, per } = numbering
  const given = valueAt(document, path)
  const parent = per.map((each) => String(valueAt(document, each))).join(',')
  const session = document.$session()
  // The counter as it was is asked for: not every server tells what this very change made of it.
  const before = async (change: object): Promise<number> => {
    const counters = (document.constructor as Model<unknown>).db.collection<Counter>('counters')
    const options = { upsert: true, returnDocument: 'before', ...(session === null ? {} : { session }) } as const
    return (await counters.findOneAndUpdate({ _id: `${name}:${parent}` }, change, options))?.value ?? 0
  }
  if (given !== undefined) {
    const change = kept(given)
    if (change !== null) await before(change)
    return
  }
  const greatest = await greatestNumber(document, numbering)
  const number = (await before({ $inc: { value: 1 } })) + 1
  if (number > greatest) {
    document.set(path, number)
    return
  }
  await before({ $max: { value: greatest } })
  document.set(path, (await before({ $inc: { value: 1 } })) + 1)
}

/** Numbers documents from 1 for each parent: the last number of each is kept in the collection `counters`. */
export const numbered = (schema: object, numbering: Numbering): void => {
  const hooked = schema as Schema
  const done = new WeakSet<object>()
  hooked.pre('validate', async function () {
    // What is no number at all was refused when it was given, and must not be counted over.
    if (!this['$isNew'] || done.has(this) || !this.$isValid(numbering.path)) return
    await countDocument(numbering, this)
    done.add(this)
  })
}
