import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { canonical } from '../../kernel/hash.js'
import type { Entity, Index } from '../../model/entity.js'
import type { Expression } from '../../model/expression.js'
import { type Act, actsOf, clockOf } from '../../model/lifecycle.js'
import { keyFieldsOf } from '../../model/lookup.js'
import { entityRule, placeOf, type RuleContext } from './rule.js'
import { isTemporal } from './types.js'
import { soundFields } from './unknown-field.js'

/** What finds rows by their fields in an order: of an index that is an expression or a part of an object, null. */
interface Finder {
  readonly fields: readonly (string | null)[]
  readonly where: Expression | null
}

/** Indexes that are searched by more than and less than (the manual, "Index Types"). */
const isOrdered = ({ using }: Index): boolean => using === null || using === 'btree' || using === 'brin'

const findersOf = (entity: Entity): readonly Finder[] => [
  { fields: keyFieldsOf(entity), where: null },
  ...entity.uniques.map(({ fields, where }) => ({ fields, where })),
  ...entity.indexes.filter(isOrdered).map(({ parts, where }) => ({
    fields: parts.map((part) => (part.kind === 'field' && part.path.length === 1 ? (part.path[0] ?? null) : null)),
    where,
  })),
]

/** The conditions that all hold where a condition does. */
const partsOf = (condition: Expression): readonly Expression[] =>
  condition.kind === 'and' ? [...partsOf(condition.left), ...partsOf(condition.right)] : [condition]

const isNotNull = (part: Expression, field: string): boolean =>
  part.kind === 'is-null' &&
  part.negated &&
  part.operand.kind === 'field' &&
  part.operand.path.length === 1 &&
  part.operand.path[0] === field

/** Postgres sees that a clock is not null where it is compared, and knows the parts of a partitioned table; Mongo neither. */
const isInMongo = ({ stores }: Entity): boolean => stores.includes('mongo')

/** Whether a partial index has all rows that an act is about, which have a clock and meet the act's own condition. */
const coversAct = (entity: Entity, where: Expression, act: Act): boolean => {
  const given = act.where === null ? [] : partsOf(act.where).map(canonical)
  const isGiven = (part: Expression): boolean =>
    given.includes(canonical(part)) || (!isInMongo(entity) && isNotNull(part, clockOf(act.due)))
  return partsOf(where).every(isGiven)
}

/** Whether something begins with a clock: an index, a unique, the key, or the names of a table's partitions. */
const findsDue = (entity: Entity, act: Act): boolean => {
  const clock = clockOf(act.due)
  if (entity.postgres.partition?.on === clock && !isInMongo(entity)) return true
  return findersOf(entity).some(
    ({ fields, where }) => fields[0] === clock && (where === null || coversAct(entity, where, act)),
  )
}

/** Whether an index has the rows of each group of `keep_newest` by their clock. */
const findsNewest = (entity: Entity, { keptNewest }: Act): boolean => {
  if (keptNewest === null) return true
  const { per, clock } = keptNewest
  return findersOf(entity).some(({ fields, where }) => {
    const groups = fields.slice(0, per.length)
    return where === null && per.every((name) => groups.includes(name)) && fields[per.length] === clock
  })
}

function* ofAct(entity: Entity, act: Act): Generator<Diagnostic> {
  const clock = clockOf(act.due)
  if (act.due.kind !== 'surplus' && !findsDue(entity, act)) {
    yield report('retention-index', placeOf(act.due.origin, clock), { fields: [clock], isNewest: false })
  }
  const { keptNewest } = act
  const isAlike = act.due.kind !== 'surplus' && keptNewest?.per.length === 0 && keptNewest.clock === clock
  if (keptNewest !== null && !isAlike && !findsNewest(entity, act)) {
    const at = entity.retention?.lifecycle?.kind === 'steps' ? entity.retention.lifecycle.keepNewest?.origin : undefined
    yield report('retention-index', at ?? act.origin, { fields: [...keptNewest.per, keptNewest.clock], isNewest: true })
  }
}

/** Whether an act reads fields that are there, and time from what is a time: other rules tell what is not. */
const isSound = (entity: Entity, act: Act, context: RuleContext): boolean => {
  const { per = [], clock = clockOf(act.due) } = act.keptNewest ?? {}
  const clocks = soundFields(entity, [clockOf(act.due), clock], context)
  return (
    clocks.length === 2 &&
    clocks.every(({ type }) => isTemporal(type)) &&
    soundFields(entity, per, context).length === per.length
  )
}

/** Rows that are due are found by an index. */
export const retentionIndex = entityRule('retention-index', function* (entity, context) {
  if (entity.key.kind === 'singleton') return
  const told = new Set<string>()
  for (const act of actsOf(entity)) {
    if (act.place.kind !== 'rows' || !isSound(entity, act, context)) continue
    for (const found of ofAct(entity, act)) {
      if (told.has(found.message)) continue
      told.add(found.message)
      yield found
    }
  }
})
