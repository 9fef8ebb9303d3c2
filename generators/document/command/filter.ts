import type { Diagnostic } from '../../kernel/diagnostic.js'
import { type CommandContext, checkParameter, isOperator, itemsOf, membersOf, type Part, shapeAt } from './context.js'
import { checkExpression } from './expression.js'
import { conditionOperators, filterOperators } from './operators.js'
import type { Shape } from './shape.js'
import { unknownOperator } from './unknown.js'

const itemOf = (shape: Shape): Shape => (shape.kind === 'list' ? shape.of : shape)

const listOfAny: Shape = { kind: 'value', bsonTypes: ['array'] }

/** The values that one of may, or all have to, stand there: a list of them, or a parameter that is a list. */
function* checkOneOf(context: CommandContext, part: Part, shape: Shape): Generator<Diagnostic> {
  yield* checkParameter(context, part, listOfAny)
  for (const item of itemsOf(part)) yield* checkCondition(context, item, shape)
}

function* checkElement(context: CommandContext, part: Part, shape: Shape): Generator<Diagnostic> {
  const isCondition = membersOf(part).some(({ key }) => isOperator(key) && !filterOperators.has(key))
  yield* isCondition ? checkCondition(context, part, itemOf(shape)) : checkFilter(context, part, itemOf(shape))
}

const comparisons: ReadonlySet<string> = new Set(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$not'])
const lists: ReadonlySet<string> = new Set(['$in', '$nin', '$all'])

/** The condition on what stands at one path: a value, a parameter, or operators. */
export function* checkCondition(context: CommandContext, part: Part, shape: Shape): Generator<Diagnostic> {
  yield* checkParameter(context, part, shape)
  for (const member of membersOf(part).filter(({ key }) => isOperator(key))) {
    const unknown = unknownOperator(context, member, conditionOperators)
    if (unknown !== null) yield unknown
    else if (comparisons.has(member.key)) yield* checkCondition(context, member, shape)
    else if (lists.has(member.key)) yield* checkOneOf(context, member, shape)
    else if (member.key === '$elemMatch') yield* checkElement(context, member, shape)
  }
}

/** Every path and operator of a filter is one, and its parameters can stand where they do. */
export function* checkFilter(context: CommandContext, part: Part, shape: Shape): Generator<Diagnostic> {
  for (const member of membersOf(part)) {
    if (!isOperator(member.key)) {
      const { found, diagnostics } = shapeAt(context, 'key', member, member.key, shape)
      yield* diagnostics
      if (found !== null) yield* checkCondition(context, member, found)
      continue
    }
    const unknown = unknownOperator(context, member, filterOperators)
    if (unknown !== null) yield unknown
    else if (member.key === '$expr') yield* checkExpression(context, member, shape)
    else for (const item of itemsOf(member)) yield* checkFilter(context, item, shape)
  }
}
