import type { Check, Entity } from '../model/entity.js'
import { fieldsRead } from '../model/expression.js'
import { fieldOf } from '../model/lookup.js'

/** What a `ConstraintError` says of a unique: the same for every store. */
export const uniqueRule = (entity: Entity, properties: readonly string[]): string =>
  properties.length === 0
    ? `there is one row of ${entity.name}`
    : `another ${entity.name} has this ${properties.join(', ')}`

/** The properties that a check is about, in its order. */
export const checkedProperties = (entity: Entity, { expression }: Pick<Check, 'expression'>): readonly string[] => [
  ...new Set(fieldsRead(expression).map(([name = '']) => fieldOf(entity, name).property)),
]
