import { Document as AnyDocument, Model, Error as MongooseError, type Schema, type SchemaType } from 'mongoose'
import { at, isRecord, type Kind, type Slot, slotsOf } from './kinds.js'
import { type Baselines, baselineOf, isSame, remember, sameItems, wasStored } from './stored.js'

/** A document by the names that no field takes away: a field may be called `isNew` or `populated`. */
interface Document extends AnyDocument {
  readonly $isNew: boolean
  readonly $isModified: (path: string) => boolean
  readonly $populated: (path: string) => unknown
}

const isDocument = (value: unknown): value is Document => value instanceof AnyDocument

/** What a save writes, until it is known to have succeeded. */
const written = new WeakMap<object, Baselines>()

/** A copy that stays as it is. Documents stand for themselves: what they hold is compared apart. */
const copyOf = (value: unknown): unknown => {
  if (isDocument(value)) return value
  if (value instanceof Date) return new Date(value)
  if (value instanceof Uint8Array) return new Uint8Array(value)
  if (Array.isArray(value)) return Array.from(value, copyOf)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)]))
}

interface Tracked {
  readonly name: string
  readonly slot: Slot
  readonly type: SchemaType
}

const trackedIn = new WeakMap<Schema, readonly Tracked[]>()

const inPlace: ReadonlySet<string> = new Set(['Mixed', 'Date', 'Buffer', 'Array', 'Embedded'])

const innerSchema = (type: SchemaType): Schema | null => ('schema' in type ? (type.schema as Schema) : null)

/** The fields whose values can be changed without an assignment to the field. */
const trackedOf = (schema: Schema): readonly Tracked[] => {
  const before = trackedIn.get(schema)
  if (before !== undefined) return before
  const tracked = slotsOf(schema).flatMap(([name, slot, type]) =>
    innerSchema(type) !== null || inPlace.has(type.instance) ? [{ name, slot, type }] : [],
  )
  trackedIn.set(schema, tracked)
  return tracked
}

/** The values as Mongoose holds them, past getters and populated fields. */
const heldBy = (document: Document): { readonly [name: string]: unknown } => Reflect.get(document, '_doc') as never

/** The subdocuments of a field. */
const documentsIn = (type: SchemaType, value: unknown): readonly Document[] => {
  if (innerSchema(type) === null) return []
  return (Array.isArray(value) ? Array.from<unknown>(value) : [value]).filter(isDocument)
}

/** Whether `populate` has put documents in the place of ids: ids are what is stored. */
const isPopulated = (document: Document, { name, type }: Tracked): boolean => {
  if (document.$populated(name) !== undefined) return true
  const held = heldBy(document)[name]
  return innerSchema(type) === null && (Array.isArray(held) ? held.some(isDocument) : isDocument(held))
}

const baselinesOf = (document: Document, schema: Schema, all: Baselines = new Map()): Baselines => {
  const held = heldBy(document)
  const fields = trackedOf(schema)
  all.set(document, new Map(fields.map(({ name }) => [name, copyOf(held[name])])))
  for (const { name, type } of fields) {
    for (const inner of documentsIn(type, held[name])) baselinesOf(inner, innerSchema(type) ?? schema, all)
  }
  return all
}

/** Whether a key is one step of a path, to MongoDB and to Mongoose. */
const isStep = (key: string): boolean => key !== '' && key !== '_doc' && !/^\$|\./.test(key)

/**
 * Marks what differs, as far inside as paths lead: two bots that change two keys of a map do not undo one another's change.
 */
const markDifference = (document: Document, path: string, kind: Kind, was: unknown, is: unknown): void => {
  if (isSame(was, is)) return
  const keys = isRecord(was) && isRecord(is) ? [...new Set([...Object.keys(was), ...Object.keys(is)])] : []
  if (keys.length === 0 || !keys.every((key) => isStep(key) && kind.at(key) !== null)) {
    document.markModified(path)
    return
  }
  for (const key of keys) {
    const inner = kind.at(key)?.kind ?? kind
    const [before, now] = [was, is].map((record) => (record as { readonly [key: string]: unknown })[key])
    markDifference(document, `${path}.${key}`, inner, before, now)
  }
}

