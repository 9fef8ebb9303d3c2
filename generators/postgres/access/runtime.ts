import type { Entity } from '../../model/entity.js'
import { accessOf } from '../../script/access.js'
import { encryptedIn } from '../../script/encryption.js'
import { type ModuleKind, moduleText } from '../../script/module.js'
import { header } from '../../script/names.js'
import { readTemplate } from '../../script/read-template.js'
import { templateCode, usedOf } from '../../script/template.js'

/** The files that all entities' functions share: templates of which only the declarations in use are printed. */
export type RuntimeFile = 'client' | 'encryption' | 'wire'

const runs = { many: 'all', one: 'one', none: 'none' } as const

/** What an entity's module takes of `postgres/client.ts`. */
const namesUsed = (entity: Entity): readonly string[] => {
  const { insertMany, lookups, lists, update, delete: remove, queries } = accessOf(entity, 'postgres')
  const isEncrypted = encryptedIn(entity, 'postgres').length > 0
  return [
    'SqlClient',
    'Source',
    ...(isEncrypted ? ['refusedBy', 'Table'] : ['only', 'encoded']),
    ...(insertMany === null ? [] : ['insertedAll']),
    ...(lookups.some(({ upsert }) => upsert !== null) ? ['upserted', 'updated'] : []),
    ...(lookups.length === 0 && remove === null ? [] : ['one']),
    ...(update === null ? [] : ['updated', 'encoded']),
    ...(lists.length === 0 ? [] : ['page']),
    ...queries.flatMap(({ query }) => [runs[query.returns], ...(query.columns === null ? ['asReturned'] : [])]),
  ]
}

/** All that entities take of `postgres/client.ts`, each name once and sorted. */
export const runtimeNames = (entities: readonly Entity[]): readonly string[] =>
  [...new Set(entities.flatMap(namesUsed))].sort()

/** The text of a shared file with what `names` need of it; null: all of it. */
export const runtimeText = async (
  setName: string,
  file: RuntimeFile,
  names: readonly string[] | null,
  kind: ModuleKind,
): Promise<string> => {
  const path = `postgres/${file}`
  const template = await readTemplate(path)
  const used = names === null ? template : usedOf(template, new Set(names))
  return moduleText({ path, kind, header: header(setName), body: templateCode(used) })
}
