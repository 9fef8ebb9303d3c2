import { hashOf } from '../kernel/hash.js'
import { ok } from '../kernel/result.js'
import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { enumOf, objectOf } from '../model/lookup.js'
import type { EnumDefinition, ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import type { Unit } from '../model/target.js'
import { type IdType, typesWithin } from '../model/type.js'
import { hasAccess } from '../script/has-access.js'
import { indexModule } from '../script/index-module.js'
import { type ModuleKind, moduleKindOf } from '../script/module.js'
import { entityNames, idSchemaName } from '../script/names.js'
import { emittedQueries, queryFields, storesOfQuery } from '../script/query.js'
import { entityModule } from './entity-module.js'
import { idsModule, idsUsed } from './ids-module.js'
import { innerFirst, objectsModule } from './objects-module.js'

interface Reached {
  readonly objects: ReadonlySet<ObjectDefinition>
  readonly enums: ReadonlySet<EnumDefinition>
  readonly ids: ReadonlySet<string>
}

/** The objects, enums and ids that fields come to, those inside objects included. */
const reach = (set: SchemaSet, fields: readonly Field[]): Reached => {
  const reached = { objects: new Set<ObjectDefinition>(), enums: new Set<EnumDefinition>(), ids: new Set<string>() }
  const visit = (field: Field): void => {
    for (const type of typesWithin(field.type)) {
      if (type.kind === 'enum') reached.enums.add(enumOf(set, type.enum))
      if ('brand' in type) reached.ids.add(idSchemaName(type as IdType))
      if (type.kind !== 'object') continue
      const object = objectOf(set, type.object)
      if (reached.objects.has(object)) continue
      reached.objects.add(object)
      object.fields.forEach(visit)
    }
  }
  fields.forEach(visit)
  return reached
}

interface Context {
  readonly set: SchemaSet
  readonly kind: ModuleKind
  /** What every file's text depends on. */
  readonly common: readonly unknown[]
}

const unit = (
  context: Context,
  file: string,
  definitions: readonly string[],
  of: unknown,
  text: () => string | Promise<string>,
): Unit => ({
  id: `zod/${file}`,
  definitions,
  hash: hashOf(['zod', file, context.common, of]),
  emit: async () => ok([{ path: `zod/${file}.ts`, order: 0, text: await text() }]),
})

/** What an entity's validators depend on: not its docs, indexes or life, and of its queries only what they take and give. */
const readOf = (set: SchemaSet, entity: Entity): unknown => [
  entity.name,
  entity.fields,
  entity.key,
  entity.checks,
  entity.appendOnly,
  entity.stores,
  emittedQueries(set, entity).map((query) => [
    query.name,
    query.parameters,
    query.returns,
    query.columns,
    storesOfQuery(set, entity, query),
  ]),
]

/** What validators say of an enum: its values stand in the types' files. */
const enumParts = ({ name, as }: EnumDefinition): unknown => [name, as]

const entityUnit = (context: Context, entity: Entity): Unit => {
  const { set, kind } = context
  const { objects, enums, ids } = reach(set, [...entity.fields, ...queryFields(set, entity)])
  const shared = [...objects, ...[...enums].map(enumParts)]
  return unit(
    context,
    entityNames(entity).module,
    [`entity ${entity.name}`],
    [readOf(set, entity), shared, [...ids]],
    () => entityModule(set, entity, kind),
  )
}

const objectsUnit = (context: Context): readonly Unit[] => {
  const { set, kind } = context
  if (set.objects.length === 0) return []
  const objects = innerFirst(set)
  const { enums, ids } = reach(
    set,
    objects.flatMap((object) => object.fields),
  )
  return [
    unit(
      context,
      'objects',
      set.objects.map((object) => `object ${object.name}`),
      [objects, [...enums].map(enumParts), [...ids].sort()],
      () => objectsModule(set, kind),
    ),
  ]
}

/** The files of the target, each alone: an edit to one entity emits its file, and a shared one only where that changes. */
export const units = (set: SchemaSet): readonly Unit[] => {
  const kind = moduleKindOf(set)
  const access = [hasAccess(set, 'postgres'), hasAccess(set, 'mongo')]
  const common = [set.name, kind, set.stores, set.targets.postgres?.timestamp ?? null, access]
  const context: Context = { set, kind, common }
  const usedIds = idsUsed(set)
  const all = set.entities.map((entity) => `entity ${entity.name}`)
  const modules = [
    ...set.entities.map((entity) => entityNames(entity).module),
    ...(set.objects.length > 0 ? ['objects'] : []),
    ...(usedIds.length > 0 ? ['ids'] : []),
  ]
  return [
    ...(usedIds.length === 0
      ? []
      : [
          unit(
            context,
            'ids',
            all,
            usedIds.map((id) => [idSchemaName(id), id.kind, id.brand]),
            () => idsModule(set, usedIds, kind),
          ),
        ]),
    ...objectsUnit(context),
    ...set.entities.map((entity) => entityUnit(context, entity)),
    unit(context, 'index', all, modules, () => indexModule(set.name, 'zod', modules, kind)),
  ]
}
