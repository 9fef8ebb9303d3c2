import { report } from '../../kernel/diagnostic.js'
import type { Index, IndexOrder, IndexPart, Unique } from '../../model/index.js'
import { indexMethods, nullsPlaces, nullsRules } from '../../model/words.js'
import type { Mapping, Node, Scalar } from '../load/node.js'
import { readExpression } from './field.js'
import { itemsAt, nodeAtKey, partOf, scalarAt, scalarsIn, textAt, textsAt, truthAt, wordAt } from './read.js'
import type { Scope } from './scope.js'

const name = String.raw`(?:[\p{L}_][\p{L}\p{N}_$]*|"[^"]+")`
const pathPattern = new RegExp(String.raw`^(${name}(?:\.${name})*)(?:\s+([A-Za-z_]\w*))?$`, 'u')
const nullsPattern = /\s+nulls\s+(first|last)$/i
export const directionPattern = /\s+(asc|desc)$/i
const collationPattern = /\s+collate\s+(?:"([^"]+)"|([A-Za-z_][\w-]*))(?:\s+([A-Za-z_]\w*))?$/i

const namesInPath = (path: string): readonly string[] =>
  [...path.matchAll(/"([^"]+)"|[^".]+/g)].map((match) => match[1] ?? match[0])

/** A text without what a pattern finds at its end, and that. */
export const withoutEnd = (scalar: Scalar, pattern: RegExp): readonly [rest: Scalar, found: RegExpExecArray | null] => {
  const found = pattern.exec(scalar.text)
  return [found === null ? scalar : partOf(scalar, 0, found.index), found]
}

/**
 * One part of an index: `created_at desc nulls last`, `name collate "C"`, `d gin_trgm_ops`, `config.enabled` or an
 * expression. The words stand in the order in which Postgres takes them.
 */
const partOfIndex = (scope: Scope, scalar: Scalar): IndexPart | null => {
  const [ordered, nulls] = withoutEnd(partOf(scalar, 0, scalar.text.trimEnd().length), nullsPattern)
  const [collated, direction] = withoutEnd(ordered, directionPattern)
  const [body, collation] = withoutEnd(collated, collationPattern)
  const order: IndexOrder = {
    direction: direction?.[1]?.toLowerCase() === 'desc' ? 'desc' : 'asc',
    nulls: nullsPlaces.find((place) => place === nulls?.[1]?.toLowerCase()) ?? null,
    collation: collation?.[1] ?? collation?.[2] ?? null,
  }
  const [, path, operatorClass = collation?.[3] ?? null] = pathPattern.exec(body.text.trim()) ?? []
  if (path !== undefined) return { kind: 'field', path: namesInPath(path), ...order, operatorClass, origin: body.at }
  const expression = readExpression(scope, body)
  return expression && { kind: 'expression', expression, ...order, origin: body.at }
}

const whereOf = (scope: Scope, options: Mapping | null): Index['where'] => {
  const where = options && scalarAt(options, 'where')
  return where && readExpression(scope, where)
}

/** An index over some parts, with the options written beside them. Null when a part cannot be read. */
export const indexOf = (scope: Scope, parts: readonly Scalar[], options: Mapping | null, at: Node): Index | null => {
  const read = parts.map((part) => partOfIndex(scope, part)).filter((part) => part !== null)
  if (read.length < parts.length || read.length === 0) return null
  return {
    parts: read,
    name: options && textAt(options, 'name'),
    unique: options !== null && truthAt(options, 'unique') === true,
    where: whereOf(scope, options),
    using: options && wordAt(options, 'using', indexMethods),
    include: options === null ? [] : textsAt(options, 'include'),
    note: options && textAt(options, 'note'),
    origin: at.at,
  }
}

/** A unique rule over some fields, with the options written beside them. */
export const uniqueOf = (scope: Scope, fields: readonly string[], options: Mapping | null, at: Node): Unique => ({
  fields,
  name: options && textAt(options, 'name'),
  nulls: (options && wordAt(options, 'nulls', nullsRules)) ?? 'distinct',
  deferrable: options !== null && truthAt(options, 'deferrable') === true,
  where: whereOf(scope, options),
  note: options && textAt(options, 'note'),
  origin: at.at,
})

const withFields = (node: Node): { readonly fields: readonly Scalar[]; readonly options: Mapping | null } =>
  node.kind === 'mapping'
    ? { fields: scalarsIn(nodeAtKey(node, 'fields')), options: node }
    : { fields: scalarsIn(node), options: null }

/** What stands under `indexes:` of an entity. */
export const resolveIndexes = (scope: Scope, root: Mapping): readonly Index[] =>
  itemsAt(root, 'indexes').flatMap((node) => {
    const { fields, options } = withFields(node)
    return indexOf(scope, fields, options, node) ?? []
  })

const repeated = (scope: Scope, fields: readonly Scalar[]): void => {
  const second = fields.find((field, index) => fields.findIndex(({ text }) => text === field.text) < index)
  if (second !== undefined) scope.found(report('field-repeated', second.at, { name: second.text }))
}

/** What stands under `unique:` of an entity. */
export const resolveUniques = (scope: Scope, root: Mapping): readonly Unique[] =>
  itemsAt(root, 'unique').flatMap((node) => {
    const { fields, options } = withFields(node)
    repeated(scope, fields)
    return fields.length === 0
      ? []
      : [
          uniqueOf(
            scope,
            fields.map(({ text }) => text),
            options,
            node,
          ),
        ]
  })
