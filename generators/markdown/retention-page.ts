import { code, joined, link, type Markdown, md, prose, sentence, text } from '../kernel/safe/markdown.js'
import type { Entity } from '../model/entity.js'
import type { Event } from '../model/event.js'
import { type Act, actsOf } from '../model/lifecycle.js'
import type { MarkdownOptions } from '../model/options.js'
import type { EventStep } from './event-steps.js'
import { doneText, eventHeads, placeText, reasonText, rowsText } from './event-words.js'
import { dueText, everyText, newestText, whatText, whereText } from './life.js'
import { pageOf, titleOf } from './names.js'
import { footerOf, frontMatterOf } from './page.js'
import { type Footer, headOnly, type Row, type Section, type SetHead } from './readme.js'
import { eventCalls, eventGuarantee, hooksText, type Runners, runLines } from './running.js'
import { type Table, tableOf } from './table.js'
import type { TimelineLine } from './timeline.js'

/** All that the page on retention is made from but the rows and lines of its entities. */
export interface RetentionFacts {
  readonly set: { readonly name: string; readonly title: string }
  readonly options: MarkdownOptions
  /** The page on data protection, where there is one. */
  readonly protection: string | null
  /** The periods of the timeline; none where there is no picture. */
  readonly periods: readonly TimelineLine[]
  readonly hasActs: boolean
  readonly hasForever: boolean
  readonly hasUnruled: boolean
  /** Whether some rows are handed to the bot first, which takes a column of its own. */
  readonly hasHooks: boolean
  readonly leaving: { readonly [Name in LeavingEvent]: readonly EventStep[] }
  /** The titles of the entities that events touch, by name. */
  readonly titles: Readonly<Record<string, string>>
  readonly runners: Runners
}

export type LeavingEvent = Exclude<Event, 'erase'>

export const leavingEvents = ['guild-leave', 'member-leave'] as const satisfies readonly LeavingEvent[]

/** Its title and headings, which links lead to. */
export const retentionHeads = {
  page: 'Retention',
  timeline: 'Timeline',
  acts: 'As rows age',
  running: 'How it runs',
  forever: 'Kept for ever',
  unruled: 'No rule',
} as const

export const plainSection = (heading: string): Section => ({
  heading: text(heading),
  paragraphs: [],
  items: [],
  blocks: [],
  parts: [],
  table: null,
})

export const retentionHead = ({ set, options, protection }: RetentionFacts): SetHead => {
  const description = `What happens to the rows of ${set.title} as they age, and when a guild or a member leaves.`
  const forgotten =
    protection === null
      ? []
      : [md`What is kept of persons, and how they are forgotten, stands in ${link(md`Data protection`, protection)}.`]
  return {
    frontMatter: frontMatterOf(options, retentionHeads.page, description, 2),
    title: text(retentionHeads.page),
    lead: [
      md`What happens to the rows of ${link(text(set.title), 'README.md')} as they age, and when a guild or a member leaves.`,
      ...forgotten,
    ],
    pages: [],
    contents: md``,
  }
}

/** The section of the table of acts, up to its rows. */
export const actsSection = ({ hasHooks }: RetentionFacts): Section => ({
  ...plainSection(retentionHeads.acts),
  paragraphs: [md`A run goes through the steps of an entity in this order, each to its end.`],
  table: headOnly([
    md`entity`,
    md`step`,
    md`due`,
    ...(hasHooks ? [md`the bot first`] : []),
    md`what happens`,
    md`looked after`,
  ]),
})

export const runningSection = ({ runners }: RetentionFacts): Section => ({
  ...plainSection(retentionHeads.running),
  paragraphs: [
    md`A run does all that is due, in batches, and may be stopped at any time: the next one goes on. It is started by any of these.`,
  ],
  items: runLines(runners),
  blocks: [hooksText(runners)].filter((block) => block !== ''),
})

const stepTable = (steps: readonly EventStep[], titles: RetentionFacts['titles']): Table | null =>
  tableOf(
    steps.map((step, index) => ({ step, number: index + 1 })),
    [
      { head: md``, align: 'right', cell: ({ number }) => md`${number}` },
      { head: md`entity`, cell: ({ step }) => link(text(titles[step.entity] ?? step.entity), pageOf(step.entity)) },
      { head: md`in`, cell: ({ step }) => placeText(step) },
      { head: md`rows`, cell: ({ step }) => rowsText(step.rows) },
      { head: md`what happens`, cell: ({ step }) => joined([doneText(step), reasonText(step.action)], '. ') },
    ],
  )

/** What an event does, step by step, and what does it. */
export const eventSection = (
  event: Event,
  heading: string,
  steps: readonly EventStep[],
  { runners, titles }: Pick<RetentionFacts, 'runners' | 'titles'>,
): Section => {
  const calls = eventCalls(runners, event)
  const does =
    calls === ''
      ? md`These happen in this order.`
      : md`${calls} does this, in this order, and returns how many rows each step was about.`
  return {
    ...plainSection(heading),
    paragraphs: [md`${does} ${eventGuarantee(runners)}`],
    table: stepTable(steps, titles),
  }
}

export const leavingSection = (event: LeavingEvent, facts: RetentionFacts): Section =>
  eventSection(event, eventHeads[event], facts.leaving[event], facts)

export const foreverSection = (): Section => ({
  ...plainSection(retentionHeads.forever),
  table: headOnly([md`entity`, md`why`]),
})

export const unruledSection = (): Section => ({
  ...plainSection(retentionHeads.unruled),
  paragraphs: [md`Nothing says how long rows of these are kept: they stay until something else deletes them.`],
})

export const retentionFooter = ({ set }: RetentionFacts): Footer => ({ footer: footerOf(set.name) })

export const entityLink = (entity: Entity): Markdown => link(text(titleOf(entity)), pageOf(entity.name))

const actRow = (entity: Entity, act: Act, hasHooks: boolean): Row => {
  const lifecycle = entity.retention?.lifecycle
  const every = lifecycle?.kind === 'steps' ? lifecycle.every : null
  const newest = act.keptNewest === null ? md`` : md`, but for ${newestText(act.keptNewest)}`
  return {
    cells: [
      entityLink(entity),
      md`${act.step}`,
      md`${dueText(act, null)}${whereText(act)}`,
      ...(hasHooks ? [act.before === null ? md`` : code(act.before)] : []),
      md`${whatText([act])}${newest}`,
      every === null ? md`` : text(everyText(every)),
    ],
  }
}

/** What runs do to the rows of an entity: a row of the table for each act. */
export const actRows = (entity: Entity, hasHooks: boolean): readonly Row[] =>
  actsOf(entity).map((act) => actRow(entity, act, hasHooks))

/** An entity whose rows are kept for ever, with the reason; null for others. */
export const foreverRow = (entity: Entity): Row | null => {
  const lifecycle = entity.retention?.lifecycle
  return lifecycle?.kind === 'forever' ? { cells: [entityLink(entity), sentence(prose(lifecycle.because))] } : null
}

export const isUnruled = ({ retention }: Entity): boolean => (retention?.lifecycle ?? null) === null
