import type { Entity } from '../../model/entity.js'
import { type Act, actsOf, dueWords } from '../../model/lifecycle.js'
import type { Age, Erasure, EventRule } from '../../model/retention.js'
import { breaking, type Findings } from './change.js'
import { areEqual } from './words.js'

const seconds: Readonly<Record<Age['unit'], number>> = {
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 86_400,
  weeks: 604_800,
  months: 2_629_746,
  years: 31_556_952,
}

const lengthOf = ({ count, unit }: Age): number => count * seconds[unit]

/** Whether an act takes rows out of their place, or changes them. */
const isTaking = ({ action }: Act): boolean => action.kind !== 'set'

const ageOf = ({ due }: Act): number | null => (due.kind === 'after' ? lengthOf(due.age) : null)

/** Acts that differ by nothing but their age. */
const isSameButAge = (one: Act, other: Act): boolean => {
  const bare = ({ due, keptNewest, after, ...rest }: Act) => ({
    ...rest,
    due: due.kind === 'after' ? { kind: due.kind, of: due.of } : due,
    per: keptNewest?.per ?? null,
    after: after.length,
  })
  return areEqual(bare(one), bare(other))
}

/** Whether the later act takes rows that the earlier one left: sooner, or more of them. */
const takesMore = (before: Act, after: Act): boolean => {
  const [was, is] = [ageOf(before), ageOf(after)]
  const keptBefore = before.keptNewest?.count ?? 0
  const keptNow = after.keptNewest?.count ?? 0
  return (was !== null && is !== null && is < was) || keptNow < keptBefore
}

const compareActs = (before: Entity, after: Entity, findings: Findings): void => {
  const [earlier, later] = [actsOf(before), actsOf(after)]
  if (areEqual(earlier, later)) return
  const isNew = (act: Act): boolean => {
    const partners = earlier.filter((other) => isSameButAge(other, act))
    return partners.length === 0 || partners.every((other) => takesMore(other, act))
  }
  const more = later.filter((act) => isTaking(act) && isNew(act))
  const words = later.map((act) => `${act.action.kind} ${dueWords(act)}`).join(', ')
  const kind =
    more.length > 0
      ? 'narrowed'
      : later.every((act) => earlier.some((one) => isSameButAge(one, act)))
        ? 'widened'
        : 'changed'
  findings.add({
    kind,
    subject: `retention ${after.name}`,
    what: words === '' ? 'rows are kept' : words,
    breaks: breaking({ rows: more.length > 0 }),
    at: after.retention?.origin ?? after.origin,
  })
}

/** How much of a row a rule takes: nothing, some of its values, or all of it. */
const strength = (rule: EventRule | null): number =>
  rule === null || rule.kind === 'keep' ? 0 : rule.kind === 'set' ? 1 : 2

const eventNames = { guildLeave: 'guild_leave', memberLeave: 'member_leave' } as const

const compareEvent = (before: Entity, after: Entity, event: keyof typeof eventNames, findings: Findings): void => {
  const [was, is] = [before.retention?.[event] ?? null, after.retention?.[event] ?? null]
  if (areEqual(was, is)) return
  const isStronger = strength(is) > strength(was) || (is?.kind === 'set' && !areEqual(was, is))
  findings.add({
    kind: isStronger ? 'narrowed' : strength(is) < strength(was) ? 'widened' : 'changed',
    subject: `${eventNames[event]} ${after.name}`,
    what: is === null ? 'no rule' : is.kind,
    breaks: breaking({ rows: isStronger }),
    at: is?.origin ?? after.origin,
  })
}

const erasing = (rule: Erasure['rule'] | undefined): number =>
  rule === undefined || rule.kind === 'keep' ? 0 : rule.kind === 'null' ? 1 : 2

const compareErasures = (before: Entity, after: Entity, findings: Findings): void => {
  const rules = ({ retention }: Entity) => new Map((retention?.erase ?? []).map((one) => [one.field, one]))
  const [earlier, later] = [rules(before), rules(after)]
  for (const field of new Set([...earlier.keys(), ...later.keys()])) {
    const [was, is] = [earlier.get(field), later.get(field)]
    if (areEqual(was?.rule, is?.rule)) continue
    const isStronger = erasing(is?.rule) > erasing(was?.rule)
    findings.add({
      kind: isStronger ? 'narrowed' : erasing(is?.rule) < erasing(was?.rule) ? 'widened' : 'changed',
      subject: `erase ${after.name}.${field}`,
      what: is === undefined ? 'no rule' : is.rule.kind,
      breaks: breaking({ rows: isStronger }),
      at: is?.origin ?? after.origin,
    })
  }
}

/** What happens to rows as they age, and when somebody leaves. `before` has the names that its fields have now. */
export const compareRetention = (before: Entity, after: Entity, findings: Findings): void => {
  compareActs(before, after, findings)
  compareEvent(before, after, 'guildLeave', findings)
  compareEvent(before, after, 'memberLeave', findings)
  compareErasures(before, after, findings)
}
