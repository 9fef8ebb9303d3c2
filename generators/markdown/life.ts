import { unreachable } from '../kernel/bug.js'
import { capitalised, code, joined, type Markdown, md, prose, sentence, text } from '../kernel/safe/markdown.js'
import type { Entity } from '../model/entity.js'
import { expressionText } from '../model/expression-text.js'
import { type Act, actsOf, ageWords, type KeptNewest } from '../model/lifecycle.js'
import type { Age, Lifecycle, Summary } from '../model/retention.js'
import type { EventStep } from './event-steps.js'
import { eventLines } from './event-words.js'
import { groupBy } from './group-by.js'
import { assignments } from './values.js'

/** `the newest 10 of each guild_id` */
export const newestText = ({ count, per }: KeptNewest): Markdown =>
  per.length === 0 ? md`the newest ${count}` : md`the newest ${count} of each ${joined(per.map(code), ', ')}`

/** When an act is due. `clock`: what ages count from unless they say otherwise; null to say it always. */
export const dueText = ({ due }: Act, clock: string | null): Markdown => {
  switch (due.kind) {
    case 'at':
      return md`at ${code(due.field)}`
    case 'after':
      return due.of === clock
        ? md`after ${text(ageWords(due.age))}`
        : md`${text(ageWords(due.age))} after ${code(due.of)}`
    case 'surplus':
      return md`as soon as newer ones by ${code(due.clock)} take its place`
    default:
      return unreachable(due)
  }
}

export const whereText = ({ where }: Act): Markdown =>
  where === null ? md`` : md`, where ${code(expressionText(where))}`

/** What an act does to rows of one or more places. */
const actionText = ({ action }: Act, archives: readonly string[], inTable: boolean): Markdown => {
  switch (action.kind) {
    case 'set':
      return assignments(action.values)
    case 'archive':
      return md`moved to ${code(action.into)}`
    case 'delete': {
      if (archives.length === 0) return md`deleted`
      const rest = inTable ? md`, and what is still in the table` : md``
      return md`deleted from ${joined(archives.map(code), ' and ')}${rest}`
    }
    default:
      return unreachable(action)
  }
}

const groupText = ({ field, period }: Summary['by'][number]): Markdown =>
  period === null ? code(field) : md`${text(period)} of ${code(field)}`

const aggregateNames: Readonly<Record<Summary['aggregates'][number]['function'], string>> = {
  sum: 'the sum',
  min: 'the least',
  max: 'the greatest',
}

/** The columns that a summary fills: `events` (how many rows), `first_at` (the least `at`). */
const countedText = ({ count, aggregates }: Summary): Markdown =>
  joined(
    [
      count === null ? md`` : md`${code(count)} (how many rows)`,
      ...aggregates.map((one) => md`${code(one.as)} (${text(aggregateNames[one.function])} of ${code(one.field)})`),
    ],
    ', ',
  )

const summaryText = (summary: Summary | null): Markdown => {
  if (summary === null) return md``
  const into = joined([md`summarised in ${code(summary.into)}`, joined(summary.by.map(groupText), ', ')], ' by ')
  return joined([into, countedText(summary)], ': ')
}

/** Rows that an earlier hook has not let go yet. */
const waitingText = ({ after }: Act): Markdown => {
  const hooks = [...new Set(after.flatMap(({ before }) => before ?? []))]
  return hooks.length === 0 ? md`` : md`but not while ${joined(hooks.map(code), ' or ')} is still to come`
}

const archivesIn = (acts: readonly Act[]): readonly string[] =>
  acts.flatMap(({ place }) => (place.kind === 'archive' ? [place.into] : []))

/** What the acts of one step do: one act, or the same in the table and in archives. */
export const whatText = (acts: readonly [Act, ...Act[]]): Markdown => {
  const [first] = acts
  const inTable = acts.some(({ place }) => place.kind === 'rows')
  return joined(
    [actionText(first, archivesIn(acts), inTable), summaryText(first.summarise), ...new Set(acts.map(waitingText))],
    ', ',
  )
}

const clockOfAges = (entity: Entity): string | null => {
  const lifecycle = entity.retention?.lifecycle
  return lifecycle?.kind === 'steps' ? lifecycle.clock : null
}

/** The steps in the order they happen, each as `after 90 days, where …: moved to …`. */
const stepTexts = (entity: Entity): readonly Markdown[] =>
  groupBy(actsOf(entity), ({ step }) => step).map((acts) => {
    const [first] = acts
    const before = first.before === null ? md`` : md`${code(first.before)} first, then `
    return md`${dueText(first, clockOfAges(entity))}${whereText(first)}: ${before}${whatText(acts)}`
  })

type Steps = Extract<Lifecycle, { kind: 'steps' }>

/** `every day`, `every 5 minutes` */
export const everyText = (every: Age): string => `every ${ageWords(every).replace(/^1 /, '')}`

const runText = (lifecycle: Steps): Markdown => {
  const facts = joined(
    [
      lifecycle.every === null ? md`` : text(everyText(lifecycle.every)),
      lifecycle.batch === null ? md`` : md`${lifecycle.batch} rows at a time`,
    ],
    ', ',
  )
  return facts === '' ? facts : md`Looked after ${facts}.`
}

const stayingText = (entity: Entity): Markdown => {
  const kept = actsOf(entity).find(({ keptNewest }) => keptNewest !== null)?.keptNewest ?? null
  return kept === null ? md`` : md`${capitalised(newestText(kept))} always stay.`
}

const lifecycleLines = (entity: Entity): readonly Markdown[] => {
  const lifecycle = entity.retention?.lifecycle ?? null
  if (lifecycle === null) return []
  if (lifecycle.kind === 'forever') return [md`Kept for ever. ${sentence(prose(lifecycle.because))}`]
  const clock = lifecycle.clock === null ? md`` : md`Ages count from ${code(lifecycle.clock)}.`
  return [joined([clock, stayingText(entity), runText(lifecycle)], ' ')]
}

/** The life of a row in words: how its age is counted, each step, what events do. */
export const lifeLines = (
  entity: Entity,
  events: readonly EventStep[],
): {
  readonly intro: readonly Markdown[]
  readonly steps: readonly Markdown[]
  readonly events: readonly Markdown[]
} => {
  const cleaned =
    entity.docs.cleaned === null ? [] : [md`**When it is cleaned.** ${sentence(prose(entity.docs.cleaned))}`]
  return {
    intro: [...cleaned, ...lifecycleLines(entity)].filter((line) => line !== ''),
    steps: stepTexts(entity).map((step) => sentence(capitalised(step))),
    events: eventLines(events),
  }
}
