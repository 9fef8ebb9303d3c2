import type { EnumDefinition } from '../../model/schema-set.js'
import { breaking, type Findings } from './change.js'
import { match } from './match.js'
import { areEqual, insteadOf } from './words.js'

/** What has come of an enum. A value is written as it is stored, so that its name is what counts. */
export const compareEnum = (before: EnumDefinition, after: EnumDefinition, findings: Findings): void => {
  const named = ({ values }: EnumDefinition) => values.map((value) => ({ ...value, name: String(value.value) }))
  const owner = after.inline ?? after.name
  const subject = (name: string): string => `value ${owner}.${name}`
  const { added, pairs, removed } = match(
    {
      thing: 'value',
      owner,
      before: named(before),
      after: named(after),
      gone: after.gone,
      isAlike: (one, other) => typeof one.value === typeof other.value,
      at: after.origin,
    },
    findings,
  )
  for (const { name, origin } of added) {
    const breaks = breaking({ readers: true, callers: true })
    findings.add({ kind: 'added', subject: subject(name), what: '', breaks, at: origin })
  }
  for (const { name } of removed) {
    findings.add({
      kind: 'removed',
      subject: subject(name),
      what: 'what is stored may have it',
      breaks: breaking({ rows: true, writers: true, callers: true }),
      at: after.origin,
    })
  }
  for (const { before: was, after: is } of pairs) {
    const isRetyped = typeof was.value !== typeof is.value
    if (was.name === is.name && !isRetyped) continue
    const breaks = breaking({ readers: true, writers: true, callers: true })
    const what = isRetyped ? `${typeof is.value} instead of ${typeof was.value}` : `was ${was.name}`
    findings.add({ kind: isRetyped ? 'changed' : 'renamed', subject: subject(is.name), what, breaks, at: is.origin })
  }
  if (before.as !== after.as || !areEqual(before.base, after.base)) {
    findings.add({
      kind: 'changed',
      subject: `enum ${owner}`,
      what: insteadOf(`kept as ${after.as === 'type' ? 'a type' : 'a column with a check'}`, before.as),
      breaks: [],
      at: after.origin,
    })
  }
}
