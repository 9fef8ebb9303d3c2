import { report } from '../../kernel/diagnostic.js'
import type { ListOrder, NamedList } from '../../model/index.js'
import type { Mapping, Scalar } from '../load/node.js'
import { readExpression } from './field.js'
import { directionPattern, withoutEnd } from './indexes.js'
import { entriesAt, nodeAtKey, partOf, scalarAt, scalarsIn, textAt, textsAt, truthAt } from './read.js'
import type { Scope } from './scope.js'

const fieldPattern = /^(?:[\p{L}_][\p{L}\p{N}_$]*|"[^"]+")$/u

/** `joined_at desc`. What an index may say beside, such as where nulls stand, is the same in every list. */
const orderOf = (scope: Scope, scalar: Scalar): readonly ListOrder[] => {
  const [body, direction] = withoutEnd(partOf(scalar, 0, scalar.text.trimEnd().length), directionPattern)
  if (!fieldPattern.test(body.text)) {
    scope.found(report('list-order', body.at, { written: body.text }))
    return []
  }
  const field = body.text.replaceAll('"', '')
  return [{ field, direction: direction?.[1]?.toLowerCase() === 'desc' ? 'desc' : 'asc', origin: body.at }]
}

const listOf = (scope: Scope, key: Scalar, node: Mapping): NamedList => {
  const where = scalarAt(node, 'where')
  const order = nodeAtKey(node, 'order')
  return {
    name: key.text,
    summary: textAt(node, 'summary'),
    by: textsAt(node, 'by'),
    where: where && readExpression(scope, where),
    order: order === null ? [] : scalarsIn(order).flatMap((each) => orderOf(scope, each)),
    index: truthAt(node, 'index') !== false,
    origin: key.at,
  }
}

/** What stands under `lists:` of an entity. */
export const resolveLists = (scope: Scope, root: Mapping): readonly NamedList[] =>
  entriesAt(root, 'lists').flatMap(({ key, value }) => (value.kind === 'mapping' ? [listOf(scope, key, value)] : []))
