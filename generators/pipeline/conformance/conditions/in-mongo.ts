import type { ExtendedJsonObject } from '../../../document/collections.js'
import { conditionOf } from '../../../document/expression/aggregation.js'
import { partialFilter } from '../../../document/filter.js'
import { storedName, whereFilter } from '../../../document/index.js'
import { entityScope, filterScope } from '../../../document/scopes.js'
import { accepts } from '../../../engines/mongo/stand-in.js'
import type { Entity } from '../../../model/entity.js'
import { fieldsRead } from '../../../model/expression.js'
import { findField } from '../../../model/lookup.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import { documentOf, type Members, members, type Sample } from '../rows/sample.js'
import type { Condition } from './condition.js'
import { type Answer, type ConditionReader, type Printed, rowByRow } from './reader.js'

type Document = Readonly<Record<string, unknown>>

const isNull = (value: Sample): boolean => value.kind === 'leaf' && value.forms.document === null

/** Without what is null, however deep: a document may lack it. */
const withoutNulls = (of: Members): Members =>
  members(
    of.members
      .filter(({ value }) => !isNull(value))
      .map((member) => (member.value.kind === 'members' ? { ...member, value: withoutNulls(member.value) } : member)),
  )

/** The row as documents hold it: with null where there is nothing, and without. */
export const documentsOf = (entity: Entity, row: Members): readonly [Document, Document] => {
  const stored = members(row.members.map((member) => ({ ...member, name: storedName(entity, member.name) })))
  return [documentOf(stored) as Document, documentOf(withoutNulls(stored)) as Document]
}

const onBoth = (entity: Entity, filter: ExtendedJsonObject): ((row: Members) => Answer) => {
  const matches = accepts(filter)
  return (row) => {
    const [whole, sparse] = documentsOf(entity, row).map(matches)
    if (whole === sparse) return whole === true
    return { words: `${whole} where null is stored, ${sparse} where it is missing` }
  }
}

/** Whether documents have all that a condition reads, in the open. */
export const isKept = ({ entity, expression }: Condition): boolean =>
  entity.stores.includes('mongo') &&
  fieldsRead(expression).every(([name = '']) => {
    const field = findField(entity, name)
    return field?.stores.includes('mongo') === true && field.encrypted === null
  })

type FilterOf = (set: SchemaSet, condition: Condition) => ExtendedJsonObject | null

/** What Mongo is asked with; only a `where` is. */
export const filterOf: FilterOf = (set, { entity, expression, reading }) =>
  reading === 'holds' ? whereFilter(set, entity, expression) : null

/** What a partial index says of its documents; null where none can. */
export const partialFilterOf: FilterOf = (set, { entity, expression, reading }) =>
  reading === 'holds' ? partialFilter(expression, filterScope(set, entity)) : null

/** What a validator, or a filter that no index can have, says. */
export const expressionOf: FilterOf = (set, { entity, expression, reading }) => ({
  $expr: conditionOf(expression, entityScope(set, entity), reading),
})

const readerOf = (set: SchemaSet, id: ConditionReader['id'], of: FilterOf, printed: Printed): ConditionReader =>
  rowByRow(id, (condition) => {
    const filter = isKept(condition) ? of(set, condition) : null
    return filter === null
      ? null
      : onBoth(condition.entity, JSON.parse(printed(JSON.stringify(filter))) as ExtendedJsonObject)
  })

/** Conditions as Mongo has them, read by the stand-in for a server. */
export const inMongo = (set: SchemaSet, printed: Printed): readonly ConditionReader[] => [
  readerOf(set, 'filter', filterOf, printed),
  readerOf(set, 'partial index', partialFilterOf, printed),
  readerOf(set, '$expr', expressionOf, printed),
]
