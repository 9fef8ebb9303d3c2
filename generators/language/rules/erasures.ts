import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import { fieldsRead } from '../../model/expression.js'
import type { Field } from '../../model/field.js'
import { findField, isKeyField } from '../../model/lookup.js'
import type { Erasure, Lifecycle } from '../../model/retention.js'
import { fieldsNaming, namesOutOfReach } from '../../model/subject.js'
import { evaluatePredicate } from '../expression/index.js'
import { entityRule, placeOf, type RuleContext, scopeOf } from './rule.js'
import { soundChecks } from './sound-checks.js'

type EraseProblem =
  | 'no-person'
  | 'nobody'
  | 'elsewhere'
  | 'out-of-reach'
  | 'key'
  | 'required'
  | 'immutable'
  | 'computed'
  | 'unique'
  | 'check'
  | 'summary'

interface Finding {
  readonly problem: EraseProblem
  readonly related?: Parameters<typeof report>[3]
}

/** What keeps a rule from finding whose rows it is about. */
const reachProblem = (entity: Entity, field: Field, rule: Erasure['rule'], { set }: RuleContext): Finding | null => {
  const named = fieldsNaming(set, entity, 'user')
  const isOut = namesOutOfReach(set, field, 'user')
  if (!named.includes(field) && !isOut && !field.personal) return { problem: 'no-person' }
  if (rule.kind === 'keep') return null
  if (isOut) return { problem: 'out-of-reach' }
  if (named.includes(field)) return null
  if (named.length === 0) return { problem: 'nobody' }
  const related = named.map(({ name, origin: at }) => ({ message: `\`${name}\` names a person`, at }))
  return rule.kind === 'delete' ? { problem: 'elsewhere', related } : null
}

/** The field, and those that a rule before its own makes null: one person after another, or one in several fields. */
const nulledUpTo = ({ retention }: Entity, { name }: Field): ReadonlySet<string> => {
  const nulled = (retention?.erase ?? []).filter(({ rule }) => rule.kind === 'null').map(({ field }) => field)
  return new Set(nulled.slice(0, nulled.indexOf(name) + 1))
}

/** Why a field that may be null cannot be made null in rows that are there. */
const conflictOf = (entity: Entity, field: Field, context: RuleContext): Finding | null => {
  const unique = entity.uniques.find(({ fields, nulls }) => nulls === 'not distinct' && fields.includes(field.name))
  if (unique !== undefined) {
    return { problem: 'unique', related: [{ message: 'the unique is here', at: unique.origin }] }
  }
  const nulls = nulledUpTo(entity, field)
  const read = (name: string) => (nulls.has(name) ? null : undefined)
  const check = soundChecks(entity, context).find(
    ({ expression }) =>
      fieldsRead(expression).some(([name]) => name === field.name) &&
      evaluatePredicate(expression, scopeOf(context, entity), read) === false,
  )
  return check === undefined
    ? null
    : { problem: 'check', related: [{ message: `the check \`${check.name}\` is here`, at: check.origin }] }
}

const stepsOf = (lifecycle: Lifecycle | null | undefined) => (lifecycle?.kind === 'steps' ? lifecycle.steps : [])

/** The summary that counts by a field: its counts cannot be made to be of nobody, since those of nobody are there already. */
const summaryOf = ({ retention }: Entity, { name }: Field): Finding | null => {
  const summary = stepsOf(retention?.lifecycle)
    .map(({ summarise }) => summarise)
    .find((one) => one?.by.some((group) => group.field === name && group.period === null))
  return summary == null
    ? null
    : { problem: 'summary', related: [{ message: 'the summary is here', at: summary.origin }] }
}

const nullProblem = (entity: Entity, field: Field, context: RuleContext): Finding | null => {
  if (isKeyField(entity, field)) return { problem: 'key' }
  if (!field.nullable) return { problem: 'required' }
  if (field.generated !== null) return { problem: 'computed' }
  if (field.immutable) return { problem: 'immutable' }
  return conflictOf(entity, field, context) ?? summaryOf(entity, field)
}

const findingOf = (entity: Entity, field: Field, { rule }: Erasure, context: RuleContext): Finding | null =>
  reachProblem(entity, field, rule, context) ?? (rule.kind === 'null' ? nullProblem(entity, field, context) : null)

/** What happens to the rows of a person is said of fields that find them, and can be done. */
export const erasures = entityRule('erasures', function* (entity, context): Generator<Diagnostic> {
  for (const [position, erasure] of (entity.retention?.erase ?? []).entries()) {
    const at = placeOf(erasure.origin, erasure.field)
    const twice = entity.retention?.erase.slice(0, position).find(({ field }) => field === erasure.field)
    if (twice !== undefined) {
      const related = [{ message: 'the first is here', at: twice.origin }]
      yield report('erase-misuse', at, { field: erasure.field, problem: 'twice' }, related)
    }
    const field = findField(entity, erasure.field)
    if (field === undefined || context.isBroken(entity.name, field.name)) continue
    const finding = findingOf(entity, field, erasure, context)
    if (finding !== null)
      yield report('erase-misuse', at, { field: field.name, problem: finding.problem }, finding.related ?? [])
  }
})
