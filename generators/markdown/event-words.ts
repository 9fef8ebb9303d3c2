import { unreachable } from '../kernel/bug.js'
import { canonical } from '../kernel/hash.js'
import { code, joined, type Markdown, md, prose, sentence, text } from '../kernel/safe/markdown.js'
import type { EffectAction, Event } from '../model/event.js'
import type { Subject } from '../model/subject.js'
import type { EventStep, NamingField, StepRows } from './event-steps.js'
import { groupBy } from './group-by.js'
import { withArticle, wordsOf } from './names.js'
import { assignments } from './values.js'

export const eventHeads: Readonly<Record<Event, string>> = {
  'guild-leave': 'When a guild leaves',
  'member-leave': 'When a member leaves',
  erase: 'When a person asks to be forgotten',
}

const subjects: Readonly<Record<Subject, string>> = { user: 'the person', guild: 'the guild' }

const named = ({ subject, field, keyOf }: NamingField): Markdown =>
  keyOf === null
    ? md`${text(subjects[subject])} in ${code(field)}`
    : md`${text(`the key of ${subjects[subject]}'s ${wordsOf(keyOf)}`)} in ${code(field)}`

/** Which rows it is about, after `rows`: `with the person in …`. */
export const rowsText = (rows: StepRows): Markdown => {
  switch (rows.kind) {
    case 'named':
      return md`with ${joined(rows.all.map(named), ' and ')}`
    case 'any':
      return md`with ${joined(rows.of.map(named), ' or ')}`
    case 'pointing':
      return md`whose ${joined(rows.fields.map(code), ', ')} leads to ${text(withArticle(wordsOf(rows.to)))} that goes`
    default:
      return unreachable(rows)
  }
}

/** Where the rows are: `warnings`, or both names where the stores differ. */
export const placeText = ({ names }: Pick<EventStep, 'names'>): Markdown => joined(names.map(code), ' / ')

/** What is done, without its reason. An erasure keeps a field, the other events keep rows. */
export const doneText = ({ event, action, field }: Pick<EventStep, 'event' | 'action' | 'field'>): Markdown => {
  switch (action.kind) {
    case 'delete':
      return md`deleted`
    case 'set':
      return assignments(action.values)
    case 'keep':
      return event === 'erase' ? md`${code(field)} is kept` : md`kept`
    default:
      return unreachable(action)
  }
}

export const reasonText = (action: EffectAction): Markdown =>
  action.kind === 'keep' ? sentence(prose(action.because)) : md``

/** Steps of one rule: the same done to the same rows, of several places. */
const ruleOf = ({ event, field, rows, action }: EventStep): string => canonical([event, field, rows, action])

const ruleLine = (steps: readonly [EventStep, ...EventStep[]]): Markdown => {
  const [first] = steps
  const others = steps.filter(({ place }) => place !== 'rows').map(placeText)
  const also = others.length === 0 ? md`` : md`, also in ${joined(others, ' and ')}`
  const what = md`${text(eventHeads[first.event])}, rows ${rowsText(first.rows)}: ${doneText(first)}${also}`
  return joined([sentence(what), reasonText(first.action)], ' ')
}

/** What events do to an entity's rows, a line for each rule and for each reference that the rows follow. */
export const eventLines = (steps: readonly EventStep[]): readonly Markdown[] => groupBy(steps, ruleOf).map(ruleLine)
