import { report } from '../../kernel/diagnostic.js'
import { fieldsRead } from '../../model/expression.js'
import { findField } from '../../model/lookup.js'
import { evaluatePredicate } from '../expression/index.js'
import { ownerRule, scopeOf } from './rule.js'
import { fixedValue, soundChecks } from './sound-checks.js'

/** No check is false for the defaults alone: what has none is not known, and may mend it. */
export const checkedDefaults = ownerRule('checked-defaults', function* (owner, context) {
  for (const { name, expression, origin } of soundChecks(owner, context)) {
    const read = (field: string) => fixedValue(findField(owner, field)?.default ?? null)
    if (evaluatePredicate(expression, scopeOf(context, owner), read) !== false) continue
    const names = fieldsRead(expression).map(([first = '']) => first)
    const culprit = names.map((field) => findField(owner, field)).find((field) => field?.default?.kind === 'literal')
    if (culprit?.default == null) continue
    const related = [{ message: `the check \`${name}\` is here`, at: origin }]
    yield report('default-against-check', culprit.default.origin, { field: culprit.name, check: name }, related)
  }
})