/** A list of Mongoose's, with the operations that it is to be saved by. */
interface List extends ReadonlyArray<unknown> {
  readonly $atomics?: () => { readonly [operator: string]: unknown }
}

const eachOf = (value: unknown): readonly unknown[] => {
  const each: unknown = isRecord(value) ? value['$each'] : value
  return Array.isArray(each) ? each : [value]
}

/** What the operations make of a list; null where they write it whole, or cannot be told. */
const afterOperations = (was: readonly unknown[], operations: { readonly [operator: string]: unknown }) => {
  let items: readonly unknown[] = was
  for (const [operator, value] of Object.entries(operations)) {
    const pushed = eachOf(value)
    if (operator === '$push' && isRecord(value) && typeof value['$position'] === 'number')
      items = [...items.slice(0, value['$position']), ...pushed, ...items.slice(value['$position'])]
    else if (operator === '$push' || operator === '$addToSet') items = [...items, ...pushed]
    else if (operator === '$pullAll') items = items.filter((item) => !pushed.some((one) => isSame(one, item)))
    else if (operator === '$pop') items = value === 1 ? items.slice(0, -1) : items.slice(1)
    else return null
  }
  return items
}

/** Mongoose writes a list whole where the list and what is inside of it are both marked. */
const markWhole = (document: Document, path: string): void => {
  document.markModified(path)
  document.markModified(`${path}.length`)
}

const markList = (document: Document, { name, slot }: Tracked, was: unknown, is: List): void => {
  const operations = is.$atomics?.() ?? {}
  const isMarked = document.isDirectModified(name)
  if ('$set' in operations || !Array.isArray(was) || document.$populated(name) !== undefined) return
  if (Object.keys(operations).length > 0) {
    const expected = afterOperations(was, operations)
    if (expected !== null && !sameItems(is, expected)) markWhole(document, name)
    return
  }
  if (isMarked) return
  if (was.length !== is.length || was.some((_, index) => !(index in is))) {
    document.markModified(name)
    return
  }
  const item = slot.kind.at('0')
  for (const [index, before] of was.entries()) {
    const path = `${name}.${index}`
    if (item !== null && !document.isDirectModified(path)) markDifference(document, path, item.kind, before, is[index])
  }
}

/** Fills what the parts of a value have defaults for into the value itself, which the program may hold on to. */
const filled = (value: unknown, complete: unknown): unknown => {
  if (Array.isArray(value) && Array.isArray(complete) && value.length === complete.length) {
    for (const [index, item] of complete.entries()) {
      const given: unknown = value[index]
      const full = filled(given, item)
      if (!Object.is(full, given)) value[index] = full
    }
    return value
  }
  if (!isRecord(value) || !isRecord(complete) || Object.isFrozen(value)) return complete
  for (const [key, item] of Object.entries(complete)) {
    const full = filled(value[key], item)
    if (!Object.is(full, value[key])) value[key] = full
  }
  return value
}

/** A change that is wrong: where, and in what words. */
type Report = (document: Document, path: string, wrong: string, value: unknown) => void

const isThere = (value: unknown): boolean => value !== null && value !== undefined

const checkField = (document: Document, { name, slot, type }: Tracked, was: unknown, is: unknown, report: Report) => {
  const isChanged = !isSame(was, is)
  if (slot.fixed && !document.$isNew && isThere(was) && (isChanged || document.$isModified(name)))
    report(document, name, 'is immutable', is)
  if (!isChanged || !isThere(is) || innerSchema(type) !== null) return
  const complete = slot.kind.complete(is)
  if (slot.kind.fault(complete) === null) filled(is, complete)
  const wrong = slot.kind.fault(is)
  if (wrong !== null) report(document, name, wrong, is)
}

