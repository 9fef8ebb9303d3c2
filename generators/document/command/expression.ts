import type { Diagnostic } from '../../kernel/diagnostic.js'
import { type CommandContext, isOperator, itemsOf, membersOf, type Part, shapeAt } from './context.js'
import { expressionOperators } from './operators.js'
import type { Shape } from './shape.js'
import { unknownOperator } from './unknown.js'

/** A field as an expression names it: `$a.b`; `$$` begins a variable, whose structure is not followed. */
const fieldIn = ({ value }: Part): string | null =>
  typeof value === 'string' && /^\$[^$]/.test(value) ? value.slice(1) : null

/** Every field and operator of an aggregation expression is one. */
export function* checkExpression(context: CommandContext, part: Part, shape: Shape): Generator<Diagnostic> {
  const field = fieldIn(part)
  if (field !== null) yield* shapeAt(context, 'value', part, field, shape).diagnostics
  for (const item of itemsOf(part)) yield* checkExpression(context, item, shape)
  for (const member of membersOf(part)) {
    const unknown = isOperator(member.key) ? unknownOperator(context, member, expressionOperators) : null
    if (unknown !== null) yield unknown
    else if (member.key !== '$literal') yield* checkExpression(context, member, shape)
  }
}
