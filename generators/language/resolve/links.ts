import { report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import type { Span } from '../../kernel/source.js'
import type { Type } from '../../model/index.js'
import { deepestKeys, type EntityHead, type Scope } from './scope.js'

/** What a `ref(…)` leads to: one field of an entity, and its type. */
export interface Link {
  readonly entity: string
  readonly field: string
  readonly type: Type
}

/** Finds an entity by name; reports one that does not exist, unless it exists and cannot be read. */
export const findHead = (scope: Scope, name: string, at: Span): EntityHead | null => {
  const head = scope.entityHead(name)
  if (head !== null || scope.names.unreadable.has(name)) return head
  const entities = [...scope.names.byName.values()].filter(({ kind }) => kind === 'entity')
  const other = scope.names.byName.get(name)
  if (other === undefined) {
    scope.found(
      report('unknown-entity', at, {
        name,
        nearest: nearest(
          name,
          entities.map((entity) => entity.name),
        ),
      }),
    )
  } else if (other.kind !== 'entity') {
    scope.found(report('not-an-entity', at, { name, kind: other.kind }))
  }
  return null
}

const onlyKeyField = (scope: Scope, head: EntityHead, at: Span): string | null => {
  const [field, ...others] = head.key
  if (field !== undefined && others.length === 0) return field
  scope.found(report('reference-to-no-key', at, { entity: head.name, fields: head.key }))
  return null
}

const namedField = (scope: Scope, head: EntityHead, field: string, at: Span): string | null => {
  if (head.fields.includes(field)) return field
  scope.found(report('unknown-field', at, { name: field, owner: head.name, nearest: nearest(field, head.fields) }))
  return null
}

/** Follows `user` (its key) or `chat.chat_id` to a field and its type. */
export const followLink = (scope: Scope, text: string, at: Span): Link | null => {
  const dot = text.indexOf('.')
  const entity = dot === -1 ? text : text.slice(0, dot)
  const head = findHead(scope, entity, at)
  if (head === null) return null
  const field = dot === -1 ? onlyKeyField(scope, head, at) : namedField(scope, head, text.slice(dot + 1), at)
  if (field === null) return null
  const target = scope.entityField(entity, field)
  if (target === 'circle') scope.found(report('reference-circle', at, { entity, field }))
  if (target === 'deep') scope.found(report('nested-too-deep', at, { what: 'keys', deepest: deepestKeys }))
  return target === null || typeof target === 'string' || target.broken
    ? null
    : { entity, field, type: target.field.type }
}
