import type { Change, Difference } from './differ.js'
import { isPrinted, type ObjectFacts, type Value } from './facts.js'

/** An object as people call it: ``column `warnings.note` ``. */
export const objectName = ({ id, kind }: Pick<ObjectFacts, 'id' | 'kind'>): string =>
  `${kind} \`${id.slice(kind.length + 1)}\``

const propertyNames: Readonly<Record<string, string>> = {
  notNull: 'not null',
  noInherit: 'no inherit',
  targetColumns: 'target columns',
  onUpdate: 'on update',
  onDelete: 'on delete',
  setNull: 'set null',
  nullsNotDistinct: 'nulls not distinct',
  partitionKey: 'partition key',
  defaultPartition: 'default partition',
  securityDefiner: 'security definer',
  made: 'made by',
}

/** Characters of a value that are shown: bodies of functions are long. */
const longest = 200

const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)

const plain = (value: Value): string => {
  if (value === null) return 'none'
  if (typeof value !== 'object') return String(value)
  if (isPrinted(value)) return value.sql.trim()
  if (Array.isArray(value)) return `(${value.map(plain).join(', ')})`
  const named = Object.entries(value).filter(([, inner]) => inner !== null && inner !== false)
  return named.map(([name, inner]) => (name === 'of' ? plain(inner) : `${name} ${plain(inner)}`)).join(' ')
}

/** A value on one line, no longer than people read. */
export const valueText = (value: Value): string => shortened(plain(value).replaceAll(/\s+/g, ' '))

const quoted = (value: Value): string => (value === null ? 'none' : `\`${valueText(value)}\``)

/** Texts that are alike as far as they are shown tell nobody how they differ. */
const changeText = ({ found, property, wanted }: Change): string => {
  const name = propertyNames[property] ?? property
  const [is, should] = [quoted(found), quoted(wanted)]
  return is === should ? `${name} is not as described` : `${name} is ${is}, and should be ${should}`
}

export const changesText = (changes: readonly Change[]): string => changes.map(changeText).join('; ')

const states: Readonly<Record<string, string>> = {
  validated: 'is not validated: rows from before it may break it',
  valid: 'is invalid: Postgres does not use it, and it holds nothing',
  enabled: 'is disabled',
  enforced: 'is not enforced',
  closed: 'can be executed by everybody (PUBLIC)',
}

export const stateText = (state: string): string => states[state] ?? `is not ${state}`

/** `with 3 columns and 2 indexes`; empty where nothing goes with it. */
export const alongsideText = ({ alongside }: Extract<Difference, { kind: 'missing' }>): string => {
  const counts = new Map<string, number>()
  for (const { kind } of alongside) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const plural = (kind: string): string => (kind === 'index' ? 'indexes' : `${kind}s`)
  const parts = [...counts].map(([kind, count]) => (count === 1 ? `1 ${kind}` : `${count} ${plural(kind)}`))
  return parts.length === 0 ? '' : `, with ${parts.join(', ')}`
}
