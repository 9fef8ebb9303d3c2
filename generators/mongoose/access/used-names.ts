import type { Entity } from '../../model/entity.js'
import { entitiesIn } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { hasAccess } from '../../script/access.js'
import { encryptedIn, isReplaceable } from '../../script/encryption.js'
import { hasRetention } from '../../script/retention.js'
import { retentionModule } from '../retention/module.js'
import type { RuntimeNames } from '../runtime.js'
import { isChangedWhole } from './collection.js'
import { type AccessFile, type Subject, subjectOf } from './subject.js'
import { upsertOf } from './writes.js'

type Use = readonly [file: AccessFile, name: string]

const when = (isUsed: boolean, ...use: Use): readonly Use[] => (isUsed ? [use] : [])

const sealingOf = (entity: Entity): readonly Use[] => {
  const fields = encryptedIn(entity, 'mongo')
  return [
    ['sealing', 'insertedSealed'],
    ['sealing', 'openedSealed'],
    ...when(
      fields.some((field) => isReplaceable(entity, field)),
      'sealing',
      'replacedSealed',
    ),
  ]
}

const changing = (subject: Subject): Use => (isChangedWhole(subject) ? ['merges', 'changed'] : ['rows', 'updated'])

const usesOf = (set: SchemaSet, entity: Entity): readonly Use[] => {
  const subject = subjectOf(set, entity)
  const { access } = subject
  const upserts = access.lookups.filter(({ upsert }) => upsert !== null)
  return [
    ['store', 'MongoStore'],
    ['store', 'collectionOf'],
    ...(encryptedIn(entity, 'mongo').length > 0 ? sealingOf(entity) : [['rows', 'inserted'] as const]),
    ...when(access.insertMany !== null, 'rows', 'insertedAll'),
    ...when(access.lookups.length > 0, 'rows', 'found'),
    ...upserts.map((lookup): Use => ['merges', upsertOf(subject, lookup)]),
    ...(access.update === null ? [] : [changing(subject)]),
    ...when(access.delete !== null, 'rows', 'deleted'),
    ...when(access.lists.length > 0, 'pages', 'page'),
    ...when(access.queries.length > 0, 'commands', 'commanded'),
  ]
}

/** What is exported beside the functions of entities. */
const always: readonly Use[] = [
  ['collections', 'createCollections'],
  ['transactions', 'inTransaction'],
]

const folder = 'mongoose/access/'

/** What the file about what ages imports of the others. */
const usedByRetention = (set: SchemaSet): readonly Use[] =>
  hasRetention(set, 'mongo')
    ? retentionModule(set).imports.flatMap(({ module, name }): readonly Use[] =>
        module.startsWith(folder) ? [[module.slice(folder.length) as AccessFile, name]] : [],
      )
    : []

/** What the data access of a set uses of the shared files. */
export const accessNames = (set: SchemaSet): RuntimeNames => {
  const uses = hasAccess(set, 'mongo')
    ? [...always, ...entitiesIn(set, 'mongo').flatMap((entity) => usesOf(set, entity)), ...usedByRetention(set)]
    : []
  const files = new Set(uses.map(([file]) => file))
  return Object.fromEntries(
    [...files].map((file) => [
      `access/${file}`,
      new Set(uses.flatMap(([where, name]) => (where === file ? [name] : []))),
    ]),
  )
}
