import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import { fieldsRead } from '../../model/expression.js'
import type { Field } from '../../model/field.js'
import { findField, isKeyField } from '../../model/lookup.js'
import type { JsonValue, Origin } from '../../model/origin.js'
import { evaluatePredicate } from '../expression/index.js'
import { entityRule, placeOf, type RuleContext, scopeOf } from './rule.js'
import { soundChecks } from './sound-checks.js'
import { isTemporal } from './types.js'
import { unknownField } from './unknown-field.js'
import { valueProblem } from './value-problem.js'

interface Assignment {
  readonly field: string
  readonly value: JsonValue | { readonly now: true }
  readonly origin: Origin
}

/** The values that a step or an event sets together. */
const assignmentsOf = ({ retention }: Entity): readonly (readonly Assignment[])[] => {
  if (retention === null) return []
  const { lifecycle, guildLeave, memberLeave } = retention
  const steps = lifecycle?.kind === 'steps' ? lifecycle.steps : []
  return [
    ...steps.flatMap(({ action, origin }) =>
      action.kind === 'set' ? [action.values.map((value) => ({ ...value, origin }))] : [],
    ),
    ...[guildLeave, memberLeave].flatMap((rule) =>
      rule?.kind === 'set' ? [rule.values.map((value) => ({ ...value, origin: rule.origin }))] : [],
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
  if (field.encrypted !== null) return 'it is encrypted, which only the bot can do'
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

/** Whether a row shows that a value was set in it: by the value itself, or by any time where there was none. */
const showsItself = (entity: Entity, { field, value }: Assignment): boolean =>
  !isNow(value) || findField(entity, field)?.nullable !== false

/** What is set can be told from what is not, or every run would set it again in every row. */
function* ofDoneness(entity: Entity, values: readonly Assignment[]): Generator<Diagnostic> {
  const [first] = values
  if (first === undefined || values.some((value) => showsItself(entity, value))) return
  const problem = 'it is never null, so nothing shows that a row was set, and every run would set it again'
  yield report('retention-set', placeOf(first.origin, first.field), { field: first.field, problem })
}

/** Rows that are set alike are told apart by something else: of a unique, one row could have the values, and every run would fail. */
function* ofUniques(entity: Entity, values: readonly Assignment[]): Generator<Diagnostic> {
  for (const { fields, nulls, where, origin } of entity.uniques) {
    const set = fields.map((name) => values.find(({ field }) => field === name))
    const isAlike = set.every((one) => one !== undefined && (one.value !== null || nulls === 'not distinct'))
    const [first] = set
    if (where !== null || !isAlike || first === undefined) continue
    const related = [{ message: 'the unique is here', at: origin }]
    const problem = 'it is unique, and only one row could have it'
    yield report('retention-set', placeOf(first.origin, first.field), { field: first.field, problem }, related)
  }
}

/** The values together meet the entity's checks, as far as those read nothing else. */
function* ofChecks(entity: Entity, values: readonly Assignment[], context: RuleContext): Generator<Diagnostic> {
  const given = new Map(values.map(({ field, value }) => [field, isNow(value) ? undefined : value]))
  const [first] = values
  if (first === undefined) return
  for (const { name, expression, origin } of soundChecks(entity, context)) {
    if (evaluatePredicate(expression, scopeOf(context, entity), (field) => given.get(field)) !== false) continue
    const [field = first.field] = fieldsRead(expression).flatMap(([read = '']) => (given.has(read) ? [read] : []))
    const related = [{ message: `the check \`${name}\` is here`, at: origin }]
    const problem = `the check \`${name}\` is false for it`
    yield report('retention-set', placeOf(first.origin, field), { field, problem }, related)
  }
}

/** What retention sets is a value of the field it is set in. */
export const retentionValues = entityRule('retention-values', function* (entity, context): Generator<Diagnostic> {
  for (const values of assignmentsOf(entity)) {
    const found = values.flatMap((value) => [...ofAssignment(entity, value, context)])
    yield* found
    if (found.length > 0) continue
    yield* ofDoneness(entity, values)
    yield* ofUniques(entity, values)
    yield* ofChecks(entity, values, context)
  }
})
