import type { Diagnostic } from '../../kernel/diagnostic.js'
import { type CommandContext, checkParameter, itemsOf, type Member, membersOf, type Part, shapeAt } from './context.js'
import { checkCondition, checkFilter } from './filter.js'
import { updateOperators } from './operators.js'
import { checkPipeline } from './pipeline.js'
import { anything, type Shape } from './shape.js'
import { unknownOperator } from './unknown.js'

/** Operators that put their value where the path leads, and those that put it into the list there. */
const placing: ReadonlySet<string> = new Set(['$set', '$setOnInsert', '$min', '$max', '$inc', '$mul'])
const adding: ReadonlySet<string> = new Set(['$push', '$addToSet'])

/** A document as it is inserted: every key is a field, at any depth. */
export function* checkDocument(context: CommandContext, part: Part, shape: Shape): Generator<Diagnostic> {
  yield* checkParameter(context, part, shape)
  for (const item of itemsOf(part)) yield* checkDocument(context, item, shape.kind === 'list' ? shape.of : anything)
  for (const member of membersOf(part)) {
    const { found, diagnostics } = shapeAt(context, 'key', member, member.key, shape)
    yield* diagnostics
    if (found !== null) yield* checkDocument(context, member, found)
  }
}

function* checkAdded(context: CommandContext, part: Part, shape: Shape): Generator<Diagnostic> {
  const item = shape.kind === 'list' ? shape.of : anything
  const each = membersOf(part).find(({ key }) => key === '$each')
  if (each === undefined) yield* checkDocument(context, part, item)
  else for (const added of itemsOf(each)) yield* checkDocument(context, added, item)
}

function* checkPulled(context: CommandContext, part: Part, shape: Shape): Generator<Diagnostic> {
  const item = shape.kind === 'list' ? shape.of : anything
  yield* item.kind === 'document' ? checkFilter(context, part, item) : checkCondition(context, part, item)
}

function* checkChange(context: CommandContext, operator: string, member: Member, shape: Shape): Generator<Diagnostic> {
  const { found, diagnostics } = shapeAt(context, 'key', member, member.key, shape)
  yield* diagnostics
  if (found === null) return
  if (placing.has(operator)) yield* checkDocument(context, member, found)
  if (adding.has(operator)) yield* checkAdded(context, member, found)
  if (operator === '$pull') yield* checkPulled(context, member, found)
}

/** Every path and operator of an update is one: of operators, or of a pipeline. */
export function* checkUpdate(context: CommandContext, part: Part, shape: Shape): Generator<Diagnostic> {
  yield* checkPipeline(context, part, shape)
  for (const operator of membersOf(part)) {
    const unknown = unknownOperator(context, operator, updateOperators)
    if (unknown !== null) yield unknown
    else for (const member of membersOf(operator)) yield* checkChange(context, operator.key, member, shape)
  }
}