const markField = (document: Document, field: Tracked, was: unknown, is: unknown): void => {
  const { name, slot, type } = field
  if (Array.isArray(is)) markList(document, field, was, is)
  else if (innerSchema(type) === null && !document.isDirectModified(name))
    markDifference(document, name, slot.kind, was, is)
}

/** Marks what was changed in place since a document was loaded or saved, with all that it holds. */
const markChanges = (document: Document, schema: Schema, report: Report): void => {
  const held = heldBy(document)
  const baseline = baselineOf(document)
  for (const field of trackedOf(schema)) {
    const [was, is] = [baseline?.get(field.name), held[field.name]]
    if (isPopulated(document, field)) continue
    checkField(document, field, was, is, report)
    if (baseline !== undefined && !document.$isNew) markField(document, field, was, is)
    for (const inner of documentsIn(field.type, is)) markChanges(inner, innerSchema(field.type) ?? schema, report)
  }
}

/** A copy of a document, which Mongoose makes without loading it, is written as a whole. */
const markUnknown = (document: Document, schema: Schema): void => {
  if (document.$isNew || wasStored(document)) return
  const held = heldBy(document)
  for (const { name } of trackedOf(schema)) if (isThere(held[name])) document.markModified(name)
}

const invalidate: Report = (document, path, wrong, value) => {
  document.invalidate(path, at(path, wrong), value)
}

const refuse: Report = (_document, path, wrong) => {
  throw new MongooseError(at(path, wrong))
}

/** Mongoose's own properties of documents, and what a program may keep beside: functions, and names that begin so. */
const isOwn = (schema: Schema, name: string, value: unknown): boolean =>
  /^[$_]/.test(name) ||
  typeof value === 'function' ||
  name in schema.virtuals ||
  schema.pathType(name) !== 'adhocOrUndefined'

/** Refuses what was assigned to no field: it is on the object, and in no document that is saved. */
const refuseUnknown = (document: Document, schema: Schema): void => {
  for (const [name, value] of Object.entries(document)) {
    if (!isOwn(schema, name, value))
      document.invalidate(name, `${name} is not a field: keep what is not stored in $locals`, value)
  }
  const held = heldBy(document)
  for (const { name, type } of trackedOf(schema)) {
    for (const inner of documentsIn(type, held[name])) refuseUnknown(inner, innerSchema(type) ?? schema)
  }
}

/**
 * Has a document save what is changed in place: inside of json, maps, unions and lists of lists, in dates and bytes, where
 * Mongoose by itself would see nothing. What was there is kept as it was loaded or saved, and compared.
 */
export const trackChanges = (schema: Schema): void => {
  schema.post('init', (document) => {
    remember(baselinesOf(document as unknown as Document, schema))
  })
  schema.pre('validate', function () {
    const document = this as unknown as Document
    refuseUnknown(document, schema)
    markUnknown(document, schema)
    markChanges(document, schema, invalidate)
  })
  schema.pre('save', function () {
    const document = this as unknown as Document
    markUnknown(document, schema)
    markChanges(document, schema, refuse)
    written.set(document, baselinesOf(document, schema))
  })
  // Hooks of the program's own may change a document after these: this is the last that happens before it is written.
  schema.method('$__delta', function (this: Document, ...given: unknown[]) {
    markChanges(this, schema, refuse)
    written.set(this, baselinesOf(this, schema))
    return Reflect.apply(Reflect.get(Model.prototype, '$__delta') as () => unknown, this, given)
  })
  schema.post('save', (document) => {
    const saved = document as unknown as Document
    remember(written.get(saved) ?? baselinesOf(saved, schema))
    written.delete(saved)
  })
  schema.post('insertMany', (documents: unknown) => {
    for (const document of Array.isArray(documents) ? documents : []) {
      if (isDocument(document)) remember(baselinesOf(document, schema))
    }
  })
}
