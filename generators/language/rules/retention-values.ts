import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import { findField, isKeyField } from '../../model/lookup.js'
import type { JsonValue, Origin } from '../../model/origin.js'
import { entityRule, placeOf, type RuleContext } from './rule.js'
import { isTemporal } from './types.js'
import { unknownField } from './unknown-field.js'
import { valueProblem } from './value-problem.js'

interface Assignment {
  readonly field: string
  readonly value: JsonValue | { readonly now: true }
  readonly origin: Origin
}

const assignmentsOf = ({ retention }: Entity): readonly Assignment[] => {
  if (retention === null) return []
  const { lifecycle, guildLeave, memberLeave } = retention
  const steps = lifecycle?.kind === 'steps' ? lifecycle.steps : []
  return [
    ...steps.flatMap(({ action, origin }) =>
      action.kind === 'set' ? action.values.map((value) => ({ ...value, origin })) : [],
    ),
    ...[guildLeave, memberLeave].flatMap((rule) =>
      rule?.kind === 'set' ? rule.values.map((value) => ({ ...value, origin: rule.origin })) : [],
    ),
  ]
}

const isNow = (value: Assignment['value']): value is { readonly now: true } =>
  value !== null && typeof value === 'object' && 'now' in value && value.now === true

const problemOf = (entity: Entity, field: Field, value: Assignment['value'], { set }: RuleContext): string | null => {
  if (isKeyField(entity, field)) return 'it is part of the key'
  if (field.generated !== null) return 'the store computes it'
  if (field.immutable) return 'it is immutable'
  if (value === null) return field.nullable ? null : 'it may not be null'
  if (isNow(value)) return isTemporal(field.type) ? null : '`now` is a moment'
  return valueProblem(field.type, value, set)
}

function* ofAssignment(entity: Entity, { field: name, value, origin }: Assignment, context: RuleContext) {
  const field = findField(entity, name)
  if (field === undefined) {
    yield unknownField(entity, name, origin)
    return
  }
  const problem = context.isBroken(entity.name, name) ? null : problemOf(entity, field, value, context)
  if (problem !== null) yield report('retention-set', placeOf(origin, name), { field: name, problem })
}

/** What retention sets is a value of the field it is set in. */
export const retentionValues = entityRule('retention-values', function* (entity, context): Generator<Diagnostic> {
  for (const assignment of assignmentsOf(entity)) yield* ofAssignment(entity, assignment, context)
})
