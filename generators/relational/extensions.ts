import type { Entity } from '../model/entity.js'
import { fieldsIn } from '../model/lookup.js'
import type { Extension, Table, TableIndex } from './tables.js'

/** Types that GIN indexes without an extension. */
const ginTypes: readonly string[] = ['jsonb', 'tsvector']

const ofIndex = (table: Table, { method, parts }: TableIndex): readonly Extension['name'][] => {
  const classes = parts.map(({ operatorClass }) => operatorClass ?? '')
  const plain = parts.filter(({ column, operatorClass }) => {
    const type = table.columns.find(({ name }) => name === column)?.type
    return operatorClass === null && type !== undefined && !type.array && !ginTypes.includes(type.name)
  })
  return [
    ...(classes.some((name) => name.endsWith('_trgm_ops')) ? ['pg_trgm' as const] : []),
    ...(plain.length > 0 && method === 'gin' ? ['btree_gin' as const] : []),
    ...(plain.length > 0 && method === 'gist' ? ['btree_gist' as const] : []),
  ]
}

/** The functions that seal and open values are an extension's (Postgres manual, F.26). */
const ofEncryption = (entities: readonly Entity[]): readonly Extension['name'][] =>
  entities
    .flatMap((entity) => fieldsIn(entity, 'postgres'))
    .flatMap(({ encrypted }) => (encrypted === null ? [] : [encrypted.with]))

/** The extensions that tables of these entities need, each once, by name. */
export const extensionsOf = (tables: readonly Table[], entities: readonly Entity[]): readonly Extension[] => {
  const names = tables.flatMap((table) => [
    ...table.columns.flatMap(({ type }) => (type.name === 'vector' ? ['vector' as const] : [])),
    ...table.indexes.flatMap((index) => ofIndex(table, index)),
  ])
  return [...new Set([...names, ...ofEncryption(entities)])].sort().map((name) => ({ name }))
}
