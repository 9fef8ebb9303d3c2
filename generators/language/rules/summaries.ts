import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import type { Summary } from '../../model/retention.js'
import { fieldNameForm, isFieldName } from '../resolve/field-names.js'
import { entityRule, placeOf, type RuleContext } from './rule.js'
import { isNumeric, isStructured, isTemporal } from './types.js'
import { soundFields, unknownFields } from './unknown-field.js'

type Problem = 'period' | 'hour' | 'group' | 'number' | 'order' | 'itself' | 'taken' | 'unit'

const groupProblem = ({ type, encrypted }: Field, period: Summary['by'][number]['period']): Problem | null => {
  if (period === null) return isStructured(type) || encrypted !== null ? 'group' : null
  if (!isTemporal(type)) return 'period'
  return period === 'hour' && type.kind === 'date' ? 'hour' : null
}

/** Whether each store puts values of a type in the same order: texts it does not, nor are all others in an order at all. */
const isOrdered = ({ type, encrypted }: Field): boolean =>
  encrypted === null && (isNumeric(type) || isTemporal(type) || type.kind === 'time')

const aggregateProblem = (field: Field, name: Summary['aggregates'][number]['function']): Problem | null => {
  if (name === 'sum') return isNumeric(field.type) ? null : 'number'
  return isOrdered(field) ? null : 'order'
}

/** `days(created_at)`, where no period is called so. */
const isCall = (name: string): boolean => /^[a-z]+\(.*\)$/.test(name)

/** The names that a summary gives. */
const columnsOf = ({ count, aggregates }: Summary): readonly string[] => [
  ...(count === null ? [] : [count]),
  ...aggregates.map(({ as }) => as),
]

function* ofSummary(entity: Entity, summary: Summary, context: RuleContext): Generator<Diagnostic> {
  const refuse = (name: string, problem: Problem) =>
    report('summary-misuse', placeOf(summary.origin, name), { name, problem })
  const names = [...summary.by.map(({ field }) => field), ...summary.aggregates.map(({ field }) => field)]
  for (const name of names.filter(isCall)) yield refuse(name, 'unit')
  yield* unknownFields(
    entity,
    names.filter((name) => !isCall(name)),
    summary.origin,
  )
  for (const name of columnsOf(summary)) {
    const at = placeOf(summary.origin, name)
    // A summary has no key of its own: Mongo gives its documents an `_id`.
    if (!isFieldName(name) || name === '_id')
      yield report('invalid-name', at, { name, what: 'a field', form: fieldNameForm })
  }
  const owner = context.set.entities.find(({ name, table }) => summary.into === table || summary.into === name)
  if (owner !== undefined) yield refuse(summary.into, owner === entity ? 'itself' : 'taken')
  for (const { field: name, period } of summary.by) {
    const [field] = soundFields(entity, [name], context)
    const problem = field && groupProblem(field, period)
    if (problem != null) yield refuse(name, problem)
  }
  for (const { function: aggregate, field: name } of summary.aggregates) {
    const [field] = soundFields(entity, [name], context)
    const problem = field && aggregateProblem(field, aggregate)
    if (problem != null) yield refuse(name, problem)
  }
}

/** A summary counts by values that every store tells apart alike, and adds up what can be added. */
export const summaries = entityRule('summaries', function* (entity, context): Generator<Diagnostic> {
  const lifecycle = entity.retention?.lifecycle
  for (const { summarise, action } of lifecycle?.kind === 'steps' ? lifecycle.steps : []) {
    if (summarise === null) continue
    yield* ofSummary(entity, summarise, context)
    if (action.kind !== 'delete') {
      yield report('summary-misuse', summarise.origin, { name: summarise.into, problem: 'not-deleted' })
    }
  }
})
