import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { type Entry, entryOf, type Mapping, type Node, type Scalar } from '../load/node.js'
import { itemsAt, mappingAt, scalarsIn } from '../resolve/read.js'

type Found = (diagnostic: Diagnostic) => void

const bareName = (name: string): string => name.replace(/\?$/, '')

/** What a part of a definition can be called: its name, its only field, or its fields in their order. */
const namesOfItem = (item: Node): readonly string[] => {
  const fields = item.kind === 'mapping' ? entryOf(item, 'fields')?.value : item
  const name = item.kind === 'mapping' ? scalarsIn(entryOf(item, 'name')?.value ?? null) : []
  const joined = scalarsIn(fields ?? null).map(({ text }) => text)
  return [...name.map(({ text }) => text), joined.join(', ')]
}

const nameOf = (left: Node): string =>
  scalarsIn(left)
    .map(({ text }) => text)
    .join(', ')

interface Part {
  readonly names: readonly string[]
  readonly part: Node | Entry
}

const partsOf = (value: Node): readonly Part[] => {
  switch (value.kind) {
    case 'mapping':
      return value.entries.map((part) => ({ names: [bareName(part.key.text)], part }))
    case 'sequence':
      return value.items.map((part) => ({ names: namesOfItem(part), part }))
    case 'scalar':
      return []
  }
}

const withoutParts = (value: Node, gone: ReadonlySet<Node | Entry>): Node => {
  switch (value.kind) {
    case 'mapping':
      return { ...value, entries: value.entries.filter((entry) => !gone.has(entry)) }
    case 'sequence':
      return { ...value, items: value.items.filter((item) => !gone.has(item)) }
    case 'scalar':
      return value
  }
}

const leaveOutParts = (root: Mapping, name: string, key: Scalar, left: readonly Node[], found: Found): Mapping => {
  const value = entryOf(root, key.text)?.value
  const parts = value === undefined ? [] : partsOf(value)
  const gone = new Set<Node | Entry>()
  for (const one of left) {
    const called = nameOf(one)
    const meant = parts.filter(({ names }) => names.includes(called))
    for (const { part } of meant) gone.add(part)
    if (meant.length > 0) continue
    const candidates = parts.flatMap(({ names }) => names)
    found(
      report('nothing-to-leave-out', one.at, {
        part: called,
        key: key.text,
        owner: name,
        nearest: nearest(called, candidates),
      }),
    )
  }
  if (value === undefined || gone.size === 0) return root
  const entries = root.entries.map((entry) =>
    entry.value === value ? { ...entry, value: withoutParts(value, gone) } : entry,
  )
  return { ...root, entries }
}

const leaveOutAll = (root: Mapping, name: string, key: Scalar, found: Found): Mapping => {
  if (entryOf(root, key.text) === undefined) {
    found(report('nothing-to-leave-out', key.at, { part: key.text, key: null, owner: name, nearest: null }))
  }
  return { ...root, entries: root.entries.filter((entry) => entry.key.text !== key.text) }
}

/** A definition without what `without:` names; what is not there to be left out is a finding. */
export const leaveOut = (root: Mapping, name: string, extension: Mapping, found: Found): Mapping =>
  (mappingAt(extension, 'without')?.entries ?? []).reduce(
    (left, { key, value }) =>
      value.kind === 'scalar'
        ? leaveOutAll(left, name, key, found)
        : leaveOutParts(left, name, key, itemsAt({ ...extension, entries: [{ key, value }] }, key.text), found),
    root,
  )
