import type { Check, Entity, Index, Reference, Unique } from '../../model/entity.js'
import type { Origin } from '../../model/origin.js'
import { breaking, type Findings } from './change.js'
import { areEqual, insteadOf, shortened } from './words.js'

/** Rules of two entities that are the same rule: told by what they are about, not by their names. */
const paired = <T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (rule: T) => string,
): {
  readonly pairs: readonly (readonly [before: T, after: T])[]
  readonly added: readonly T[]
  readonly removed: readonly T[]
} => {
  const left = [...before]
  const pairs: (readonly [T, T])[] = []
  const added: T[] = []
  const take = (is: (one: T) => boolean): T | undefined => {
    const at = left.findIndex(is)
    return at === -1 ? undefined : left.splice(at, 1)[0]
  }
  const open = after.filter((one) => {
    const same = take((other) => areEqual(other, one))
    return same === undefined
  })
  for (const one of open) {
    const partner = take((other) => keyOf(other) === keyOf(one))
    if (partner === undefined) added.push(one)
    else pairs.push([partner, one])
  }
  return { pairs, added, removed: left }
}

const rule = (owner: Entity, kind: string, fields: readonly string[]): string =>
  `${kind} ${owner.name}(${fields.join(', ')})`

const isTighter = (before: Unique, after: Unique): boolean =>
  (before.nulls === 'distinct' && after.nulls === 'not distinct') ||
  (before.where !== null && !areEqual(before.where, after.where)) ||
  (before.deferrable && !after.deferrable)

const isLooser = (before: Unique, after: Unique): boolean =>
  (before.nulls === 'not distinct' && after.nulls === 'distinct') ||
  (after.where !== null && !areEqual(before.where, after.where)) ||
  (!before.deferrable && after.deferrable)

/** `before` has the names that its fields have now. */
export const compareUniques = (before: Entity, after: Entity, findings: Findings): void => {
  const { added, pairs, removed } = paired(before.uniques, after.uniques, ({ fields }) => fields.join('\u0000'))
  for (const one of added) {
    findings.add({
      kind: 'added',
      subject: rule(after, 'unique', one.fields),
      what: 'two rows that are stored may have the same values',
      breaks: breaking({ rows: true, writers: true }),
      at: one.origin,
    })
  }
  for (const one of removed) {
    findings.add({
      kind: 'removed',
      subject: rule(after, 'unique', one.fields),
      what: 'no function finds a row by it',
      breaks: breaking({ callers: true }),
      at: after.origin,
    })
  }
  for (const [was, is] of pairs) {
    const [tighter, looser] = [isTighter(was, is), isLooser(was, is)]
    findings.add({
      kind: tighter === looser ? 'changed' : tighter ? 'narrowed' : 'widened',
      subject: rule(after, 'unique', is.fields),
      what: tighter ? 'more rows have to differ' : looser ? 'fewer rows have to differ' : 'another name or note',
      breaks: breaking({ rows: tighter, writers: tighter }),
      at: is.origin,
    })
  }
}

const partsOf = ({ parts }: Index): readonly string[] =>
  parts.map((part) => (part.kind === 'field' ? part.path.join('.') : 'expression'))

export const compareIndexes = (before: Entity, after: Entity, findings: Findings): void => {
  const { added, pairs, removed } = paired(before.indexes, after.indexes, (one) => JSON.stringify(partsOf(one)))
  const unique = (one: Index): string => (one.unique ? 'unique index' : 'index')
  for (const one of added) {
    const breaks = breaking({ rows: one.unique, writers: one.unique })
    findings.add({ kind: 'added', subject: rule(after, unique(one), partsOf(one)), what: '', breaks, at: one.origin })
  }
  for (const one of removed) {
    findings.add({
      kind: 'removed',
      subject: rule(after, unique(one), partsOf(one)),
      what: one.unique ? '' : 'what it served reads more',
      breaks: [],
      at: after.origin,
    })
  }
  for (const [was, is] of pairs) {
    const isTightened = is.unique && (!was.unique || (was.where !== null && !areEqual(was.where, is.where)))
    findings.add({
      kind: isTightened ? 'narrowed' : was.unique && !is.unique ? 'widened' : 'changed',
      subject: rule(after, unique(is), partsOf(is)),
      what: isTightened ? 'more rows have to differ' : 'made anew',
      breaks: breaking({ rows: isTightened, writers: isTightened }),
      at: is.origin,
    })
  }
}

