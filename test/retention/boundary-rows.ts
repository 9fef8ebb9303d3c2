import type { Entity } from '../../generators/model/entity.js'
import type { Expression } from '../../generators/model/expression.js'
import { type Act, actsOf, clockOf } from '../../generators/model/lifecycle.js'
import { fieldOf } from '../../generators/model/lookup.js'
import type { JsonValue } from '../../generators/model/origin.js'
import { before, shifted } from './calendar.js'
import type { PlainRow } from './plain-values.js'

/** Runs come at these moments: on a leap day, at the end of a month, and with a year. */
export const moments = ['2092-02-29T00:00:00.000Z', '2092-03-31T23:59:59.999Z', '2093-01-01T00:00:00.000Z'] as const

const day = 86_400_000

/** The moment at which a row becomes due, and those just before and after it, in the form of the clock. */
const clocksAround = (entity: Entity, { due }: Act, at: string): readonly string[] => {
  const boundary = due.kind === 'after' ? before(at, due.age) : at
  return fieldOf(entity, clockOf(due)).type.kind === 'date'
    ? [-day, 0, day].map((offset) => shifted(boundary, offset).slice(0, 10))
    : [-1, 0, 1].map((offset) => shifted(boundary, offset))
}

/** Values around what a condition compares a field with; null where it may be. */
const valuesFor = (entity: Entity, { path: [name = ''] }: { readonly path: readonly string[] }, value: JsonValue) => {
  const { nullable } = fieldOf(entity, name)
  const around = typeof value === 'number' ? [value - 1, value, value + 1] : [value]
  const others = typeof value === 'boolean' ? [true, false] : around
  return [...others, ...(nullable ? [null] : [])].map((one): PlainRow => ({ [name]: one }))
}

/** What makes rows meet a condition or not, of those that compare a field with a value; others are left to the example. */
const variantsOf = (entity: Entity, where: Expression | null): readonly PlainRow[] => {
  if (where?.kind !== 'compare' || where.left.kind !== 'field' || where.right.kind !== 'literal') return [{}]
  const { value } = where.right
  if (value.kind === 'boolean') return valuesFor(entity, where.left, value.truth)
  if (value.kind === 'number') return valuesFor(entity, where.left, Number(value.text))
  return value.kind === 'string' ? [{}, ...valuesFor(entity, where.left, value.text)] : [{}]
}

/** Rows on both sides of every boundary of an entity's retention, and without the clock where it may be null. */
export const boundaryRows = (entity: Entity): readonly PlainRow[] => {
  const rows = actsOf(entity).flatMap((act): readonly PlainRow[] => {
    const clock = clockOf(act.due)
    const clocks = moments.flatMap((at) => clocksAround(entity, act, at))
    const unset = fieldOf(entity, clock).nullable ? [null] : []
    return variantsOf(entity, act.where).flatMap((variant) =>
      [...clocks, ...unset].map((value): PlainRow => ({ ...variant, [clock]: value })),
    )
  })
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()]
}
