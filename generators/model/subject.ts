import { memoised } from '../kernel/memoised.js'
import type { Entity } from './entity.js'
import type { Field } from './field.js'
import { findField, findObject, isKeyField, keyFieldsOf, referenceOf } from './lookup.js'
import type { SchemaSet } from './schema-set.js'
import type { Type } from './type.js'

/** Whom an event is about: Discord's ids of them are of the brand of this name. */
export type Subject = 'user' | 'guild'

/** An entity that has one row for a subject: `id` holds Discord's id, `key` is what other rows refer to it by. */
export interface SubjectEntity {
  readonly entity: Entity
  readonly id: Field
  /** The single field of the key, or null; often `id` itself. */
  readonly key: Field | null
}

/** A way into a value: a field of an object, or the items of a list. Empty: the value itself. */
export type ValuePath = readonly ({ readonly in: 'object'; readonly name: string } | { readonly in: 'list' })[]

/**
 * A field that names a subject, and where in its value. `id`: by Discord's id. `key`: by the key of the subject's row in
 * `of`, which has to be looked up by Discord's id first.
 */
export type Naming =
  | { readonly by: 'id'; readonly field: Field; readonly paths: readonly ValuePath[] }
  | { readonly by: 'key'; readonly field: Field; readonly paths: readonly ValuePath[]; readonly of: SubjectEntity }

const isIdOf = (subject: Subject, type: Type): boolean => type.kind === 'snowflake' && type.brand === subject

/** Whether a field alone tells the rows of its entity apart. */
const isUnique = (entity: Entity, field: Field): boolean => {
  const keys = keyFieldsOf(entity)
  return (
    (keys.length === 1 && isKeyField(entity, field)) ||
    entity.uniques.some(({ fields, where }) => where === null && fields.length === 1 && fields[0] === field.name)
  )
}

const subjectEntity = (entity: Entity, subject: Subject): readonly SubjectEntity[] => {
  const id = entity.fields.find((field) => isIdOf(subject, field.type) && isUnique(entity, field))
  const keys = keyFieldsOf(entity)
  const [key] = keys
  return id === undefined
    ? []
    : [{ entity, id, key: keys.length === 1 && key !== undefined ? (findField(entity, key) ?? null) : null }]
}

const bySubject = {
  user: memoised((set: SchemaSet) => set.entities.flatMap((entity) => subjectEntity(entity, 'user'))),
  guild: memoised((set: SchemaSet) => set.entities.flatMap((entity) => subjectEntity(entity, 'guild'))),
} satisfies Record<Subject, (set: SchemaSet) => readonly SubjectEntity[]>

/** The entities of which a person, or a guild, is one row: those whose key or unique field is Discord's id of one. */
export const subjectsIn = (set: SchemaSet, subject: Subject): readonly SubjectEntity[] => bySubject[subject](set)

const isKeyOf = (type: Type, { entity, id, key }: SubjectEntity): boolean =>
  key !== null && key !== id && key.type.kind === type.kind && 'brand' in type && type.brand === entity.name

/** Whether a field refers to the key of a subject's row: a key of a plain type (a number, a text) is known by that alone. */
const refersToKey = (entity: Entity, field: Field, of: SubjectEntity): boolean => {
  const to = of.key === null || of.key === of.id ? undefined : referenceOf(entity, field)?.to
  return to !== undefined && to.entity === of.entity.name && to.fields[0] === of.key?.name
}

/** Where in values of a type such a type stands; null in the list for a path that no query reaches (a map, a union). */
const pathsTo = (set: SchemaSet, type: Type, isWanted: (type: Type) => boolean): readonly (ValuePath | null)[] => {
  if (isWanted(type)) return [[]]
  switch (type.kind) {
    case 'list':
      return pathsTo(set, type.of, isWanted).map((path) => path && [{ in: 'list' }, ...path])
    case 'map':
      return pathsTo(set, type.of, isWanted).map(() => null)
    case 'union':
      return type.of.flatMap((member) => pathsTo(set, member, isWanted)).map(() => null)
    case 'object':
      return (findObject(set, type.object)?.fields ?? []).flatMap((field) =>
        pathsTo(set, field.type, isWanted).map(
          (path) => path && [{ in: 'object' as const, name: field.name }, ...path],
        ),
      )
    default:
      return []
  }
}

const isReached = (path: ValuePath | null): path is ValuePath => path !== null

/** The ways in which a field names a subject: none, or one; both only where its object holds both kinds of id. */
export const namingsOf = (set: SchemaSet, entity: Entity, field: Field, subject: Subject): readonly Naming[] => {
  const ids = pathsTo(set, field.type, (type) => isIdOf(subject, type)).filter(isReached)
  const subjects = subjectsIn(set, subject).filter((one) => one.entity !== entity || one.key !== field)
  const keys = subjects.flatMap((of): readonly Naming[] => {
    const paths = refersToKey(entity, field, of)
      ? [[]]
      : pathsTo(set, field.type, (type) => isKeyOf(type, of)).filter(isReached)
    return paths.length === 0 ? [] : [{ by: 'key', field, paths, of }]
  })
  return [...(ids.length === 0 ? [] : [{ by: 'id', field, paths: ids } as const]), ...keys]
}

/** Whether a value of a type is an id of a subject by itself: Discord's, or the key of the subject's row. */
export const isSubjectId = (set: SchemaSet, type: Type, subject: Subject): boolean =>
  isIdOf(subject, type) || subjectsIn(set, subject).some((of) => isKeyOf(type, of))

/** Whether a field names a subject at a path that no query reaches: in a map, or in a union. */
export const namesOutOfReach = (set: SchemaSet, field: Field, subject: Subject): boolean =>
  pathsTo(set, field.type, (type) => isSubjectId(set, type, subject)).some((path) => path === null)

/** The fields of an entity that name a subject, in their order. */
export const fieldsNaming = (set: SchemaSet, entity: Entity, subject: Subject): readonly Field[] =>
  entity.fields.filter((field) => namingsOf(set, entity, field, subject).length > 0)

const preferred = (set: SchemaSet, entity: Entity, subject: Subject): readonly ((field: Field) => boolean)[] => [
  (field) => subjectsIn(set, subject).some((one) => one.entity === entity && one.id === field),
  (field) => isKeyField(entity, field),
  (field) => entity.references.some(({ fields }) => fields.length > 1 && fields.includes(field.name)),
  ({ name }) => name.replaceAll('_', '').toLowerCase() === `${subject}id`,
  () => true,
]

/**
 * The field that says whose a row is, where several may name a subject: the row's own id, else what is part of its key,
 * else of a composite reference, else what is called `guild_id` (or `guildId`), else the only one. Null where that leaves a choice.
 */
export const ownerField = (set: SchemaSet, entity: Entity, subject: Subject): Field | null => {
  const fields = fieldsNaming(set, entity, subject)
  for (const isPreferred of preferred(set, entity, subject)) {
    const [field, other] = fields.filter(isPreferred)
    if (field !== undefined) return other === undefined ? field : null
  }
  return null
}
