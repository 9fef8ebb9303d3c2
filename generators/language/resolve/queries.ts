import { report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import type { Field, MongoCommand, Query } from '../../model/index.js'
import type { Entry, Mapping, Node, Scalar } from '../load/node.js'
import { jsonOf } from '../shape/json.js'
import { findHead } from './links.js'
import { entriesAt, mappingAt, partOf, scalarAt, textAt, wordAt } from './read.js'
import { placeAt, type Scope } from './scope.js'
import { resolveWritten } from './types.js'
import { readWritten } from './written.js'

interface Owner {
  readonly scope: Scope
  readonly name: string
  readonly fields: readonly Field[]
}

type Typed = Pick<Query['parameters'][number], 'type' | 'nullable' | 'field'>

const typedBy = (entity: string, { name, type, nullable }: Field): Typed => ({
  type,
  nullable,
  field: { entity, name },
})

const ownField = ({ scope, name, fields }: Owner, node: Scalar): Typed | null => {
  const field = fields.find((one) => one.name === node.text)
  if (field !== undefined) return typedBy(name, field)
  const near = nearest(
    node.text,
    fields.map((one) => one.name),
  )
  scope.found(report('unknown-field', node.at, { name: node.text, owner: name, nearest: near }))
  return null
}

const otherField = ({ scope }: Owner, node: Scalar, dot: number): Typed | null => {
  const [entity, name] = [node.text.slice(0, dot), node.text.slice(dot + 1)]
  const head = findHead(scope, entity, partOf(node, 0, dot).at)
  if (head === null) return null
  if (!head.fields.includes(name)) {
    const at = partOf(node, dot + 1, node.text.length).at
    scope.found(report('unknown-field', at, { name, owner: entity, nearest: nearest(name, head.fields) }))
    return null
  }
  const found = scope.entityField(entity, name)
  return found === null || found === 'circle' ? null : typedBy(entity, found.field)
}

const parameterOf = (owner: Owner, query: string, { key, value }: Entry): Query['parameters'] => {
  const typed = typeOf(owner, query, key, value)
  return typed === null
    ? []
    : [{ name: key.text, type: typed.type, nullable: typed.nullable, field: typed.field, origin: key.at }]
}

const typeOf = (owner: Owner, query: string, key: Scalar, value: Entry['value']): Typed | null => {
  if (value.kind === 'scalar') {
    const dot = value.text.indexOf('.')
    return dot === -1 ? ownField(owner, value) : otherField(owner, value, dot)
  }
  if (value.kind !== 'mapping') return null
  const place = placeAt(owner.scope, `${owner.name}_${query}_${key.text}`, `${owner.name}.${query}.${key.text}`)
  const written = readWritten(value, place)
  const resolved = written && resolveWritten(written)
  return written && resolved && { type: resolved.type, nullable: written.nullable, field: null }
}

const pointerTo = (pointer: string, part: string | number): string =>
  `${pointer}/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`

const placesIn = (node: Node, pointer: string): MongoCommand['places'] => {
  const here = { of: 'value', pointer, origin: node.at } as const
  switch (node.kind) {
    case 'scalar':
      return [here]
    case 'sequence':
      return [here, ...node.items.flatMap((item, index) => placesIn(item, pointerTo(pointer, index)))]
    case 'mapping':
      return [
        here,
        ...node.entries.flatMap(({ key, value }) => {
          const inner = pointerTo(pointer, key.text)
          return [{ of: 'key', pointer: inner, origin: key.at } as const, ...placesIn(value, inner)]
        }),
      ]
  }
}

const queryOf = (owner: Owner, key: Scalar, node: Mapping): Query => {
  const postgres = scalarAt(node, 'postgres')
  const mongo = mappingAt(node, 'mongo')
  return {
    name: key.text,
    summary: textAt(node, 'summary'),
    parameters: entriesAt(node, 'params').flatMap((entry) => parameterOf(owner, key.text, entry)),
    returns: wordAt(node, 'returns', ['many', 'one', 'none']) ?? 'many',
    postgres: postgres && { text: postgres.text.trimEnd(), origin: postgres.at },
    mongo: mongo && { command: jsonOf(mongo), places: placesIn(mongo, ''), origin: mongo.at },
    origin: key.at,
  }
}

/** What stands under `queries:` of an entity. */
export const resolveQueries = (scope: Scope, name: string, root: Mapping, fields: readonly Field[]): readonly Query[] =>
  entriesAt(root, 'queries').flatMap(({ key, value }) =>
    value.kind === 'mapping' ? [queryOf({ scope, name, fields }, key, value)] : [],
  )
