import { type Diagnostic, report } from '../kernel/diagnostic.js'
import type { Entity, Index, IndexPart, Key, Unique } from '../model/entity.js'
import type { Expression } from '../model/expression.js'
import type { Field } from '../model/field.js'
import { entityOf, fieldOf, findField, referenceOf } from '../model/lookup.js'
import type { Origin } from '../model/origin.js'
import type { SchemaSet } from '../model/schema-set.js'
import { isScalar } from '../model/type.js'
import type { IndexMethod } from '../model/words.js'
import { type Context, isArray, typeAt } from './forms.js'
import { aligned, widthAsText, widthOf } from './value-width.js'

/**
 * An entry that an index makes: the bytes it may have at most, what it begins with, and how often it holds the value of a
 * field. `gist` and `brin` keep the least and the greatest of several values.
 */
interface EntryForm {
  readonly most: number
  readonly header: number
  readonly keys: 0 | 1 | 2
  readonly includes: 0 | 1
}

const word = 8

/** From `BTMaxItemSize`, `GinMaxItemSize`, `GiSTPageSize`, `SPGIST_PAGE_CAPACITY` and `BrinMaxItemSize` of pages of 8 KiB. */
const entryForms: Readonly<Record<IndexMethod, readonly EntryForm[]>> = {
  btree: [{ most: 2704, header: word, keys: 1, includes: 1 }],
  gin: [{ most: 2712, header: word, keys: 1, includes: 0 }],
  gist: [
    { most: 8152, header: word, keys: 1, includes: 1 },
    // Above the rows: two entries to a page at least, and the two values of each are one value with a length.
    { most: 4072, header: 2 * word, keys: 2, includes: 0 },
  ],
  // What is left of the key is in the header: a long key is cut into levels.
  spgist: [{ most: 8156, header: 3 * word, keys: 0, includes: 1 }],
  brin: [{ most: 8152, header: word, keys: 2, includes: 0 }],
  hash: [],
  hnsw: [],
  ivfflat: [],
}

/** What one entry holds of a field. */
interface Value {
  /** The field that the value's length is a matter of. */
  readonly field: string
  /** The bytes it takes at most, where texts have at most so many characters. */
  readonly width: (most?: number) => number
  readonly nullable: boolean
  /** Whether entries above the rows have two of it, rather than a summary of one size. */
  readonly isBound: boolean
}

/** An index, a unique or a key, as what Postgres puts into it. */
interface Indexed {
  readonly what: string
  readonly method: IndexMethod
  readonly keys: readonly Value[]
  readonly includes: readonly Value[]
  /** Whether `using: hash` would find the same rows. */
  readonly canHash: boolean
  readonly origin: Origin
}

type Owner = Context & { readonly entity: Entity }

/** The bytes of a value that the unique of another table has taken before this one sees it. */
const mostReferred = 2704 - word

interface Limiting {
  readonly entity: Entity
  readonly name: string
}

/** The field that says how long a value may be, at the end of a chain of references. */
const limitingField = (set: SchemaSet, entity: Entity, name: string): Limiting => {
  const reference = referenceOf(entity, fieldOf(entity, name))
  const next = reference?.to.fields[0]
  if (reference === undefined || next === undefined) return { entity, name }
  return limitingField(set, entityOf(set, reference.to.entity), next)
}

const columnValue = (owner: Owner, name: string): Value => {
  const { type, nullable } = fieldOf(owner.entity, name)
  // Archives and summaries keep what their entity's fields refer to.
  const source = entityOf(owner.set, owner.entity.name)
  const field = findField(source, name)
  const isHeld = field !== undefined && referenceOf(source, field)?.enforced === true
  const most = isHeld ? mostReferred : Number.POSITIVE_INFINITY
  const limiting = field === undefined ? { entity: source, name } : limitingField(owner.set, source, name)
  return {
    field: limiting.entity === source ? limiting.name : `${limiting.entity.name}.${limiting.name}`,
    width: (length) => Math.min(most, widthOf(owner, type, length)),
    nullable,
    isBound: true,
  }
}

const valueAt = (owner: Owner, path: readonly string[]): Value => {
  const [first = ''] = path
  if (path.length === 1) return columnValue(owner, first)
  const type = typeAt(owner, owner.entity.fields, path)
  return {
    field: path.join('.'),
    width: (length) => widthAsText(owner, type, length),
    nullable: true,
    isBound: true,
  }
}

/** The fields whose texts an expression may give: what compares, counts or calculates gives values of a few bytes. */
const textsOf = (owner: Owner, expression: Expression): readonly Value[] => {
  if (expression.kind === 'field') return [valueAt(owner, expression.path)]
  if (expression.kind !== 'call' || expression.function === 'length') return []
  return expression.arguments.flatMap((argument) => textsOf(owner, argument))
}

const widest = (values: readonly Value[]): readonly Value[] =>
  [...values].sort((a, b) => b.width() - a.width()).slice(0, 1)

/** Trigrams of three bytes, one more than characters at most. */
const trigrams = (owner: Owner, path: readonly string[]): Value => {
  const type = typeAt(owner, owner.entity.fields, path)
  const own = type.kind === 'text' || type.kind === 'format' ? type.maxLength : null
  const length = own ?? Number.POSITIVE_INFINITY
  const width: Value['width'] = (most = length) => word + 3 * (Math.min(length, most) + 1)
  return { ...valueAt(owner, path), width, isBound: false }
}

