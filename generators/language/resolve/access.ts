import type { Access } from '../../model/index.js'
import type { Entry, Mapping } from '../load/node.js'
import { entriesAt, nodeAtKey, scalarsIn, truthAt, truthOf } from './read.js'

const permission = (root: Mapping, key: string): boolean | readonly string[] => {
  const node = nodeAtKey(root, key)
  if (node === null) return false
  return node.kind === 'sequence' ? scalarsIn(node).map(({ text }) => text) : truthOf(node) === true
}

const accessOf = ({ key, value }: Entry): Access => {
  const of = { actor: key.text, origin: key.at }
  if (value.kind === 'mapping') {
    return {
      ...of,
      create: truthAt(value, 'create') === true,
      read: permission(value, 'read'),
      update: permission(value, 'update'),
      delete: truthAt(value, 'delete') === true,
    }
  }
  const words = new Set(scalarsIn(value).map(({ text }) => text))
  return {
    ...of,
    create: words.has('create'),
    read: words.has('read'),
    update: words.has('update'),
    delete: words.has('delete'),
  }
}

/** What stands under `access:` of an entity. */
export const resolveAccess = (root: Mapping): readonly Access[] => entriesAt(root, 'access').map(accessOf)
