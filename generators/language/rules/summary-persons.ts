import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import { findField } from '../../model/lookup.js'
import type { Summary } from '../../model/retention.js'
import { fieldsNaming } from '../../model/subject.js'
import { placeOf, type Rule, type RuleContext } from './rule.js'

const isKept = ({ retention }: Entity, name: string): boolean =>
  retention?.erase.some(({ field, rule }) => field === name && rule.kind === 'keep') === true

/** The fields whose values a summary shows as they are, and whether its rows can be found by the person they name. */
const shownBy = ({ by, aggregates }: Summary) => [
  ...by.flatMap(({ field, period }) => (period === null ? [{ field, isGroup: true }] : [])),
  ...aggregates.flatMap(({ function: name, field }) => (name === 'sum' ? [] : [{ field, isGroup: false }])),
]

function* ofSummary(entity: Entity, summary: Summary, { set }: RuleContext): Generator<Diagnostic> {
  const named = fieldsNaming(set, entity, 'user')
  for (const { field: name, isGroup } of shownBy(summary)) {
    const field = findField(entity, name)
    if (field === undefined || isKept(entity, name)) continue
    const names = named.includes(field)
    if (!(names || field.personal) || (names && isGroup)) continue
    const related = [{ message: `\`${name}\` is here`, at: field.origin }]
    yield report('summary-misuse', placeOf(summary.origin, name), { name, problem: 'personal' }, related)
  }
}

/** Where a set lets people be forgotten, what is left of their rows says nothing of them that is not found again. */
export const summaryPersons: Rule = {
  name: 'summary-persons',
  *check(context) {
    const { entities } = context.set
    if (!entities.some(({ retention }) => retention !== null && retention.erase.length > 0)) return
    for (const entity of entities) {
      const lifecycle = entity.retention?.lifecycle
      for (const { summarise } of lifecycle?.kind === 'steps' ? lifecycle.steps : []) {
        if (summarise !== null) yield* ofSummary(entity, summarise, context)
      }
    }
  },
}
