import { canonical } from '../../kernel/hash.js'
import { type Entry, entryOf, type Mapping, type Node, type Sequence } from '../load/node.js'
import { jsonOf } from '../shape/json.js'
import { asLongField, typeKeys } from './long-field.js'
import type { ByKey, Treatment } from './treatment.js'

/** Told of each value that takes the place of another one, which may be the same. */
export type Replaced = (before: Node, after: Node, isSame: boolean) => void

const listOf = (node: Node): Sequence =>
  node.kind === 'sequence' ? node : { kind: 'sequence', items: [node], at: node.at }

const isSame = (a: Node, b: Node): boolean => canonical(jsonOf(a)) === canonical(jsonOf(b))

const replace = (before: Node, after: Node, replaced: Replaced): Node => {
  replaced(before, after, isSame(before, after))
  return after
}

const add = (before: Node, after: Node, replaced: Replaced): Node => {
  if (before.kind === 'mapping' && after.kind === 'mapping') return layOver(before, after, { keys: {} }, replaced)
  if (before.kind === 'mapping' || after.kind === 'mapping') return replace(before, after, replaced)
  return { ...listOf(before), items: [...listOf(before).items, ...listOf(after).items] }
}

/** `nickname?` and `nickname` are one field of an object. */
const bareName = (name: string): string => name.replace(/\?$/, '')

const layField = (before: Node, after: Node, replaced: Replaced): Node => {
  const [base, over] = [asLongField(before), asLongField(after)]
  if (base.kind !== 'mapping' || over.kind !== 'mapping') return replace(before, after, replaced)
  const staysInline = entryOf(base, 'fields') !== undefined && entryOf(over, 'fields') !== undefined
  const retyped = typeKeys.some((key) => entryOf(over, key) !== undefined) && !staysInline
  const kept = retyped ? base.entries.filter(({ key }) => !isTypeKey(key.text)) : base.entries
  for (const entry of base.entries) {
    const said = over.entries.find(({ key }) => isTypeKey(key.text))
    if (retyped && isTypeKey(entry.key.text) && said !== undefined) replace(entry.value, said.value, replaced)
  }
  return layOver({ ...base, entries: kept }, over, { keys: { fields: 'fields' } }, replaced)
}

const isTypeKey = (name: string): boolean => typeKeys.some((key) => key === name)

const layFields = (before: Node, after: Node, replaced: Replaced): Node => {
  if (before.kind !== 'mapping' || after.kind !== 'mapping') return replace(before, after, replaced)
  const laid = new Set<Entry>()
  const entries = before.entries.map((entry) => {
    const over = after.entries.find(({ key }) => bareName(key.text) === bareName(entry.key.text))
    if (over === undefined) return entry
    laid.add(over)
    const key = over.key.text.endsWith('?') ? over.key : entry.key
    return { key, value: layField(entry.value, over.value, replaced) }
  })
  return { ...before, entries: [...entries, ...after.entries.filter((entry) => !laid.has(entry))] }
}

const lay = (before: Node, after: Node, treatment: Treatment, replaced: Replaced): Node => {
  if (treatment === 'add') return add(before, after, replaced)
  if (treatment === 'fields') return layFields(before, after, replaced)
  if (treatment === 'replace' || before.kind !== 'mapping' || after.kind !== 'mapping')
    return replace(before, after, replaced)
  return layOver(before, after, treatment, replaced)
}

/** One mapping laid over another: what both say stays in its place, what is new comes last. */
export const layOver = (before: Mapping, after: Mapping, { keys }: ByKey, replaced: Replaced): Mapping => {
  const entries = before.entries.map((entry) => {
    const over = entryOf(after, entry.key.text)
    if (over === undefined) return entry
    const value = lay(entry.value, over.value, keys[entry.key.text] ?? 'replace', replaced)
    return { key: value === over.value ? over.key : entry.key, value }
  })
  const added = after.entries.filter(({ key }) => entryOf(before, key.text) === undefined)
  return { ...before, entries: [...entries, ...added] }
}
