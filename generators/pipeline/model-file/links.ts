import type { Entity } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import { findEntity, findEnum, findField, findObject } from '../../model/lookup.js'
import type { ObjectDefinition, SchemaSet } from '../../model/schema-set.js'
import { type Type, typesWithin } from '../../model/type.js'

const twice = (names: readonly string[]): string | undefined =>
  names.find((name, index) => names.indexOf(name) !== index)

const typeProblem = (set: SchemaSet, type: Type): string | null => {
  for (const inner of typesWithin(type)) {
    if (inner.kind === 'object' && findObject(set, inner.object) === undefined) return `no object ${inner.object}`
    if (inner.kind === 'enum' && findEnum(set, inner.enum) === undefined) return `no enum ${inner.enum}`
    if (inner.kind === 'union' && inner.of.length < 2) return 'a union of less than two types'
  }
  return null
}

const fieldProblem = (set: SchemaSet, { name, refersTo, type }: Field): string | null => {
  const lost = refersTo.find(({ to }) => {
    const entity = findEntity(set, to.entity)
    return entity === undefined || findField(entity, to.field) === undefined
  })
  const problem = lost === undefined ? typeProblem(set, type) : `no ${lost.to.entity}.${lost.to.field}`
  return problem === null ? null : `${name}: ${problem}`
}

const fieldsProblem = (set: SchemaSet, { fields }: Pick<Entity, 'fields'>): string | null => {
  const again = twice(fields.map(({ name }) => name))
  if (again !== undefined) return `${again} is there twice`
  for (const field of fields) {
    const problem = fieldProblem(set, field)
    if (problem !== null) return problem
  }
  return null
}

const missing = (owner: Entity, names: readonly string[]): string | undefined =>
  names.find((name) => findField(owner, name) === undefined)

const entityProblem = (set: SchemaSet, entity: Entity): string | null => {
  const own = [
    ...(entity.key.kind === 'fields' ? entity.key.fields : []),
    ...entity.uniques.flatMap((one) => one.fields),
  ]
  const lost = missing(entity, [...own, ...entity.references.flatMap((one) => one.fields)])
  if (lost !== undefined) return `no field ${lost}`
  for (const { fields, to } of entity.references) {
    const target = findEntity(set, to.entity)
    if (target === undefined) return `no entity ${to.entity}`
    const absent = missing(target, to.fields)
    if (absent !== undefined || to.fields.length !== fields.length) return `no reference to ${to.entity}`
  }
  return fieldsProblem(set, entity)
}

/** An object that holds itself would be walked without end. */
const holdsItself = (set: SchemaSet): string | null => {
  const done = new Set<string>()
  const open = new Set<string>()
  const visit = ({ fields, name }: ObjectDefinition): string | null => {
    if (open.has(name)) return name
    if (done.has(name)) return null
    open.add(name)
    for (const inner of fields.flatMap(({ type }) => typesWithin(type))) {
      const object = inner.kind === 'object' ? findObject(set, inner.object) : undefined
      const found = object === undefined ? null : visit(object)
      if (found !== null) return found
    }
    open.delete(name)
    done.add(name)
    return null
  }
  for (const object of set.objects) {
    const found = visit(object)
    if (found !== null) return found
  }
  return null
}

/** What of a set leads nowhere: emitters and comparisons take it that every name is of something. */
export const brokenLink = (set: SchemaSet): string | null => {
  const again = twice([...set.entities, ...set.objects, ...set.enums].map(({ name }) => name))
  if (again !== undefined) return `${again} is defined twice`
  for (const entity of set.entities) {
    const problem = entityProblem(set, entity)
    if (problem !== null) return `${entity.name}: ${problem}`
  }
  for (const object of set.objects) {
    const problem = fieldsProblem(set, object)
    if (problem !== null) return `${object.name}: ${problem}`
  }
  const circle = holdsItself(set)
  return circle === null ? null : `${circle} holds itself`
}
