import type { Field, MongoCommand, Query } from '../../model/index.js'
import { queryResults } from '../../model/words.js'
import type { Mapping, Node, Scalar } from '../load/node.js'
import { jsonOf } from '../shape/json.js'
import { columnsOf, type Owner, parameterOf } from './query-values.js'
import { entriesAt, mappingAt, nodeAtKey, scalarAt, textAt, wordAt } from './read.js'
import type { Scope } from './scope.js'

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
    returns: wordAt(node, 'returns', queryResults) ?? 'many',
    columns: columnsOf(owner, key.text, nodeAtKey(node, 'columns')),
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
