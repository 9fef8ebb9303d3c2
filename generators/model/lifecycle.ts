import { memoised } from '../kernel/memoised.js'
import type { Entity } from './entity.js'
import type { Expression } from './expression.js'
import type { Origin } from './origin.js'
import type { Age, Due, Lifecycle, Step, StepAction, Summary } from './retention.js'

type Steps = Extract<Lifecycle, { kind: 'steps' }>

/** Which of an entity's rows stay in its table however old they are: the newest `count` by `clock`, of each group `per`. */
export interface KeptNewest {
  readonly count: number
  readonly per: readonly string[]
  readonly clock: string
}

/** Where rows are that an act is about: still in the entity's table, or in the archive that an earlier step moved them to. */
export type ActPlace = { readonly kind: 'rows' } | { readonly kind: 'archive'; readonly into: string }

/** When rows are due: by their age, at their moment, or as soon as they are not among the newest. */
export type ActDue = Due | { readonly kind: 'surplus'; readonly clock: string; readonly origin: Origin }

/**
 * What one run does to the rows of one place: a step where it acts. A step after a conditional archiving acts both on
 * what was archived and on what was not.
 */
export interface Act {
  /** The number of the step, from 1, as docs and reports count. */
  readonly step: number
  readonly place: ActPlace
  readonly due: ActDue
  readonly where: Expression | null
  readonly action: StepAction
  readonly summarise: Summary | null
  /** The bot's function that each row is handed to first. */
  readonly before: string | null
  /** The rows that stay; null where none do: an archive's rows, and all that is only set. */
  readonly keptNewest: KeptNewest | null
  /** Earlier acts on the same place with a hook: what they have not done yet is left alone. */
  readonly after: readonly Act[]
  readonly origin: Origin
}

/** The field that a moment is read from. */
export const clockOf = (due: ActDue): string => {
  switch (due.kind) {
    case 'after':
      return due.of
    case 'at':
      return due.field
    case 'surplus':
      return due.clock
  }
}

export const ageWords = ({ count, unit }: Age): string => `${count} ${count === 1 ? unit.slice(0, -1) : unit}`

/** When an act is due, in words that archives keep beside each row: `after 90 days of created_at`. */
export const dueWords = ({ due, keptNewest }: Pick<Act, 'due' | 'keptNewest'>): string => {
  switch (due.kind) {
    case 'after':
      return `after ${ageWords(due.age)} of ${due.of}`
    case 'at':
      return `at ${due.field}`
    case 'surplus': {
      const { count = 0, per = [] } = keptNewest ?? {}
      return `not among the newest ${count}${per.length === 0 ? '' : ` of each ${per.join(', ')}`}`
    }
  }
}

const keptNewestOf = ({ keepNewest, clock, steps }: Steps): KeptNewest | null => {
  const [first] = steps
  const by = clock ?? (first === undefined ? null : clockOf(first.due))
  return keepNewest === null || by === null ? null : { count: keepNewest.count, per: keepNewest.per, clock: by }
}

const isOnePlace = (a: ActPlace, b: ActPlace): boolean =>
  a.kind === 'archive' ? b.kind === 'archive' && a.into === b.into : b.kind === 'rows'

/** Whether every row that reaches `later` has been through `earlier` before. */
const reachesAll = (earlier: Step, later: Step): boolean =>
  earlier.where === null && clockOf(earlier.due) === clockOf(later.due)

/** Where the rows of a step are by then: in each archive before it, and in the table unless an archive has them all. */
const placesOf = (steps: readonly Step[], index: number, kept: KeptNewest | null): readonly ActPlace[] => {
  const step = steps[index]
  const earlier = steps.slice(0, index).filter(({ action }) => action.kind === 'archive')
  if (step === undefined) return []
  if (step.action.kind !== 'delete') return [{ kind: 'rows' }]
  const archives = earlier.flatMap(({ action }): readonly ActPlace[] =>
    action.kind === 'archive' ? [{ kind: 'archive', into: action.into }] : [],
  )
  const areAllArchived = kept === null && earlier.some((other) => reachesAll(other, step))
  return areAllArchived ? archives : [...archives, { kind: 'rows' }]
}

/** The acts of a step, after those of the steps before it. */
const actsOfStep = (
  steps: readonly Step[],
  step: Step,
  kept: KeptNewest | null,
  before: readonly Act[],
): readonly Act[] => {
  const index = steps.indexOf(step)
  return placesOf(steps, index, kept).map((place) => ({
    step: index + 1,
    place,
    due: step.due,
    where: step.where,
    action: step.action,
    summarise: step.summarise,
    before: step.before,
    keptNewest: place.kind === 'rows' && step.action.kind !== 'set' ? kept : null,
    after: before.filter((act) => act.before !== null && isOnePlace(act.place, place)),
    origin: step.origin,
  }))
}

const actsOfSteps = (steps: readonly Step[], kept: KeptNewest | null): readonly Act[] => {
  const acts: Act[] = []
  for (const step of steps) acts.push(...actsOfStep(steps, step, kept, acts))
  return acts
}

/** `keep_newest` alone is a lifecycle too: what is not among the newest goes. */
const surplus = (kept: KeptNewest, origin: Origin): Act => ({
  step: 1,
  place: { kind: 'rows' },
  due: { kind: 'surplus', clock: kept.clock, origin },
  where: null,
  action: { kind: 'delete' },
  summarise: null,
  before: null,
  keptNewest: kept,
  after: [],
  origin,
})

/** What runs do to the rows of an entity, in the order in which they do it; nothing for rows that are kept for ever. */
export const actsOf = memoised((entity: Entity): readonly Act[] => {
  const lifecycle = entity.retention?.lifecycle
  if (lifecycle?.kind !== 'steps') return []
  const kept = keptNewestOf(lifecycle)
  if (lifecycle.steps.length > 0) return actsOfSteps(lifecycle.steps, kept)
  return kept === null ? [] : [surplus(kept, lifecycle.keepNewest?.origin ?? lifecycle.origin)]
})

/** The functions of a bot that an entity's rows are handed to, each once, in the order of the steps. */
export const hooksOf = (entity: Entity): readonly string[] => [
  ...new Set(actsOf(entity).flatMap(({ before }) => before ?? [])),
]
