import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { entitiesIn } from '../../model/lookup.js'
import { type CommandContext, isOperator, itemsOf, type Member, membersOf, type Part, shapeAt } from './context.js'
import { checkExpression } from './expression.js'
import { checkFilter } from './filter.js'
import { stageOperators } from './operators.js'
import { anything, type Shape, shapeOfDocuments } from './shape.js'
import { unknownOperator } from './unknown.js'

/** The keys of a sort or a projection are paths; values of a projection may be expressions. */
export function* checkKeys(context: CommandContext, part: Part, shape: Shape): Generator<Diagnostic> {
  for (const member of membersOf(part)) {
    const computes = typeof member.value === 'object' || typeof member.value === 'string'
    if (!computes) yield* shapeAt(context, 'key', member, member.key, shape).diagnostics
    yield* checkExpression(context, member, shape)
  }
}

/** A path that stands as a value, with or without a `$` before it. */
export function* checkNamed(context: CommandContext, part: Part, shape: Shape): Generator<Diagnostic> {
  for (const item of itemsOf(part)) yield* checkNamed(context, item, shape)
  if (typeof part.value !== 'string') return
  yield* shapeAt(context, 'value', part, part.value.replace(/^\$/, ''), shape).diagnostics
}

const memberAt = (part: Part, key: string): Member | undefined => membersOf(part).find((member) => member.key === key)

const partAt = (part: Part, key: string): Part => memberAt(part, key) ?? { pointer: part.pointer, value: null }

function* checkLookup(context: CommandContext, stage: Part, shape: Shape): Generator<Diagnostic> {
  const [from, collections] = [partAt(stage, 'from'), entitiesIn(context.set, 'mongo')]
  const entity = collections.find(({ collection }) => collection === from.value)
  if (entity === undefined && typeof from.value === 'string') {
    const names = collections.map(({ collection }) => collection)
    const words = { name: from.value, query: context.query.name, nearest: nearest(from.value, names) }
    yield report('query-collection', context.placeOf('value', from.pointer), words)
  }
  const foreign = entity === undefined ? anything : shapeOfDocuments(context.set, entity)
  yield* checkNamed(context, partAt(stage, 'localField'), shape)
  yield* checkNamed(context, partAt(stage, 'foreignField'), foreign)
  yield* checkPipeline(context, partAt(stage, 'pipeline'), foreign)
}

/** A path of `$unwind`, which may be the stage itself or under `path:`. */
const unwound = (stage: Part): Part => memberAt(stage, 'path') ?? stage

function* checkStage(context: CommandContext, stage: Member, shape: Shape): Generator<Diagnostic> {
  switch (stage.key) {
    case '$match':
      return yield* checkFilter(context, stage, shape)
    case '$sort':
    case '$project':
      return yield* checkKeys(context, stage, shape)
    case '$lookup':
      return yield* checkLookup(context, stage, shape)
    case '$unwind':
      return yield* checkNamed(context, unwound(stage), shape)
    case '$unset':
      return yield* checkNamed(context, stage, shape)
    case '$group':
    case '$addFields':
    case '$set':
    case '$sortByCount':
    case '$replaceRoot':
    case '$replaceWith':
      return yield* checkExpression(context, stage, shape)
    default:
  }
}

const keysOf = (stage: Part): readonly string[] => membersOf(stage).map(({ key }) => key)

const named = (names: readonly string[]): ReadonlyMap<string, Shape> => new Map(names.map((name) => [name, anything]))

const extended = (shape: Shape, names: readonly string[]): Shape =>
  shape.kind === 'document' ? { kind: 'document', members: new Map([...shape.members, ...named(names)]) } : shape

const topOf = (path: string): string => path.split('.')[0] ?? path

/** A projection that keeps some fields leaves those, and what it computes; one that leaves some out keeps the rest. */
const projected = (stage: Part, shape: Shape): Shape => {
  const keeps = membersOf(stage).some(({ key, value }) => key !== '_id' && value !== 0 && value !== false)
  return keeps ? { kind: 'document', members: named(['_id', ...keysOf(stage).map(topOf)]) } : shape
}

/** What documents are behind a stage. */
const shapeBehind = (stage: Member, shape: Shape): Shape => {
  switch (stage.key) {
    case '$match':
    case '$sort':
    case '$limit':
    case '$skip':
    case '$sample':
    case '$unset':
      return shape
    case '$unwind':
      return extended(shape, [topOf(String(unwound(stage).value).replace(/^\$/, ''))])
    case '$addFields':
    case '$set':
      return extended(shape, keysOf(stage).map(topOf))
    case '$lookup':
      return extended(shape, [topOf(String(partAt(stage, 'as').value))])
    case '$project':
      return projected(stage, shape)
    case '$group':
      return { kind: 'document', members: named(keysOf(stage)) }
    case '$count':
      return { kind: 'document', members: named([String(stage.value)]) }
    case '$sortByCount':
      return { kind: 'document', members: named(['_id', 'count']) }
    default:
      return anything
  }
}

/** Every path and operator of a pipeline is one, as far as its stages let their results be known. */
export function* checkPipeline(context: CommandContext, part: Part, from: Shape): Generator<Diagnostic> {
  let shape = from
  for (const stage of itemsOf(part).flatMap(membersOf)) {
    const unknown = isOperator(stage.key) ? unknownOperator(context, stage, stageOperators) : null
    if (unknown !== null) yield unknown
    else yield* checkStage(context, stage, shape)
    shape = shapeBehind(stage, shape)
  }
}

/** What documents are behind all stages of a pipeline. */
export const shapeBehindAll = (part: Part, from: Shape): Shape =>
  itemsOf(part)
    .flatMap(membersOf)
    .reduce((shape, stage) => shapeBehind(stage, shape), from)

const followed: ReadonlySet<string> = new Set(
  '$match $sort $group $project $addFields $set $unset $lookup $unwind $limit $skip $count $sortByCount $sample'.split(
    ' ',
  ),
)

/** The stages of a pipeline behind which the structure of documents is not known. */
export const stagesNotFollowed = (part: Part): readonly string[] =>
  itemsOf(part)
    .flatMap(membersOf)
    .map(({ key }) => key)
    .filter((key) => stageOperators.has(key) && !followed.has(key))