const keyValues = (owner: Owner, method: IndexMethod, part: IndexPart): readonly Value[] => {
  if (part.kind === 'expression') return widest(textsOf(owner, part.expression))
  const name = part.operatorClass ?? ''
  if (method === 'gist' && name !== '') return name.endsWith('_trgm_ops') ? [trigrams(owner, part.path)] : []
  return method === 'brin' && name.endsWith('_bloom_ops') ? [] : [valueAt(owner, part.path)]
}

/** What gin has of a field as entries: the items of an array, whole texts by a class of theirs, of all else a hash or parts. */
const itemOf = (owner: Owner, part: IndexPart): readonly Value[] => {
  if (part.kind !== 'field' || part.path.length > 1 || /trgm|jsonb/.test(part.operatorClass ?? '')) return []
  const value = valueAt(owner, part.path)
  const type = typeAt(owner, owner.entity.fields, part.path)
  const item = type.kind === 'list' && isArray(type) ? type.of : type
  if (!isScalar(item)) return []
  return [{ ...value, width: (most) => widthOf(owner, item, most), nullable: false }]
}

/** The column's number, which stands before each value where an index of gin has several. */
const columnNumber: Value = { field: '', width: () => word, nullable: false, isBound: true }

const total = (values: readonly Value[], most: number | undefined): number =>
  values.reduce((sum, { width }) => sum + aligned(width(most)), 0)

const entryWidth = ({ header, keys: copies, includes }: EntryForm, indexed: Indexed, most?: number): number => {
  const keys = copies === 2 ? indexed.keys.filter(({ isBound }) => isBound) : indexed.keys
  const values = [...keys, ...indexed.includes]
  const nulls = values.length > 1 && values.some(({ nullable }) => nullable) ? word : 0
  return (
    header +
    nulls +
    (copies === 0 ? 0 : copies * total(keys, most)) +
    (includes === 0 ? 0 : total(indexed.includes, most))
  )
}

const fits = (indexed: Indexed, most?: number): boolean =>
  entryForms[indexed.method].every((form) => entryWidth(form, indexed, most) <= form.most)

/** The greatest length of texts with which entries fit; null where none does. */
const lengthThatFits = (indexed: Indexed): number | null => {
  for (let length = 8192; length > 0; length--) if (fits(indexed, length)) return length
  return null
}

/** The fields to limit; where no limit is enough, those that have none, or all. */
const fieldsToName = ({ keys, includes }: Indexed, length: number | null): readonly Value[] => {
  const values = [...keys, ...includes].filter(({ field }) => field !== '')
  if (length !== null) return values.filter(({ width }) => width(length) < width())
  const endless = values.filter(({ width }) => width(1) === Number.POSITIVE_INFINITY)
  return endless.length > 0 ? endless : values
}

const namesOf = (values: readonly Value[]): string => [...new Set(values.map(({ field }) => `\`${field}\``))].join(', ')

const problemOf = (indexed: Indexed): readonly Diagnostic[] => {
  if (fits(indexed)) return []
  const { what, method, canHash, origin } = indexed
  const length = lengthThatFits(indexed)
  const fields = namesOf(fieldsToName(indexed, length))
  return [report('index-too-wide', origin, { what, method, fields, length, canHash })]
}

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')

const problemOfColumns = (
  owner: Owner,
  kind: string,
  fields: readonly string[],
  origin: Origin,
): readonly Diagnostic[] => {
  const keys = fields.map((name) => columnValue(owner, name))
  return problemOf({ what: `${kind} ${listed(fields)}`, method: 'btree', keys, includes: [], canHash: false, origin })
}

/** Whether a key can take every value that its types let through. */
export const keyWidth = (
  owner: Owner,
  { fields, origin }: Key & { readonly kind: 'fields' },
): readonly Diagnostic[] => {
  const [only, ...others] = fields.map((name) => fieldOf(owner.entity, name))
  return problemOfColumns(owner, 'the key', fields, only !== undefined && others.length === 0 ? only.origin : origin)
}

/** The same of the counters of a field that is numbered per parent. */
export const counterWidth = (owner: Owner, { name, origin }: Field, per: readonly string[]): readonly Diagnostic[] =>
  problemOfColumns(owner, `the table of the last \`${name}\` per`, per, origin)

/** The same of a unique; a note says that it need not. */
export const uniqueWidth = (owner: Owner, { fields, note, origin }: Unique): readonly Diagnostic[] => {
  const { name, table } = owner.entity
  const of = table === entityOf(owner.set, name).table ? '' : ` of \`${table}\``
  return note === null ? problemOfColumns(owner, `the unique${of} over`, fields, origin) : []
}

const namesOfPart = (part: IndexPart): string =>
  part.kind === 'field' ? listed([part.path.join('.')]) : 'an expression'

/** The same of an index. */
export const indexWidth = (owner: Owner, index: Index): readonly Diagnostic[] => {
  if (index.note !== null) return []
  const { parts, unique, using, origin } = index
  const method = using ?? 'btree'
  const what = `the index over ${parts.map(namesOfPart).join(', ')}`
  const indexed = { what, method, includes: [], canHash: false, origin }
  if (method === 'gin') {
    const number = parts.length > 1 ? [columnNumber] : []
    return parts
      .flatMap((part) => itemOf(owner, part))
      .flatMap((item) => problemOf({ ...indexed, keys: [...number, item] }))
  }
  const keys = parts.flatMap((part) => keyValues(owner, method, part))
  const includes = index.include.map((name) => columnValue(owner, name))
  const canHash = method === 'btree' && !unique && parts.length === 1 && includes.length === 0
  return problemOf({ ...indexed, keys, includes, canHash })
}