const target = ({ to }: Reference): string => `${to.entity}(${to.fields.join(', ')})`

const keeps = (action: Reference['onDelete']): boolean => action === 'restrict' || action === 'no action'

export const compareReferences = (before: Entity, after: Entity, findings: Findings): void => {
  const { added, pairs, removed } = paired(before.references, after.references, ({ fields }) => fields.join('\u0000'))
  for (const one of added) {
    findings.add({
      kind: 'added',
      subject: rule(after, 'reference', one.fields),
      what: one.enforced ? `to ${target(one)}: what is stored may lead nowhere` : `to ${target(one)}, not enforced`,
      breaks: breaking({ rows: one.enforced, writers: one.enforced }),
      at: one.origin,
    })
  }
  for (const one of removed) {
    const what = `to ${target(one)}`
    findings.add({ kind: 'removed', subject: rule(after, 'reference', one.fields), what, breaks: [], at: after.origin })
  }
  for (const [was, is] of pairs) {
    const isElsewhere = target(was) !== target(is)
    const isEnforcedNow = is.enforced && (!was.enforced || isElsewhere)
    const keepsNow = is.enforced && keeps(is.onDelete) && !(was.enforced && keeps(was.onDelete))
    const said = [
      isElsewhere ? insteadOf(`to ${target(is)}`, target(was)) : null,
      was.enforced === is.enforced ? null : is.enforced ? 'enforced' : 'no longer enforced',
      was.onDelete === is.onDelete ? null : insteadOf(`on_delete ${is.onDelete}`, was.onDelete),
      was.onUpdate === is.onUpdate ? null : insteadOf(`on_update ${is.onUpdate}`, was.onUpdate),
    ].filter((one) => one !== null)
    findings.add({
      kind: isEnforcedNow ? 'narrowed' : was.enforced && !is.enforced ? 'widened' : 'changed',
      subject: rule(after, 'reference', is.fields),
      what: said.length === 0 ? 'another name' : said.join(', '),
      breaks: breaking({ rows: isEnforcedNow, writers: isEnforcedNow || keepsNow }),
      at: is.origin,
    })
  }
}

interface Checked {
  readonly name: string
  readonly checks: readonly Check[]
  readonly origin: Origin
}

/** What a check means is its tree; how it is written plays no part. */
export const compareChecks = (before: Checked, after: Checked, findings: Findings): void => {
  const meaning = ({ expression, name }: Check) => ({ expression, name })
  const named = (checks: readonly Check[]) => new Map(checks.map((check) => [check.name, check]))
  const [earlier, later] = [named(before.checks), named(after.checks)]
  const refuses = breaking({ rows: true, writers: true, callers: true })
  for (const check of after.checks) {
    const was = earlier.get(check.name)
    if (was !== undefined && areEqual(meaning(was), meaning(check))) continue
    findings.add({
      kind: was === undefined ? 'added' : 'changed',
      subject: `check ${after.name}.${check.name}`,
      what: shortened(check.text),
      breaks: refuses,
      at: check.origin,
    })
  }
  for (const check of before.checks) {
    if (later.has(check.name)) continue
    const subject = `check ${after.name}.${check.name}`
    findings.add({ kind: 'removed', subject, what: shortened(check.text), breaks: [], at: after.origin })
  }
}

export const compareRawChecks = (before: Entity, after: Entity, findings: Findings): void => {
  const { added, pairs, removed } = paired(before.postgres.checks, after.postgres.checks, ({ name }) => name)
  const refuses = breaking({ rows: true, writers: true })
  const subject = (name: string): string => `raw check ${after.name}.${name}`
  for (const { name, origin, sql } of [...added, ...pairs.map(([, is]) => is)]) {
    const kind = added.some((one) => one.name === name) ? 'added' : 'changed'
    findings.add({ kind, subject: subject(name), what: shortened(sql), breaks: refuses, at: origin })
  }
  for (const { name } of removed) {
    findings.add({ kind: 'removed', subject: subject(name), what: '', breaks: [], at: after.origin })
  }
}
