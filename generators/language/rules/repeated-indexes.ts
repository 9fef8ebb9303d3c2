import { report } from '../../kernel/diagnostic.js'
import { hashOf } from '../../kernel/hash.js'
import type { Entity, Index, IndexOrder, IndexPart } from '../../model/entity.js'
import { keyFieldsOf } from '../../model/lookup.js'
import { entityRule } from './rule.js'

/** What serves a search: the fields of an index in order, as comparable texts. */
interface Served {
  readonly other: string
  readonly parts: readonly string[]
}

/** Nulls are the greatest where nothing is said (Postgres manual, 11.4), so that they are told apart here by their place. */
const orderText = ({ direction, nulls, collation }: IndexOrder, isReversed: boolean): string => {
  const isDescending = (direction === 'desc') !== isReversed
  const isFirst = (nulls === null ? direction === 'desc' : nulls === 'first') !== isReversed
  return `${isDescending ? 'desc' : 'asc'} nulls ${isFirst ? 'first' : 'last'} ${collation ?? ''}`
}

const partText = (part: IndexPart, isReversed = false): string => {
  const of = part.kind === 'field' ? `${part.path.join('.')} ${part.operatorClass ?? ''}` : hashOf(part.expression)
  return `${of} ${orderText(part, isReversed)}`
}

const plainText = (field: string): string =>
  `${field}  ${orderText({ direction: 'asc', nulls: null, collation: null }, false)}`

const startsWith = (longer: readonly string[], shorter: readonly string[]): boolean =>
  shorter.every((part, index) => longer[index] === part)

const sameParts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((part) => b.includes(part))

const isPlainBtree = ({ using, where }: Index): boolean => (using ?? 'btree') === 'btree' && where === null

const namesOf = ({ name, parts }: Index): string =>
  name === null
    ? `the index on ${parts.map((part) => (part.kind === 'field' ? part.path.join('.') : 'an expression')).join(', ')}`
    : `the index \`${name}\``

const keysOf = (entity: Entity): readonly Served[] => [
  { other: 'the key', parts: keyFieldsOf(entity).map(plainText) },
  ...entity.uniques
    .filter(({ where }) => where === null)
    .map(({ fields }) => ({ other: `the unique on ${fields.join(', ')}`, parts: fields.map(plainText) })),
]

const sameIndex = (a: Index, b: Index): boolean =>
  hashOf({ ...a, name: null, note: null }) === hashOf({ ...b, name: null, note: null })

/** The first index, key or unique that serves all that an index serves. */
const servedBy = (entity: Entity, index: Index, position: number): string | null => {
  const same = entity.indexes.slice(0, position).find((other) => sameIndex(other, index))
  if (same !== undefined) return namesOf(same)
  if (!isPlainBtree(index) || index.include.length > 0) return null
  const parts = index.parts.map((part) => partText(part))
  /** A btree reads backwards as well: an index that is descending throughout serves what the ascending one does. */
  const reversed = index.parts.map((part) => partText(part, true))
  if (index.unique) return keysOf(entity).find((other) => sameParts(other.parts, parts))?.other ?? null
  const others = entity.indexes
    .filter((other) => other !== index && isPlainBtree(other))
    .map((other) => ({ other: namesOf(other), parts: other.parts.map((part) => partText(part)) }))
    .filter((other) => other.parts.length > parts.length)
  const found = [...keysOf(entity), ...others].find(
    (other) => startsWith(other.parts, parts) || startsWith(other.parts, reversed),
  )
  return found?.other ?? null
}

/** No index repeats another, a key or a unique, unless a note says why. */
export const repeatedIndexes = entityRule('repeated-indexes', function* (entity) {
  for (const [position, index] of entity.indexes.entries()) {
    const other = index.note === null ? servedBy(entity, index, position) : null
    if (other !== null) yield report('repeated-index', index.origin, { other })
  }
})
