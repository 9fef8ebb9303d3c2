import { report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import type { Field, Query, QueryColumn, QueryColumns } from '../../model/index.js'
import type { Entry, Node, Scalar } from '../load/node.js'
import { parameterKey } from '../parameter-key.js'
import { builtinNames } from './builtins.js'
import { findHead } from './links.js'
import { partOf } from './read.js'
import { placeAt, type Scope } from './scope.js'
import { parseFieldText } from './type-text.js'
import { resolveWritten } from './types.js'
import { readWritten } from './written.js'

/** The entity that a query stands in. */
export interface Owner {
  readonly scope: Scope
  readonly name: string
  readonly fields: readonly Field[]
}

type Typed = Pick<QueryColumn, 'type' | 'nullable' | 'field' | 'property'>

/** A field as it is written: with `?` behind it the value may be null, whatever the field says. */
interface WrittenField {
  readonly node: Scalar
  readonly nullable: boolean
}

const writtenField = (node: Scalar): WrittenField =>
  node.text.endsWith('?') ? { node: partOf(node, 0, node.text.length - 1), nullable: true } : { node, nullable: false }

const typedBy = (entity: string, { name, type, nullable, property }: Field, written: WrittenField): Typed => ({
  type,
  nullable: nullable || written.nullable,
  field: { entity, name },
  property,
})

/** Whether a text is a type of the language or of the set, such as `integer` or `string(32)`. */
const isTypeText = ({ names }: Scope, text: string): boolean => {
  const parsed = parseFieldText(text)
  if (!parsed.ok) return false
  const { name } = parsed.value.type
  const kind = names.byName.get(name)?.kind
  return builtinNames.has(name) || (kind !== undefined && kind !== 'entity')
}

const ownField = ({ scope, name, fields }: Owner, written: WrittenField): Typed | null => {
  const { node } = written
  const field = fields.find((one) => one.name === node.text)
  if (field !== undefined) return typedBy(name, field, written)
  if (isTypeText(scope, node.text)) {
    scope.found(report('type-as-field', node.at, { type: node.text + (written.nullable ? '?' : '') }))
    return null
  }
  const near = nearest(
    node.text,
    fields.map((one) => one.name),
  )
  scope.found(report('unknown-field', node.at, { name: node.text, owner: name, nearest: near }))
  return null
}

const otherField = ({ scope }: Owner, written: WrittenField, dot: number): Typed | null => {
  const { node } = written
  const [entity, name] = [node.text.slice(0, dot), node.text.slice(dot + 1)]
  const head = findHead(scope, entity, partOf(node, 0, dot).at)
  if (head === null) return null
  if (!head.fields.includes(name)) {
    const at = partOf(node, dot + 1, node.text.length).at
    scope.found(report('unknown-field', at, { name, owner: entity, nearest: nearest(name, head.fields) }))
    return null
  }
  const found = scope.entityField(entity, name)
  return found === null || typeof found === 'string' ? null : typedBy(entity, found.field, written)
}

const typeOf = (owner: Owner, query: string, key: Scalar, value: Entry['value']): Typed | null => {
  if (value.kind === 'scalar') {
    const written = writtenField(value)
    const dot = written.node.text.indexOf('.')
    return dot === -1 ? ownField(owner, written) : otherField(owner, written, dot)
  }
  if (value.kind !== 'mapping') return null
  const place = placeAt(owner.scope, `${owner.name}_${query}_${key.text}`, `${owner.name}.${query}.${key.text}`)
  const written = readWritten(value, place)
  const resolved = written && resolveWritten(written)
  return written && resolved && { type: resolved.type, nullable: written.nullable, field: null, property: key.text }
}

/** A parameter by its name; none where its type cannot be read, which is reported. */
export const parameterOf = (owner: Owner, query: string, { key, value }: Entry): Query['parameters'] => {
  const typed = typeOf(owner, query, key, value)
  if (typed === null) {
    owner.scope.markBroken(owner.name, parameterKey(query, key.text))
    return []
  }
  const { type, nullable, field } = typed
  return [{ name: key.text, type, nullable, field, origin: key.at }]
}

const listedColumn = (owner: Owner, node: Node): readonly QueryColumn[] => {
  if (node.kind !== 'scalar') return []
  const written = writtenField(node)
  const typed = ownField(owner, written)
  return typed === null ? [] : [{ ...typed, name: written.node.text, origin: node.at }]
}

const namedColumn = (owner: Owner, query: string, { key, value }: Entry): readonly QueryColumn[] => {
  const typed = typeOf(owner, query, key, value)
  return typed === null ? [] : [{ ...typed, name: key.text, property: key.text, origin: key.at }]
}

/** What stands under `columns:` of a query. */
export const columnsOf = (owner: Owner, query: string, node: Node | null): QueryColumns | null => {
  switch (node?.kind) {
    case undefined:
      return null
    case 'scalar':
      return { kind: 'row', origin: node.at }
    case 'sequence':
      return { kind: 'fields', columns: node.items.flatMap((item) => listedColumn(owner, item)), origin: node.at }
    case 'mapping':
      return {
        kind: 'named',
        columns: node.entries.flatMap((entry) => namedColumn(owner, query, entry)),
        origin: node.at,
      }
  }
}
