import { nearest } from '../../kernel/nearest.js'
import type { Field } from '../../model/field.js'
import { findField, findObject } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'

/** What has fields: an entity or an object. */
export interface Owner {
  readonly name: string
  readonly fields: readonly Field[]
}

/** Where names are looked up: an owner within its set. */
export interface Scope {
  readonly set: SchemaSet
  readonly owner: Owner
  /** Fields whose type could not be read: nothing more is said about them. */
  readonly isBroken: (owner: string, field: string) => boolean
}

export type Resolved =
  | { readonly kind: 'field'; readonly field: Field; readonly owner: Owner }
  | { readonly kind: 'missing'; readonly name: string; readonly owner: Owner; readonly nearest: string | null }
  | { readonly kind: 'no-fields'; readonly path: string; readonly field: Field }
  | { readonly kind: 'broken' }

/** The field that a path names: its first part in the scope's owner, each further part in the object before it. */
export const resolvePath = (scope: Scope, path: readonly string[]): Resolved => {
  const [name = '', ...rest] = path
  const { owner, set } = scope
  const field = findField(owner, name)
  if (field === undefined) {
    const candidates = owner.fields.map((candidate) => candidate.name)
    return { kind: 'missing', name, owner, nearest: nearest(name, candidates) }
  }
  if (scope.isBroken(owner.name, name)) return { kind: 'broken' }
  if (rest.length === 0) return { kind: 'field', field, owner }
  const { type } = field
  if (type.kind !== 'object') return { kind: 'no-fields', path: name, field }
  const inner = findObject(set, type.object)
  return inner === undefined ? { kind: 'broken' } : resolvePath({ ...scope, owner: inner }, rest)
}
