import { type Diagnostic, report } from '../kernel/diagnostic.js'
import { isBindingName } from '../kernel/safe/typescript.js'
import type { Entity } from '../model/entity.js'
import { findEntity } from '../model/lookup.js'
import type { Origin } from '../model/origin.js'
import type { EnumDefinition, ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { type Store, stores } from '../model/store.js'
import type { IdType } from '../model/type.js'
import { accessNames } from './access-names.js'
import { entityNames, enumListName, enumTypeName, idTypeName, newObjectTypeName, objectTypeName } from './names.js'
import { emittedQueries, queryNames } from './query.js'
import { eventFunctions, hasRetention, hooksIn } from './retention.js'
import { objectHasNewForm } from './shapes.js'
import { storageNames, storageTypeNames } from './storage-names.js'

/** A name that emitted TypeScript exports; those of Discord's ids and of botschema's own may have no place in the YAML. */
interface CodeName {
  readonly name: string
  readonly thing: string
  readonly origin: Origin | null
}

/** What emitted modules of data access import of the runtime, and export. */
const runtimeNames: readonly string[] = [
  'Bound',
  'Constraint',
  'ConstraintError',
  'ConstraintProblem',
  'Cursor',
  'CursorError',
  'Page',
  'PageOptions',
  'Prefix',
  'RefusedInput',
  'StoredValueError',
  'UnreadableValue',
  'typeConstraint',
]

/** Names that emitted code needs for something else: classes of JavaScript, and what it declares itself. */
const ownNames: readonly CodeName[] = [
  ...['Array', 'Date', 'Error', 'Map', 'Object', 'Promise', 'Record', 'Set', 'String', 'Uint8Array'].map((name) => ({
    name,
    thing: 'something in JavaScript itself',
    origin: null,
  })),
  ...[
    ...['Column', 'Database', 'Given', 'Json', 'JsonValue', 'SqlClient'],
    ...[null, ...stores].flatMap((store) => Object.values(storageTypeNames(store))),
    ...['EncryptedFieldError', 'EncryptionKeys', 'EncryptionProblem'],
    ...runtimeNames,
  ].map((name) => ({ name, thing: 'something that botschema emits', origin: null })),
]

/** What the emitted models import from Mongoose beside the types of entities, and what `mongoose/access` exports for all. */
const mongooseNames: readonly CodeName[] = [
  ...['Connection', 'HydratedDocument', 'Model', 'Schema', 'Types'].map((name) => ({
    name,
    thing: 'something of Mongoose',
    origin: null,
  })),
  ...['CollectionDifference', 'CollectionsReport', 'MongoStore', 'createCollections', 'inTransaction'].map((name) => ({
    name,
    thing: 'something that botschema emits',
    origin: null,
  })),
]

/** What each store's `retention.ts` imports of the runtime, and exports. */
const retentionNames: readonly CodeName[] = [
  ...[
    'DueRow',
    'DuePage',
    'DueRows',
    'HookContext',
    'HookFailure',
    'RetainedEntity',
    'Retired',
    'Touched',
    'DuePlace',
    'TellRetired',
    'UnreadRow',
  ],
  ...['RetentionAct', 'RetentionAction', 'RetentionFailure', 'RetentionHook', 'RetentionOptions'],
  ...[
    'RetentionReport',
    'RetentionStore',
    'cutoff',
    'planActs',
    'planRetention',
    'retainedEntities',
    'runActs',
    'runRetention',
  ],
  ...Object.values(eventFunctions),
].map((name) => ({ name, thing: 'something of retention', origin: null }))

/** Files that are about more than one entity, which an entity's own file would overwrite. */
const ownModules: ReadonlySet<string> = new Set([
  'constraints',
  'database',
  'enums',
  'functions',
  'ids',
  'index',
  'objects',
  'retention',
  'storage',
])

const namesOfEntity = (entity: Entity): readonly CodeName[] => {
  const { row, insert, patch, record, document, populated } = entityNames(entity)
  const ofStorage = [null, ...stores].flatMap((store) => Object.values(storageNames(entity, store)))
  const named = [row, insert, patch, `${row}Table`, record, document, populated, ...ofStorage]
  return named.map((name) => ({ name, thing: `the entity ${entity.name}`, origin: entity.origin }))
}

/** The constants of an entity's validators, and the types and codecs of its queries. */
const namesOfCode = (set: SchemaSet, entity: Entity): readonly CodeName[] => {
  const names = entityNames(entity)
  const own = [
    names.rowSchema,
    names.insertSchema,
    names.patchSchema,
    names.jsonCodec,
    names.postgresCodec,
    names.mongoCodec,
    names.columns,
    names.table,
    names.documents,
    names.paths,
    names.encrypted,
    names.modelOf,
  ].map((name) => ({ name, thing: `the entity ${entity.name}`, origin: entity.origin }))
  const ofQueries = emittedQueries(set, entity).flatMap((query) => {
    const { row, parameters, codecs } = queryNames(entity, query)
    const thing = `the query ${query.name} of ${entity.name}`
    return [row, parameters, ...stores.map(codecs)].map((name) => ({ name, thing, origin: query.origin }))
  })
  return [...own, ...ofQueries]
}

const namesOfObject = (set: SchemaSet, object: ObjectDefinition): readonly CodeName[] => {
  const named = [objectTypeName(object.name)]
  if (objectHasNewForm(set, object.name)) named.push(newObjectTypeName(object.name))
  return named.map((name) => ({ name, thing: `the object ${object.name}`, origin: object.origin }))
}

/** Hooks are properties of one interface, apart from all other names. */
const namesOfHooks = (set: SchemaSet, store: Store): readonly CodeName[] =>
  hooksIn(set, store).map(({ name, property, acts }) => ({
    name: property,
    thing: `the hook ${name}`,
    origin: acts[0]?.act.origin ?? null,
  }))

const namesOfEnum = (definition: EnumDefinition): readonly CodeName[] =>
  [enumTypeName(definition.name), enumListName(definition.name)].map((name) => ({
    name,
    thing: `the enum ${definition.name}`,
    origin: definition.origin,
  }))

const namesOfIds = (set: SchemaSet, ids: readonly IdType[]): readonly CodeName[] =>
  ids.map((id) => ({
    name: idTypeName(id),
    thing: `the ids of ${id.brand}`,
    origin: findEntity(set, id.brand)?.origin ?? null,
  }))

const clash = (first: CodeName, second: CodeName): Diagnostic => {
  const related = first.origin === null ? [] : [{ message: `${first.thing} is here`, at: first.origin }]
  return report(
    'code-name-clash',
    second.origin,
    { name: second.name, thing: second.thing, other: first.thing },
    related,
  )
}

const clashes = (names: readonly CodeName[]): readonly Diagnostic[] => {
  const first = new Map<string, CodeName>()
  const found: Diagnostic[] = []
  for (const name of names) {
    const other = first.get(name.name)
    if (other === undefined) first.set(name.name, name)
    else if (other.thing !== name.thing) found.push(clash(other, name))
  }
  return found
}

const unspeakable = (names: readonly CodeName[]): readonly Diagnostic[] =>
  names
    .filter(({ name, origin }) => origin !== null && !isBindingName(name))
    .map(({ name, thing, origin }) => report('code-name-invalid', origin, { name, thing }))

const takenModules = (set: SchemaSet): readonly Diagnostic[] =>
  set.entities
    .filter(({ name }) => ownModules.has(name))
    .map(({ name, origin }) => report('code-module-taken', origin, { name }))

/** What the names in code do to a set: two things of one name, names that are no identifiers, files that are taken. */
export const nameClashes = (set: SchemaSet, ids: readonly IdType[]): readonly Diagnostic[] => {
  const defined = [
    ...set.entities.flatMap(namesOfEntity),
    ...set.objects.flatMap((object) => namesOfObject(set, object)),
    ...set.enums.flatMap(namesOfEnum),
    ...set.entities.flatMap((entity) => [...namesOfCode(set, entity), ...accessNames(set, entity)]),
  ]
  const taken = [
    ...ownNames,
    ...(set.targets.mongoose === null ? [] : mongooseNames),
    ...(stores.some((store) => hasRetention(set, store)) ? retentionNames : []),
    ...namesOfIds(set, ids),
  ]
  const hooks = clashes([
    ...new Map(stores.flatMap((store) => namesOfHooks(set, store)).map((hook) => [hook.thing, hook])).values(),
  ])
  return [...clashes([...taken, ...defined]), ...hooks, ...unspeakable(defined), ...takenModules(set)]
}
