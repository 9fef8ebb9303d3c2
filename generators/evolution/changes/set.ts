import { type TargetId, targetIds } from '../../model/options.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { type Audience, breaking, type Findings } from './change.js'
import { areEqual, insteadOf } from './words.js'

/** Whom another value of an option breaks; of most nobody. */
const optionBreaks: Readonly<Record<string, Partial<Record<Audience, boolean>>>> = {
  'postgres.schema': { readers: true, writers: true },
  'postgres.timestamp': { readers: true, writers: true },
  'postgres.snowflake': { readers: true, writers: true },
  'typescript.module': { callers: true },
}

const isOff = (id: TargetId, name: string, value: unknown): boolean =>
  (id === 'postgres' || id === 'mongoose') && name === 'access' && value === false

const optionsOf = (set: SchemaSet, id: TargetId): Readonly<Record<string, unknown>> | null =>
  set.targets[id] as Readonly<Record<string, unknown>> | null

const compareTarget = (before: SchemaSet, after: SchemaSet, id: TargetId, findings: Findings): void => {
  const [was, is] = [optionsOf(before, id), optionsOf(after, id)]
  const at = after.origin
  const subject = `target ${id}`
  if (was === null && is !== null) findings.add({ kind: 'added', subject, what: '', breaks: [], at })
  if (was !== null && is === null) {
    const breaks = breaking(id === 'markdown' ? { links: true } : { callers: true })
    findings.add({ kind: 'removed', subject, what: 'none of its files is emitted', breaks, at })
  }
  if (was === null || is === null) return
  for (const name of Object.keys(is)) {
    if (areEqual(was[name], is[name])) continue
    findings.add({
      kind: 'changed',
      subject: `option ${id}.${name}`,
      what: insteadOf(String(is[name]), String(was[name])),
      breaks: breaking(isOff(id, name, is[name]) ? { callers: true } : (optionBreaks[`${id}.${name}`] ?? {})),
      at,
    })
  }
}

/** What botschema.yaml says of the whole. */
export const compareHeads = (before: SchemaSet, after: SchemaSet, findings: Findings): void => {
  if (before.name !== after.name) {
    const breaks = breaking({ callers: true, links: true })
    findings.add({
      kind: 'renamed',
      subject: `set ${after.name}`,
      what: `was ${before.name}`,
      breaks,
      at: after.origin,
    })
  }
  for (const id of targetIds) compareTarget(before, after, id, findings)
}
