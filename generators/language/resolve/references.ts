import { report } from '../../kernel/diagnostic.js'
import type { Reference } from '../../model/index.js'
import { referenceActions } from '../../model/words.js'
import type { Mapping, Scalar } from '../load/node.js'
import { findHead } from './links.js'
import { itemsAt, mappingAt, partOf, scalarAt, textAt, textsAt, truthAt, wordAt } from './read.js'
import type { Scope } from './scope.js'

const targetPattern = /^([^().\s]+)(?:\.([^()]+)|\(([^()]*)\))?$/

interface Target {
  readonly entity: string
  readonly fields: readonly string[]
}

/** `guild_member` (its key), `chat.chat_id`, or `guild_member(guild_id, user_id)`. */
const targetOf = (scope: Scope, to: Scalar): Target | null => {
  const [, entity, field, list] = targetPattern.exec(to.text.trim()) ?? []
  if (entity === undefined) {
    scope.found(
      report('bad-literal', to.at, { expected: 'an entity, such as `guild_member`', found: `\`${to.text}\`` }),
    )
    return null
  }
  const head = findHead(scope, entity, partOf(to, 0, entity.length).at)
  if (head === null) return null
  if (field !== undefined) return { entity, fields: [field] }
  if (list !== undefined) return { entity, fields: list.split(',').map((name) => name.trim()) }
  if (head.key.length > 0) return { entity, fields: head.key }
  scope.found(report('reference-to-no-key', to.at, { entity, fields: [] }))
  return null
}

/** `set null`, or `{ set_null: [channel_id] }`, which names the fields that become null. */
const deletionOf = (node: Mapping, fields: readonly string[]): Pick<Reference, 'onDelete' | 'setNull'> => {
  const written = mappingAt(node, 'on_delete')
  if (written !== null) return { onDelete: 'set null', setNull: textsAt(written, 'set_null') }
  const onDelete = wordAt(node, 'on_delete', referenceActions) ?? 'no action'
  return { onDelete, setNull: onDelete === 'set null' ? fields : [] }
}

const referenceOf = (scope: Scope, node: Mapping): readonly Reference[] => {
  const to = scalarAt(node, 'to')
  const target = to && targetOf(scope, to)
  if (target === null) return []
  const fields = textsAt(node, 'fields')
  return [
    {
      fields,
      to: target,
      ...deletionOf(node, fields),
      onUpdate: wordAt(node, 'on_update', referenceActions) ?? 'no action',
      enforced: truthAt(node, 'enforced') !== false,
      name: textAt(node, 'name'),
      origin: node.at,
    },
  ]
}

/** What stands under `references:` of an entity. */
export const resolveReferences = (scope: Scope, root: Mapping): readonly Reference[] =>
  itemsAt(root, 'references').flatMap((node) => (node.kind === 'mapping' ? referenceOf(scope, node) : []))
