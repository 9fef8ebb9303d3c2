import type { Check } from '../../model/entity.js'
import type { Default } from '../../model/field.js'
import type { JsonValue } from '../../model/origin.js'
import { checkExpression, type Owner } from '../expression/index.js'
import { type RuleContext, scopeOf } from './rule.js'

/** The value a default always gives; `undefined` when it hangs on the insert. */
export const fixedValue = (given: Default | null): JsonValue | undefined =>
  given?.kind === 'literal' ? given.value : undefined

/** The checks that are sound, so that they can be evaluated. */
export const soundChecks = (
  owner: Owner & { readonly checks: readonly Check[] },
  context: RuleContext,
): readonly Check[] =>
  owner.checks.filter(
    ({ expression }) => checkExpression(expression, scopeOf(context, owner), { kind: 'condition' }).length === 0,
  )
