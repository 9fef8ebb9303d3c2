import { collectionOf, countersOf, journalOf } from '../document/index.js'
import { hashOf, hashOfPart } from '../kernel/hash.js'
import { ok } from '../kernel/result.js'
import { archivesOf } from '../model/archive.js'
import { childrenFirst } from '../model/children-first.js'
import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { entitiesIn, findEntity } from '../model/lookup.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { summariesOf } from '../model/summary.js'
import type { OutputPart, Unit } from '../model/target.js'
import { hasAccess } from '../script/access.js'
import { encryptedEntities, encryptionExports } from '../script/encryption.js'
import { indexModule } from '../script/index-module.js'
import { laidOut } from '../script/layout.js'
import type { ModuleKind } from '../script/module.js'
import { header } from '../script/names.js'
import { queryFields } from '../script/query.js'
import { reachableFrom, reachableHash } from '../script/reachable.js'
import { hasRetention, retentionExports } from '../script/retention.js'
import { runtimeModule, runtimeType } from '../script/runtime.js'
import { storageModules } from '../script/storage.js'
import { accessModule } from './access/entity-module.js'
import { isPointedAt } from './access/writes.js'
import { entityModule } from './entity-module.js'
import { depthOf, objectCode, objectsHead } from './object-part.js'
import { referredTo } from './retention/collections.js'
import { retentionHead, retentionMiddle, retentionModule, retentionTail } from './retention/module.js'
import { mongoStorageCode } from './storage/storage.js'
import { collectionEntry, validatorsHead, validatorsTail } from './validators.js'

interface Draft {
  readonly id: string
  readonly definitions: readonly string[]
  /** All that the parts depend on beside the set's name and the kind of module. */
  readonly of: unknown
  readonly parts: () => Promise<readonly OutputPart[]>
}

const validators = 'mongoose/validators.json'
const objects = 'mongoose/objects.ts'

const targetOf = (set: SchemaSet, name: string): unknown => {
  const target = findEntity(set, name)
  return target === undefined ? null : [target.name, target.model, target.stores, target.key]
}

/** What is said of the entities that fields point at, however deep: the model, and whether their key is `_id`. */
const innerTargets = (set: SchemaSet, fields: readonly Field[]): unknown =>
  [...fields, ...reachableFrom(set, fields).objects.flatMap((object) => object.fields)].flatMap(({ refersTo }) =>
    refersTo.map(({ to }) => targetOf(set, to.entity)),
  )

/** The same of all that an entity points at. */
const targetsOf = (set: SchemaSet, entity: Entity): unknown => [
  entity.references.map(({ to }) => targetOf(set, to.entity)),
  innerTargets(set, entity.fields),
]

const entityParts = (set: SchemaSet, entity: Entity, order: number, kind: ModuleKind): readonly OutputPart[] => [
  { path: `mongoose/${entity.name}.ts`, order: 0, text: entityModule(set, entity, collectionOf(set, entity), kind) },
  {
    path: validators,
    order,
    text: [entity, ...archivesOf(entity, 'mongo'), ...summariesOf(entity)]
      .map((each) => collectionEntry(set, each))
      .join(''),
  },
]

const entityDraft = (set: SchemaSet, entity: Entity, order: number, kind: ModuleKind): Draft => ({
  id: entity.name,
  definitions: [`entity ${entity.name}`],
  of: [hashOfPart(entity), order, reachableHash(set, entity.fields), targetsOf(set, entity), isPointedAt(set, entity)],
  parts: async () => entityParts(set, entity, order, kind),
})

const objectDraft = (set: SchemaSet, object: ObjectDefinition): Draft => ({
  id: `objects/${object.name}`,
  definitions: [`object ${object.name}`],
  of: [hashOfPart(object), reachableHash(set, object.fields), innerTargets(set, object.fields)],
  parts: async () => [
    {
      path: objects,
      order: depthOf(set, object.name) + 1,
      text: objectCode(set, object)
        .map(({ text }) => `\n${laidOut(text)}\n`)
        .join(''),
    },
  ],
})

const fileDraft = (name: string, of: unknown, text: () => Promise<string>, order = 0): Draft => ({
  id: name,
  definitions: [],
  of,
  parts: async () => [{ path: `mongoose/${name}`, order, text: await text() }],
})

/** Beside the entity itself, its functions are about whether others point at it. */
const accessDraft = (set: SchemaSet, entity: Entity, kind: ModuleKind): Draft => ({
  id: `access/${entity.name}`,
  definitions: [`entity ${entity.name}`],
  of: [
    hashOfPart(entity),
    reachableHash(set, [...entity.fields, ...queryFields(set, entity)]),
    isPointedAt(set, entity),
    referredTo(set, entity),
  ],
  parts: async () => [{ path: `mongoose/access/${entity.name}.ts`, order: 0, text: accessModule(set, entity, kind) }],
})

