import { unreachable } from '../kernel/bug.js'
import { code, joined, type Markdown, md, prose, sentence, text } from '../kernel/safe/markdown.js'
import type { Entity } from '../model/entity.js'
import { type Act, actsOf, ageWords, clockOf } from '../model/lifecycle.js'
import { findField } from '../model/lookup.js'
import { ageInDays } from './growth.js'
import { dueText, newestText, whereText } from './life.js'

const leaves = ({ action }: Act): boolean => action.kind !== 'set'

const isIn = ({ place }: Act, archive: string | null): boolean =>
  archive === null ? place.kind === 'rows' : place.kind === 'archive' && place.into === archive

const isNullable = (entity: Entity, { due }: Act): boolean => findField(entity, clockOf(due))?.nullable === true

/**
 * The act that takes all rows out of a place but those that are among the newest: one that asks nothing of them, not even
 * that they have a time if there is such a one.
 */
const exitOf = (entity: Entity, archive: string | null): Act | null => {
  const asking = actsOf(entity).filter((act) => leaves(act) && act.where === null && isIn(act, archive))
  return asking.find((act) => !isNullable(entity, act)) ?? asking[0] ?? null
}

/** The deletions that rows come to at last, or the archive that nothing takes them from. */
const endsOf = (entity: Entity, exit: Act): readonly (Act | { readonly into: string })[] => [
  ...(exit.action.kind === 'delete' ? [exit] : []),
  ...actsOf(entity).flatMap(({ action }) =>
    action.kind === 'archive' ? [exitOf(entity, action.into) ?? { into: action.into }] : [],
  ),
]

const daysOf = ({ due }: Act): number => (due.kind === 'after' ? ageInDays(due.age) : 0)

const endText = (act: Act): Markdown => {
  switch (act.due.kind) {
    case 'after':
      return md`at most ${text(ageWords(act.due.age))} after ${code(act.due.of)}`
    case 'at':
      return md`until ${code(act.due.field)}`
    case 'surplus':
      return md`until newer ones take its place`
    default:
      return unreachable(act.due)
  }
}

/** The hooks that rows have to pass on their way. */
const hooksText = (way: readonly Act[]): Markdown => {
  const hooks = new Set(way.flatMap(({ before }) => (before === null ? [] : [code(before)])))
  return hooks.size === 0 ? md`` : md`once ${joined([...hooks], ' and ')} ${text(hooks.size === 1 ? 'is' : 'are')} done`
}

/** Of deletions by one clock the last counts. */
const lastOfEachClock = (ends: readonly Act[]): readonly Act[] => {
  const sorted = ends.toSorted((a, b) => daysOf(b) - daysOf(a))
  return sorted.filter((end, index) => sorted.findIndex(({ due }) => clockOf(due) === clockOf(end.due)) === index)
}

/** Rows whose clock is null are never due. */
const withoutClock = (entity: Entity, ends: readonly Act[]): Markdown => {
  const clocks = new Set(ends.filter((end) => isNullable(entity, end)).map(({ due }) => code(clockOf(due))))
  return clocks.size === 0 ? md`` : md`rows without ${joined([...clocks], ' or ')} for ever`
}

/** Where some rows never leave: all but those that conditional acts take. */
const openText = (entity: Entity): Markdown => {
  const going = actsOf(entity).filter((act) => leaves(act) && isIn(act, null))
  if (going.length === 0) return md`for ever`
  return md`for ever, but for what goes ${joined(
    going.map((act) => md`${dueText(act, null)}${whereText(act)}`),
    ', or ',
  )}`
}

/**
 * How long data of an entity's rows is kept at the most, by the longest way that rows can go: through the table, through
 * the archives. Null where nothing is said of it.
 */
export const keepingText = (entity: Entity): Markdown | null => {
  const lifecycle = entity.retention?.lifecycle ?? null
  if (lifecycle === null) return null
  if (lifecycle.kind === 'forever') return md`for ever. ${sentence(prose(lifecycle.because))}`
  const exit = exitOf(entity, null)
  if (exit === null) return openText(entity)
  const ends = endsOf(entity, exit)
  const last = lastOfEachClock(ends.filter((end): end is Act => 'due' in end))
  return joined(
    [
      joined([joined(last.map(endText), ', or '), hooksText([exit, ...last])], ', '),
      exit.keptNewest === null ? md`` : md`${newestText(exit.keptNewest)} for ever`,
      withoutClock(entity, [exit, ...last]),
      ...ends.map((end) => ('due' in end ? md`` : md`in ${code(end.into)} for ever`)),
    ],
    '; ',
  )
}
