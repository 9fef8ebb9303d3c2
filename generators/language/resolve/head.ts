import { entryOf, type Mapping } from '../load/node.js'
import type { Definition } from './names.js'
import { entriesAt, nodeAtKey, scalarsIn, textAt, truthAt, truthOf } from './read.js'
import type { EntityHead } from './scope.js'

/** The fields that `timestamps:` adds, in their order. */
export const timestampNames = (root: Mapping): { readonly created: string | null; readonly updated: string | null } => {
  const node = nodeAtKey(root, 'timestamps')
  if (node === null || truthOf(node) === false) return { created: null, updated: null }
  if (node.kind !== 'mapping') return { created: 'created_at', updated: 'updated_at' }
  return { created: textAt(node, 'created'), updated: textAt(node, 'updated') }
}

export const isSingleton = (root: Mapping): boolean => truthAt(root, 'singleton') === true

/** The fields with `key: true`. */
const markedKeys = (root: Mapping): readonly string[] =>
  entriesAt(root, 'fields')
    .filter(({ value }) => value.kind === 'mapping' && truthAt(value, 'key') === true)
    .map(({ key }) => key.text)

const keyOf = (root: Mapping, fields: readonly string[]): readonly string[] => {
  if (isSingleton(root)) return []
  const written = nodeAtKey(root, 'key')
  if (written !== null) {
    const names = scalarsIn(written).map(({ text }) => text)
    return written.kind === 'scalar' && names[0] === 'none' ? [] : names
  }
  const marked = markedKeys(root)
  if (marked.length > 0) return marked
  const usual = ['id', '_id'].find((name) => fields.includes(name))
  return usual === undefined ? [] : [usual]
}

/** What is known of an entity before its fields are resolved. */
export const headOf = ({ name, root }: Definition): EntityHead => {
  const { created, updated } = timestampNames(root)
  const own = entriesAt(root, 'fields').map(({ key }) => key.text)
  const fields = [...own, ...[created, updated].filter((field) => field !== null)]
  return { name, fields, key: keyOf(root, fields) }
}

/** Whether the key is named twice, by `key:` and by `key: true` on a field: the key of the first such field. */
export const secondKey = (root: Mapping): Mapping['entries'][number] | null => {
  if (nodeAtKey(root, 'key') === null && !isSingleton(root)) return null
  const field = entriesAt(root, 'fields').find(
    ({ value }) => value.kind === 'mapping' && truthAt(value, 'key') === true,
  )
  return field?.value.kind === 'mapping' ? (entryOf(field.value, 'key') ?? null) : null
}