const retention = 'mongoose/access/retention.ts'

/** An entity's parts of the file about what ages. */
const ageingDraft = (set: SchemaSet, entity: Entity, at: number, count: number): Draft => ({
  id: `access/retention/${entity.name}`,
  definitions: [`entity ${entity.name}`],
  of: [hashOfPart(entity), reachableHash(set, entity.fields), referredTo(set, entity), at, count],
  parts: async () => {
    const { collections, retained } = retentionModule(set)
    return [
      { path: retention, order: at, text: laidOut(collections.entries.get(entity)?.text ?? '') },
      { path: retention, order: count + 1 + at, text: laidOut(retained.entries.get(entity)?.text ?? '') },
    ]
  },
})

/** The parts about all entities stand before, between and after those of each, in the order in which runs take them. */
const retentionDrafts = (set: SchemaSet, kind: ModuleKind): readonly Draft[] => {
  if (!hasRetention(set, 'mongo')) return []
  const count = set.entities.length
  const texts = [retentionHead(set, kind), retentionMiddle(set), retentionTail(set)]
  return [
    {
      id: 'access/retention',
      definitions: [],
      of: [texts, count],
      parts: async () => texts.map((text, index) => ({ path: retention, order: index * (count + 1), text })),
    },
    ...childrenFirst(set).flatMap((entity, index) =>
      retentionModule(set).collections.entries.has(entity) ? [ageingDraft(set, entity, index + 1, count)] : [],
    ),
  ]
}

const accessDrafts = (set: SchemaSet, entities: readonly Entity[], kind: ModuleKind): readonly Draft[] => {
  if (!hasAccess(set, 'mongo')) return []
  const isEncrypted = encryptedEntities(set, 'mongo').length > 0
  const modules = storageModules(
    {
      folder: 'mongoose/access',
      database: runtimeType('v1/mongo', 'MongoStore'),
      beside: [
        [
          runtimeModule('v1/mongo'),
          [
            'type CollectionDifference',
            'type CollectionsReport',
            'createCollections',
            'inTransaction',
            'type MongoStore',
          ],
        ],
        ...(isEncrypted ? encryptionExports('mongoose') : []),
      ],
      retention: retentionExports(set, 'mongo'),
      storage: mongoStorageCode(set, entities),
    },
    entities,
    kind,
    header(set.name),
  )
  return [
    ...entities.map((entity) => accessDraft(set, entity, kind)),
    ...modules.map(({ name, text }) => fileDraft(`access/${name}.ts`, text, async () => text)),
    ...retentionDrafts(set, kind),
  ]
}

const objectDrafts = (set: SchemaSet, used: readonly ObjectDefinition[], kind: ModuleKind): readonly Draft[] => {
  if (used.length === 0) return []
  const head = objectsHead(set, used, kind)
  return [fileDraft('objects.ts', head, async () => head), ...used.map((object) => objectDraft(set, object))]
}

/** The first and last parts of the file of validators; every entity has its own between them. */
const validatorDraft = (set: SchemaSet, last: number): Draft => {
  const head = validatorsHead(set, {
    counters: countersOf(set),
    journal: hasRetention(set, 'mongo') ? journalOf(set) : null,
  })
  return {
    id: 'validators.json',
    definitions: [],
    of: [head, last],
    parts: async () => [
      { path: validators, order: 0, text: head },
      { path: validators, order: last, text: validatorsTail },
    ],
  }
}

/** What the target emits: a file and a validator for each entity, and what those share. */
export const units = (set: SchemaSet, kind: ModuleKind): readonly Unit[] => {
  const entities = entitiesIn(set, 'mongo')
  if (entities.length === 0) return []
  const used = reachableFrom(
    set,
    entities.flatMap(({ fields }) => fields.filter(({ stores }) => stores.includes('mongo'))),
  ).objects
  const modules = [...(used.length === 0 ? [] : ['objects']), ...entities.map(({ name }) => name)]
  const index = indexModule(set.name, 'mongoose', modules, kind)
  const drafts = [
    ...objectDrafts(set, used, kind),
    ...entities.map((entity, at) => entityDraft(set, entity, at + 1, kind)),
    ...accessDrafts(set, entities, kind),
    validatorDraft(set, entities.length + 1),
    fileDraft('index.ts', index, async () => index),
  ]
  return drafts.map(({ id, definitions, of, parts }) => ({
    id,
    definitions,
    hash: hashOf([set.name, kind, of]),
    emit: async () => ok(await parts()),
  }))
}
