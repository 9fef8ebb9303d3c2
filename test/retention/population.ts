import type { Entity, Reference } from '../../generators/model/entity.js'
import type { Field } from '../../generators/model/field.js'
import { entityOf, fieldOf, keyFieldsOf, objectOf } from '../../generators/model/lookup.js'
import type { JsonValue } from '../../generators/model/origin.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import { fieldsNaming, ownerField, type Subject, subjectsIn } from '../../generators/model/subject.js'
import type { Type } from '../../generators/model/type.js'
import type { PlainRow } from './plain-values.js'
import { insert, type World } from './worlds.js'

/** Whose rows are made, and who else they name: Discord's ids. */
export type Whose = Readonly<Record<Subject | 'other', string>>

/** Makes rows out of the examples of a set, each with the rows that it refers to. */
export interface Population {
  /** The row of an entity that belongs to somebody, made when it is first asked for. */
  readonly rowOf: (entity: string, whose: Whose) => Promise<PlainRow>
  /** One more row; null where the entity can have no other of these values. */
  readonly add: (entity: string, whose: Whose, values?: PlainRow) => Promise<PlainRow | null>
}

/** Examples tell of the years around 2025, and Mongo's own clock takes away what is over: tests live 65 years later. */
const later = (value: JsonValue): JsonValue => {
  const moment = new Date(String(value))
  moment.setUTCFullYear(moment.getUTCFullYear() + 65)
  return moment.toISOString()
}

const newYear = '2090-01-01T00:00:00.000Z'

const exampleOf = (entity: Entity): PlainRow => {
  const given = new Map(entity.examples[0]?.values.map(({ field, value }) => [field, value]))
  const values = entity.fields.flatMap((field): readonly [string, JsonValue][] => {
    const value = given.get(field.name) ?? null
    if (field.maintained !== null || field.generated !== null) return []
    if (field.type.kind === 'timestamp' && value !== null) return [[field.name, later(value)]]
    if (field.default?.kind === 'now') return [[field.name, newYear]]
    return value === null && field.default !== null ? [] : [[field.name, value]]
  })
  return Object.fromEntries(values)
}

const isSubjectOf = (set: SchemaSet, entity: Entity, subject: Subject): boolean =>
  subjectsIn(set, subject).some((one) => one.entity === entity)

const otherReferences = (entity: Entity): readonly Reference[] =>
  entity.references.filter(({ to }) => to.entity !== entity.name)

/** Whether an entity has rows for each person, or for each guild: a guild has one, whoever owns it. */
const isPer = (set: SchemaSet, entity: Entity, subject: Subject): boolean => {
  const other = subject === 'user' ? 'guild' : 'user'
  if (isSubjectOf(set, entity, subject)) return true
  if (isSubjectOf(set, entity, other)) return false
  if (fieldsNaming(set, entity, subject).length > 0) return true
  return otherReferences(entity).some(({ to }) => isPer(set, entityOf(set, to.entity), subject))
}

const isInUnique = (entity: Entity, { name }: Field): boolean =>
  keyFieldsOf(entity).includes(name) || entity.uniques.some(({ fields }) => fields.includes(name))

const namesSomebody = (set: SchemaSet, entity: Entity, field: Field): boolean =>
  (['user', 'guild'] as const).some((subject) => fieldsNaming(set, entity, subject).includes(field))

const firstId = 300_000_000_000_000_000n

/** A value of its own for a field that tells rows apart. */
const distinct = ({ type }: Field, value: JsonValue, count: number): JsonValue => {
  switch (type.kind) {
    case 'snowflake':
      return String(firstId + BigInt(count))
    case 'integer':
      return count
    case 'text':
      return `${value} ${count}`
    default:
      return value
  }
}

/** The fields that name people beside whose a row is: who warned, who assigned. */
const otherPeople = (set: SchemaSet, entity: Entity): readonly Field[] => {
  const people = fieldsNaming(set, entity, 'user')
  const owner = ownerField(set, entity, 'user') ?? people[0]
  return people.filter((field) => field !== owner)
}

/** A value with all ids of people and guilds in it being those of whom a row is. */
const namedAfter = (set: SchemaSet, type: Type, value: JsonValue, whose: Whose): JsonValue => {
  if (type.kind === 'snowflake') return type.brand === 'user' || type.brand === 'guild' ? whose[type.brand] : value
  if (type.kind === 'list' && Array.isArray(value)) {
    return value.map((item: JsonValue) => namedAfter(set, type.of, item, whose))
  }
  if (type.kind !== 'object' || value === null) return value
  const { fields } = objectOf(set, type.object)
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const field = fields.find((one) => one.name === name)
      return [name, field === undefined ? inner : namedAfter(set, field.type, inner, whose)]
    }),
  )
}

export const population = (world: World): Population => {
  const { set } = world
  const made = new Map<string, PlainRow>()
  const taken = new Set<string>()
  let count = 0

  const isTaken = (entity: Entity, row: PlainRow): boolean => {
    const tuples = [keyFieldsOf(entity), ...entity.uniques.map(({ fields }) => fields)]
      .map((fields) => [entity.name, ...fields, ...fields.map((name) => row[name] ?? null)])
      .filter((tuple) => !tuple.includes(null) && tuple.length > 1)
      .map((tuple) => JSON.stringify(tuple))
    if (tuples.some((tuple) => taken.has(tuple))) return true
    for (const tuple of tuples) taken.add(tuple)
    return false
  }

  const referred = async (entity: Entity, whose: Whose): Promise<PlainRow> => {
    const values: Record<string, JsonValue> = {}
    for (const { fields, to } of otherReferences(entity)) {
      const row = await rowOf(to.entity, whose)
      for (const [at, name] of fields.entries()) values[name] = row[to.fields[at] ?? ''] ?? null
    }
    return values
  }

  const own = (entity: Entity, whose: Whose, row: PlainRow): PlainRow =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]): [string, JsonValue] => {
        const field = fieldOf(entity, name)
        if (isInUnique(entity, field) && !namesSomebody(set, entity, field)) {
          return [name, distinct(field, value, ++count)]
        }
        const named = otherPeople(set, entity).includes(field) ? { ...whose, user: whose.other } : whose
        return [name, namedAfter(set, field.type, value, named)]
      }),
    )

  const add: Population['add'] = async (name, whose, values = {}) => {
    const entity = entityOf(set, name)
    const row = { ...own(entity, whose, exampleOf(entity)), ...(await referred(entity, whose)), ...values }
    if (isTaken(entity, row)) return null
    const key = await insert(world, name, row)
    const [keyField = ''] = keyFieldsOf(entity)
    return key === null ? row : { ...row, [keyField]: key }
  }

  const rowOf: Population['rowOf'] = async (name, whose) => {
    const entity = entityOf(set, name)
    const whom = (['user', 'guild'] as const).map((subject) => (isPer(set, entity, subject) ? whose[subject] : ''))
    const known = [name, ...whom].join(' ')
    const row = made.get(known) ?? (await add(name, whose))
    if (row === null) throw new Error(`a row of ${name} clashes with another`)
    made.set(known, row)
    return row
  }
  return { rowOf, add }
}
