import {
  atLineStart,
  code,
  joined,
  type Markdown,
  md,
  paragraphs,
  prose,
  sentence,
  text,
} from '../kernel/safe/markdown.js'
import type { Entity } from '../model/entity.js'
import { ageWords } from '../model/lifecycle.js'
import { ageInDays, days, leavingAct, parseRate, type Rate, rowsAfter } from './growth.js'

/** A labelled passage: prose, or a list. */
export interface Passage {
  readonly label: Markdown
  readonly text: Markdown
  /** The paragraphs after the first. */
  readonly more: readonly Markdown[]
  readonly items: readonly Markdown[]
}

const passage = (label: Markdown, source: string | null): readonly Passage[] => {
  const [first, ...more] = source === null ? [] : paragraphs(source)
  return first === undefined
    ? []
    : [{ label, text: sentence(first), more: more.map((paragraph) => atLineStart(sentence(paragraph))), items: [] }]
}

const list = (label: Markdown, sources: readonly string[]): readonly Passage[] =>
  sources.length === 0 ? [] : [{ label, text: md``, more: [], items: sources.map((item) => atLineStart(prose(item))) }]

const perTime = (rate: Rate, limit: number): Markdown => {
  const times = [
    { after: 'a month', span: days.month },
    { after: 'a year', span: days.year },
  ].filter(({ span }) => span < limit && rate.high * span >= 1)
  return joined(
    times.map(({ after, span }) => text(`${rowsAfter(rate, span)} rows after ${after}`)),
    ' and ',
  )
}

/** What a rate comes to, with what retention takes away again; empty where the words give no number to count with. */
const arithmetic = (entity: Entity, rate: Rate | null): Markdown => {
  if (rate === null) return md``
  const leaving = leavingAct(entity)
  const limit = leaving === null ? Number.POSITIVE_INFINITY : ageInDays(leaving.age)
  const growing = perTime(rate, limit)
  const so = growing === '' ? md`` : md`so about ${growing}`
  if (leaving === null || rate.high * limit < 1) return so
  const goes = leaving.act.action.kind === 'archive' ? md`moved to ${code(leaving.act.action.into)}` : md`deleted`
  const level = md`level at about ${text(rowsAfter(rate, limit))}, since rows are ${goes} after ${text(ageWords(leaving.age))}`
  return joined([so, level], ', then ')
}

/** `A moderator warns someone.` as `When a moderator warns someone`; what begins otherwise stays as it is. */
const occasion = (when: string): Markdown =>
  /^(An?|The|Someone|Somebody)\s/.test(when)
    ? md`When ${prose(when.slice(0, 1).toLowerCase() + when.slice(1).replace(/\.\s*$/, ''))}`
    : prose(when.replace(/\.\s*$/, ''))

const growth = (entity: Entity): readonly Passage[] => {
  const { when = null, rate = null } = entity.docs.grows ?? {}
  const amount = rate === null ? md`` : joined([prose(rate), arithmetic(entity, parseRate(rate))], ', ')
  const line = joined([when === null ? md`` : occasion(when), amount], ': ')
  return line === '' ? [] : [{ label: md`How it grows.`, text: sentence(line), more: [], items: [] }]
}

/** What an entity is, why it is kept, how it grows, what is left out: the first thing on its page. */
export const passagesOf = (entity: Entity): readonly Passage[] => [
  ...passage(md`What it represents.`, entity.docs.represents),
  ...passage(md`Why it is kept.`, entity.docs.why),
  ...growth(entity),
  ...list(md`What is not stored.`, entity.docs.notStored),
  ...list(md`Notes.`, entity.docs.notes),
  ...list(md`Sources.`, entity.docs.sources),
]

/** The growth in a cell of a table: the rate as written, or else the occasion. */
export const growthCell = (entity: Entity): Markdown => {
  const { when = null, rate = null } = entity.docs.grows ?? {}
  return rate === null ? sentence(prose(when ?? '')) : prose(rate)
}
