import { compareText } from '../kernel/order.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type IdType, isId, typesWithin } from '../model/type.js'
import { joined } from '../script/code.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { header, idSchemaName } from '../script/names.js'
import { queryFields } from '../script/query.js'
import { idDeclaration } from './id.js'

/** A type of each kind of ids that a set uses, by the name of its schema, in that order. */
export const idsUsed = (set: SchemaSet): readonly IdType[] => {
  const fields = [
    ...[...set.entities, ...set.objects].flatMap((owner) => owner.fields),
    ...set.entities.flatMap((entity) => queryFields(set, entity)),
  ]
  const ids = fields.flatMap(({ type }) => typesWithin(type).filter(isId))
  const byName = new Map(ids.map((id) => [idSchemaName(id), id]))
  return [...byName].sort(([a], [b]) => compareText(a, b)).map(([, id]) => id)
}

/** `zod/ids.ts`: the schema of each kind of ids. */
export const idsModule = (set: SchemaSet, ids: readonly IdType[], kind: ModuleKind): string => {
  const body = joined(
    ids.map((id) => idDeclaration(set, id)),
    '\n',
  )
  return moduleText({ path: 'zod/ids', kind, header: header(set.name), body: [body] })
}
