import { hashOf, hashOfPart } from '../kernel/hash.js'
import { ok } from '../kernel/result.js'
import type { Entity } from '../model/entity.js'
import { entitiesIn } from '../model/lookup.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { stores } from '../model/store.js'
import type { OutputPart, Unit } from '../model/target.js'
import { hasAccess } from '../script/has-access.js'
import { indexModule } from '../script/index-module.js'
import type { ModuleKind } from '../script/module.js'
import { queryFields } from '../script/query.js'
import { reachableHash } from '../script/reachable.js'
import { entityModule } from './entity-module.js'
import { enumsModule } from './enums-module.js'
import { idsModule, usedIds } from './ids-module.js'
import { objectPart, objectsHead } from './object-part.js'
import { runtimeCopy } from './runtime-copy.js'
import { storageModule, storesWithStorage } from './storage/storage-module.js'
import { databaseHead, databaseTail, tablePart } from './table-part.js'

interface Draft {
  readonly id: string
  readonly definitions: readonly string[]
  /** All that the parts depend on beside the set's name and the kind of module. */
  readonly of: unknown
  readonly parts: () => Promise<readonly OutputPart[]>
}

const database = 'typescript/database.ts'

const entityDraft = (set: SchemaSet, entity: Entity, order: number, kind: ModuleKind): Draft => ({
  id: entity.name,
  definitions: [`entity ${entity.name}`],
  of: [
    hashOfPart(entity),
    order,
    reachableHash(set, [...entity.fields, ...queryFields(set, entity)]),
    set.targets.postgres,
    stores.map((store) => hasAccess(set, store)),
  ],
  parts: async () => [
    { path: `typescript/${entity.name}.ts`, order: 0, text: await entityModule(set, entity, kind) },
    ...(entity.stores.includes('postgres') ? [{ path: database, order, text: tablePart(set, entity) }] : []),
  ],
})

const objectDraft = (set: SchemaSet, object: ObjectDefinition, order: number): Draft => ({
  id: `objects/${object.name}`,
  definitions: [`object ${object.name}`],
  of: [hashOfPart(object), order, reachableHash(set, object.fields)],
  parts: async () => [{ path: 'typescript/objects.ts', order, text: await objectPart(set, object) }],
})

/** A draft of a whole file, whose text is at once all that it depends on. */
const fileDraft = (name: string, definitions: readonly string[], text: string): Draft => ({
  id: `${name}.ts`,
  definitions,
  of: text,
  parts: async () => [{ path: `typescript/${name}.ts`, order: 0, text }],
})

const objectDrafts = (set: SchemaSet, kind: ModuleKind): readonly Draft[] =>
  set.objects.length === 0
    ? []
    : [
        fileDraft('objects', [], objectsHead(set, kind)),
        ...set.objects.map((object, index) => objectDraft(set, object, index + 1)),
      ]

/** The head and the tail of the module of tables; each entity adds its own table between them. */
const databaseDrafts = (set: SchemaSet, kind: ModuleKind): readonly Draft[] => {
  if (entitiesIn(set, 'postgres').length === 0) return []
  const parts = [
    { path: database, order: 0, text: databaseHead(set, kind) },
    { path: database, order: set.entities.length + 1, text: databaseTail(set) },
  ]
  return [{ id: 'database.ts', definitions: [], of: parts, parts: async () => parts }]
}

const sharedDrafts = (set: SchemaSet, kind: ModuleKind): readonly Draft[] => {
  const ids = usedIds(set)
  const enums = set.enums.map(({ name }) => `enum ${name}`)
  return [
    ...(ids.length === 0 ? [] : [fileDraft('ids', [], idsModule(set, ids, kind))]),
    ...(enums.length === 0 ? [] : [fileDraft('enums', enums, enumsModule(set.name, set.enums, kind))]),
    ...objectDrafts(set, kind),
    ...databaseDrafts(set, kind),
    ...(storesWithStorage(set).length === 0 ? [] : [storageDraft(set, kind)]),
    ...(kind.runtime === 'copied'
      ? [{ id: 'runtime', definitions: [], of: set.stores, parts: () => runtimeCopy(set, kind.imports) }]
      : []),
  ]
}

/** The types of the storages are about all entities, and rest on what each reaches. */
const storageDraft = (set: SchemaSet, kind: ModuleKind): Draft => ({
  id: 'storage.ts',
  definitions: [],
  of: [
    set.stores,
    stores.map((store) => hasAccess(set, store)),
    set.entities.map((entity) => [
      hashOfPart(entity),
      reachableHash(set, [...entity.fields, ...queryFields(set, entity)]),
    ]),
  ],
  parts: async () => [{ path: 'typescript/storage.ts', order: 0, text: await storageModule(set, kind) }],
})

const sharedModules = ['ids', 'enums', 'objects', 'database', 'storage'] as const

/** The names of the shared modules that a set has, without endings. */
const modulesOf = (set: SchemaSet, shared: readonly Draft[]): readonly string[] => [
  ...sharedModules.filter((name) => shared.some(({ id }) => id === `${name}.ts`)),
  ...set.entities.map(({ name }) => name),
]

/** What the target emits: a file an entity, and the files that all share, of which each entity and object has its part. */
export const units = (set: SchemaSet, kind: ModuleKind): readonly Unit[] => {
  const shared = sharedDrafts(set, kind)
  const drafts = [
    ...shared,
    ...set.entities.map((entity, index) => entityDraft(set, entity, index + 1, kind)),
    fileDraft('index', [], indexModule(set.name, 'typescript', modulesOf(set, shared), kind)),
  ]
  return drafts.map(({ id, definitions, of, parts }) => ({
    id,
    definitions,
    hash: hashOf([set.name, kind, of]),
    emit: async () => ok(await parts()),
  }))
}
