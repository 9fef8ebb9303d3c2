import type { Entity } from '../../../model/entity.js'
import type { Expression } from '../../../model/expression.js'
import type { SchemaSet } from '../../../model/schema-set.js'

/** A check `passes` when it is unknown; a `where` matches only what it `holds` for. */
export type Reading = 'passes' | 'holds'

/** A condition on the rows of an entity. */
export interface Condition {
  readonly entity: Entity
  /** What it is, for people: "the check `cheap`". */
  readonly name: string
  readonly expression: Expression
  readonly reading: Reading
}

const holding = (entity: Entity, name: string, expression: Expression | null): readonly Condition[] =>
  expression === null ? [] : [{ entity, name, expression, reading: 'holds' }]

const ofEntity = (entity: Entity): readonly Condition[] => {
  const lifecycle = entity.retention?.lifecycle
  return [
    ...entity.checks.map(
      ({ name, expression }): Condition => ({ entity, name: `the check \`${name}\``, expression, reading: 'passes' }),
    ),
    ...entity.uniques.flatMap(({ fields, where }) =>
      holding(entity, `the \`where\` of unique ${fields.join(', ')}`, where),
    ),
    ...entity.indexes.flatMap(({ name, where }, index) =>
      holding(entity, `the \`where\` of index ${name ?? index + 1}`, where),
    ),
    ...entity.lists.flatMap(({ name, where }) => holding(entity, `the \`where\` of list ${name}`, where)),
    ...(lifecycle?.kind === 'steps' ? lifecycle.steps : []).flatMap(({ where }, index) =>
      holding(entity, `the \`where\` of retention step ${index + 1}`, where),
    ),
  ]
}

/** Every check and every `where` of a set's entities, in the order of the YAML. */
export const conditionsOfSet = ({ entities }: SchemaSet): readonly Condition[] => entities.flatMap(ofEntity)
