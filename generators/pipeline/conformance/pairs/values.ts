import type { Entity } from '../../../model/entity.js'
import type { Field } from '../../../model/field.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import type { Type } from '../../../model/type.js'
import { newFields } from '../../../script/shapes.js'
import { comparable } from '../comparable.js'
import type { ValidatorOf } from '../judges/zod.js'
import { cornersOf } from '../rows/corners.js'
import { within } from '../rows/given.js'
import { codeOf, columnOf, type Members, memberOf, type Sample, unsaid } from '../rows/sample.js'

/** Values with parts are no part of a unique or an order. */
const isPlain = ({ kind }: Type): boolean => !['json', 'object', 'list', 'map', 'union', 'vector'].includes(kind)

/** Fields whose values a bot gives and looks for. */
export const isPaired = ({ type, encrypted, generated, maintained }: Field): boolean =>
  isPlain(type) && encrypted === null && generated === null && maintained !== 'store'

/** So many values of a field are put beside each other. */
const mostValues = 24

/**
 * Values that an insert takes, at the corners of a field's type and in other rows: among them one value in several
 * spellings, and neighbours.
 *
 * @param rows valid rows; the values are put into the first
 */
export const valuesOf = (
  set: SchemaSet,
  entity: Entity,
  field: Field,
  rows: readonly Members[],
  validatorOf: ValidatorOf,
): readonly Sample[] => {
  const [base] = rows
  if (base === undefined) return []
  const insert = validatorOf(entity, ({ insertSchema }) => insertSchema)
  const corners = cornersOf(set, [field], base)
    .filter(({ path, missing }) => path === field.name && missing === null)
    .map((corner) => ({ value: corner.value, row: corner.build() }))
    .filter(
      ({ row }) => row.kind === 'members' && insert.safeParse(codeOf(within(entity, row, newFields(entity)))).success,
    )
    .map(({ value }) => value)
  const others = rows.flatMap((row) => memberOf(row, field.name) ?? [])
  const seen = new Set<string>()
  return [...corners, ...others]
    .filter((value) => codeOf(value) !== null && codeOf(value) !== unsaid && columnOf(value) !== unsaid)
    .filter((value) => {
      const spelling = comparable([codeOf(value), columnOf(value)])
      if (seen.has(spelling)) return false
      seen.add(spelling)
      return true
    })
    .slice(0, mostValues)
}
