import type { Diagnostic } from '../../kernel/diagnostic.js'
import type { Check, Entity } from '../../model/entity.js'
import type { Expression } from '../../model/expression.js'
import { checkExpression, type Owner, type Purpose, refuseNow } from '../expression/index.js'
import { type Rule, type RuleContext, scopeOf } from './rule.js'

const condition: Purpose = { kind: 'condition' }

/** `timeless` names a place where `now()` cannot stand; null where it can. */
function* checked(
  expression: Expression | null,
  owner: Owner,
  purpose: Purpose,
  timeless: string | null,
  context: RuleContext,
): Generator<Diagnostic> {
  if (expression === null) return
  yield* checkExpression(expression, scopeOf(context, owner), purpose)
  if (timeless !== null) yield* refuseNow(expression, timeless)
}

function* ofOwner(owner: Owner & { readonly checks: readonly Check[] }, context: RuleContext) {
  for (const { expression } of owner.checks) yield* checked(expression, owner, condition, 'a check', context)
  for (const { name, generated, type } of owner.fields) {
    const purpose: Purpose = context.isBroken(owner.name, name) ? { kind: 'scalar' } : { kind: 'value', type }
    yield* checked(generated, owner, purpose, 'a computed field', context)
  }
}

function* ofEntity(entity: Entity, context: RuleContext) {
  for (const { where } of entity.uniques) {
    yield* checked(where, entity, condition, "a unique's `where`", context)
  }
  for (const index of entity.indexes) {
    yield* checked(index.where, entity, condition, "an index's `where`", context)
    for (const part of index.parts) {
      if (part.kind === 'expression') yield* checked(part.expression, entity, { kind: 'scalar' }, 'an index', context)
    }
  }
  for (const { where } of entity.lists) yield* checked(where, entity, condition, "a list's `where`", context)
  const lifecycle = entity.retention?.lifecycle
  for (const { where } of lifecycle?.kind === 'steps' ? lifecycle.steps : []) {
    yield* checked(where, entity, condition, null, context)
  }
}

/** Predicates name fields that exist, compare like with like, and do not read the clock where it is refused. */
export const predicates: Rule = {
  name: 'predicates',
  *check(context) {
    for (const object of context.set.objects) yield* ofOwner(object, context)
    for (const entity of context.set.entities) {
      yield* ofOwner(entity, context)
      yield* ofEntity(entity, context)
    }
  },
}
