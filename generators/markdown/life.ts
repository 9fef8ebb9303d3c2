import { unreachable } from '../kernel/bug.js'
import { capitalised, code, joined, type Markdown, md, prose, sentence, text } from '../kernel/safe/markdown.js'
import type { Entity } from '../model/entity.js'
import type { Age, Erasure, EventRule, Lifecycle, Step, StepAction, Summary } from '../model/retention.js'
import { expressionText } from './expression.js'
import { assignedText } from './values.js'

export const ageText = ({ count, unit }: Age): string => `${count} ${count === 1 ? unit.slice(0, -1) : unit}`

type Assignments = Extract<StepAction, { kind: 'set' }>['values']

const assignments = (values: Assignments): Markdown =>
  joined(
    values.map(({ field, value }) => md`${code(field)} becomes ${assignedText(value)}`),
    ', ',
  )

const dueText = (step: Step, clock: string | null): Markdown => {
  const { due } = step
  if (due.kind === 'at') return md`at ${code(due.field)}`
  return due.of === clock ? md`after ${text(ageText(due.age))}` : md`${text(ageText(due.age))} after ${code(due.of)}`
}

const actionText = (action: StepAction, archive: string | null): Markdown => {
  switch (action.kind) {
    case 'set':
      return assignments(action.values)
    case 'archive':
      return md`moved to ${code(action.into)}`
    case 'delete':
      return archive === null ? md`deleted` : md`deleted from ${code(archive)}`
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

type Steps = Extract<Lifecycle, { kind: 'steps' }>

const stepText = (step: Step, clock: string | null, archive: string | null): Markdown => {
  const where = step.where === null ? md`` : md`, where ${code(expressionText(step.where))}`
  const before = step.before === null ? md`` : md`${code(step.before)} first`
  const what = joined([before, actionText(step.action, archive), summaryText(step.summarise)], ', ')
  return md`${dueText(step, clock)}${where}: ${what}`
}

/** The steps in the order they happen, each as `after 90 days, where …: moved to …`. */
export const stepTexts = ({ steps, clock }: Steps): readonly Markdown[] =>
  steps.map((step, index) => {
    // What comes after an archiving acts on the archive.
    const archived = steps.slice(0, index).flatMap(({ action }) => (action.kind === 'archive' ? [action.into] : []))
    return stepText(step, clock, archived.at(-1) ?? null)
  })

const runText = (lifecycle: Steps): Markdown => {
  const facts = joined(
    [
      lifecycle.every === null ? md`` : text(`every ${ageText(lifecycle.every).replace(/^1 /, '')}`),
      lifecycle.batch === null ? md`` : md`${lifecycle.batch} rows at a time`,
    ],
    ', ',
  )
  return facts === '' ? facts : md`Looked after ${facts}.`
}

const keptNewest = ({ keepNewest }: Steps): Markdown => {
  if (keepNewest === null) return md``
  const per = keepNewest.per.length === 0 ? md`` : md` per ${joined(keepNewest.per.map(code), ', ')}`
  return md`The newest ${keepNewest.count}${per} always stay.`
}

const lifecycleLines = (lifecycle: Lifecycle | null): readonly Markdown[] => {
  if (lifecycle === null) return []
  if (lifecycle.kind === 'forever') return [md`Kept for ever. ${sentence(prose(lifecycle.because))}`]
  const clock = lifecycle.clock === null ? md`` : md`Ages count from ${code(lifecycle.clock)}.`
  return [joined([clock, keptNewest(lifecycle), runText(lifecycle)], ' ')]
}

/** What an event does to the rows, to follow a colon. */
export const eventText = (rule: EventRule): Markdown => {
  switch (rule.kind) {
    case 'delete':
      return md`deleted`
    case 'keep':
      return md`kept. ${sentence(prose(rule.because))}`
    case 'set':
      return assignments(rule.values)
    default:
      return unreachable(rule)
  }
}

export const erasureText = ({ field, rule }: Erasure): Markdown => {
  switch (rule.kind) {
    case 'delete':
      return md`rows with them in ${code(field)} are deleted`
    case 'null':
      return md`${code(field)} becomes null`
    case 'keep':
      return md`${code(field)} is kept. ${sentence(prose(rule.because))}`
    default:
      return unreachable(rule)
  }
}

const eventLines = (entity: Entity): readonly Markdown[] => {
  const { guildLeave = null, memberLeave = null, erase = [] } = entity.retention ?? {}
  return [
    guildLeave === null ? md`` : md`When a guild leaves: ${sentence(eventText(guildLeave))}`,
    memberLeave === null ? md`` : md`When a member leaves: ${sentence(eventText(memberLeave))}`,
    ...erase.map((erasure) => md`When a person asks to be forgotten: ${sentence(erasureText(erasure))}`),
  ]
}

/** The life of a row in words: how its age is counted, each step, what events do. */
export const lifeLines = (
  entity: Entity,
): {
  readonly intro: readonly Markdown[]
  readonly steps: readonly Markdown[]
  readonly events: readonly Markdown[]
} => {
  const lifecycle = entity.retention?.lifecycle ?? null
  const cleaned =
    entity.docs.cleaned === null ? [] : [md`**When it is cleaned.** ${sentence(prose(entity.docs.cleaned))}`]
  return {
    intro: [...cleaned, ...lifecycleLines(lifecycle)].filter((line) => line !== ''),
    steps: lifecycle?.kind === 'steps' ? stepTexts(lifecycle).map((step) => sentence(capitalised(step))) : [],
    events: eventLines(entity).filter((line) => line !== ''),
  }
}
