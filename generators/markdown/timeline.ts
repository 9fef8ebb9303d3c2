import { unreachable } from '../kernel/bug.js'
import { mermaidLabel } from '../kernel/safe/mermaid.js'
import type { Entity } from '../model/entity.js'
import { type Act, actsOf, ageWords } from '../model/lifecycle.js'
import { findField } from '../model/lookup.js'
import type { Age } from '../model/retention.js'
import { setLabel, termsOf } from './act-labels.js'
import { ageInDays, isBirth } from './growth.js'
import { titleOf } from './names.js'

/** A line of the timeline, with its place among all lines: a period's own comes before what happens in it. */
export interface TimelineLine {
  readonly order: number
  readonly text: string
}

/** The places of periods: moments of the rows' own, ages by their seconds, and at the end what stays for ever. */
const orders = { ownMoment: 0, surplus: 10, ages: 20, forever: 1e14 } as const

interface Period {
  readonly order: number
  readonly label: string
}

const ageOrder = (age: Age): number => orders.ages + Math.min(Math.round(ageInDays(age) * 86_400), 1e12) * 10

const periodOf = ({ due }: Act): Period => {
  switch (due.kind) {
    case 'at':
      return { order: orders.ownMoment, label: 'at its own time' }
    case 'surplus':
      return { order: orders.surplus, label: 'when newer ones come' }
    case 'after':
      return { order: ageOrder(due.age), label: ageWords(due.age) }
    default:
      return unreachable(due)
  }
}

const forever: Period = { order: orders.forever, label: 'for ever' }

const isForever = ({ retention }: Entity): boolean => retention?.lifecycle?.kind === 'forever'

const periodsOf = (entity: Entity): readonly Period[] => (isForever(entity) ? [forever] : actsOf(entity).map(periodOf))

const byLabel = (a: Period, b: Period): number =>
  a.order - b.order || a.label.length - b.label.length || (a.label < b.label ? -1 : 1)

/** The periods of a set's timeline. An age that is said in two ways (`7 days`, `1 week`) is one period. */
export const timelinePeriods = (entities: readonly Entity[]): readonly TimelineLine[] => {
  const sorted = entities.flatMap(periodsOf).toSorted(byLabel)
  return sorted
    .filter(({ order }, index) => sorted[index - 1]?.order !== order)
    .map(({ order, label }) => ({ order, text: `  ${label}` }))
}

const did = ({ action, place }: Act): string => {
  switch (action.kind) {
    case 'set':
      return setLabel(action)
    case 'archive':
      return `moved to ${action.into}`
    case 'delete':
      return place.kind === 'archive' ? `deleted from ${place.into}` : 'deleted'
    default:
      return unreachable(action)
  }
}

/** What the age counts from, where that is not the making of the row. */
const clockTerm = (entity: Entity, { due }: Act): readonly string[] => {
  if (due.kind === 'at') return [`at ${due.field}`]
  return due.kind === 'after' && !isBirth(findField(entity, due.of)) ? [`counted from ${due.of}`] : []
}

const eventLine = (order: number, words: readonly string[]): TimelineLine => ({
  order: order + 1,
  text: `    : ${mermaidLabel(words.join(', '))}`,
})

/** What happens to the rows of an entity, each in its period. */
export const timelineEvents = (entity: Entity): readonly TimelineLine[] => {
  const title = titleOf(entity)
  if (isForever(entity)) return [eventLine(forever.order, [title])]
  return actsOf(entity).map((act) =>
    eventLine(periodOf(act).order, [title, did(act), ...clockTerm(entity, act), ...termsOf(act)]),
  )
}

/** More boxes than this make a picture that nobody can read. */
const readableEvents = 60

/** Whether there is a timeline to draw, of a size that can be read. */
export const hasTimeline = (entities: readonly Entity[]): boolean => {
  const events = entities.flatMap(periodsOf).length
  return events > 0 && events <= readableEvents && entities.some((entity) => actsOf(entity).length > 0)
}
