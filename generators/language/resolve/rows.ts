import type { Field, Row } from '../../model/index.js'
import type { Mapping } from '../load/node.js'
import { readGiven } from './literal.js'
import { itemsAt } from './read.js'
import type { Scope } from './scope.js'

/** The rows under `examples:` or `seed:`: only what was written, each value by its field's type. */
export const resolveRows = (
  scope: Scope,
  name: string,
  root: Mapping,
  key: 'examples' | 'seed',
  fields: readonly Field[],
): readonly Row[] =>
  itemsAt(root, key).flatMap((node) => {
    if (node.kind !== 'mapping') return []
    const values = readGiven(scope, name, fields, node).flatMap((given) =>
      given === undefined ? [] : [{ field: given[0], value: given[1], origin: given[2].at }],
    )
    // A row of which something could not be read would only be refused again, as incomplete.
    return values.length === node.entries.length ? [{ values, origin: node.at }] : []
  })
