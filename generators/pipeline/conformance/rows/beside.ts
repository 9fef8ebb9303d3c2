import { evaluateExpression, evaluatePredicate } from '../../../language/expression/index.js'
import type { Entity, Reference } from '../../../model/entity.js'
import type { Expression } from '../../../model/expression.js'
import type { Field } from '../../../model/field.js'
import { fieldOf, keyFieldsOf } from '../../../model/lookup.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import { comparable } from '../comparable.js'
import type { Probe } from '../judges/judge.js'
import { breaksChecks, leavingTheirTypes } from './checks.js'
import { withComputed } from './computed.js'
import { replacedBy } from './corners.js'
import { jsonIn } from './json-of-row.js'
import { codeOf, type Members, memberOf, type Sample, same, withMember } from './sample.js'
import { exampleOf } from './valid-values.js'

/** What no two rows share: values of the row, among rows that meet a condition. */
interface Uniqueness {
  readonly fields: readonly string[]
  readonly expressions: readonly Expression[]
  readonly nullsDistinct: boolean
  readonly where: Expression | null
}

const ofKey = (entity: Entity): readonly Uniqueness[] => {
  const fields = keyFieldsOf(entity)
  return fields.length === 0 ? [] : [{ fields, expressions: [], nullsDistinct: true, where: null }]
}

/** A deferrable one is looked at when a transaction ends, which rows that are judged alone never see. */
const ofUniques = ({ uniques }: Entity): readonly Uniqueness[] =>
  uniques
    .filter(({ deferrable }) => !deferrable)
    .map(({ fields, nulls, where }) => ({ fields, expressions: [], nullsDistinct: nulls === 'distinct', where }))

const ofIndexes = ({ indexes }: Entity): readonly Uniqueness[] =>
  indexes
    .filter(({ unique }) => unique)
    .map(({ parts, where }) => ({
      fields: parts.flatMap((part) => (part.kind === 'field' ? [part.path[0] ?? ''] : [])),
      expressions: parts.flatMap((part) => (part.kind === 'expression' ? [part.expression] : [])),
      nullsDistinct: true,
      where,
    }))

const uniquenessOf = (entity: Entity): readonly Uniqueness[] => [
  ...ofKey(entity),
  ...ofUniques(entity),
  ...ofIndexes(entity),
]

interface Reading {
  readonly set: SchemaSet
  readonly entity: Entity
}

const valuesOf = ({ set, entity }: Reading, { fields, expressions }: Uniqueness, row: Members): readonly unknown[] => {
  const scope = { set, owner: entity, isBroken: () => false }
  return [
    ...fields.map((name) => codeOf(memberOf(row, name) ?? same(null))),
    ...expressions.map((expression) => evaluateExpression(expression, scope, (name) => jsonIn(row, name))),
  ]
}

const isMet = ({ set, entity }: Reading, { where }: Uniqueness, row: Members): boolean =>
  where === null ||
  evaluatePredicate(where, { set, owner: entity, isBroken: () => false }, (name) => jsonIn(row, name)) === true

/** Whether two rows cannot stand beside each other. */
const collide = (of: Reading, unique: Uniqueness, one: Members, other: Members): boolean => {
  const [a, b] = [valuesOf(of, unique, one), valuesOf(of, unique, other)]
  if (unique.nullsDistinct && a.includes(null)) return false
  return comparable(a) === comparable(b) && isMet(of, unique, one) && isMet(of, unique, other)
}

const put = (row: Members, { name, property }: Field, value: Sample): Members =>
  withMember(row, { name, property, value })

/** The row with values in all of some fields, and that with null in those that may be null. */
const filledOrNot = (set: SchemaSet, fields: readonly Field[], row: Members): readonly Members[] => {
  const filled = fields.reduce((made, field) => {
    const value = memberOf(made, field.name)
    const isNull = value === undefined || codeOf(value) === null
    return isNull ? put(made, field, exampleOf(set, field.type)) : made
  }, row)
  const nullable = fields.filter((field) => field.nullable)
  return nullable.length === 0
    ? [filled]
    : [filled, nullable.reduce((made, field) => put(made, field, same(null)), row)]
}

const sharing = (fields: readonly Field[], row: Members, of: Members): Members =>
  fields.reduce((made, field) => put(made, field, memberOf(of, field.name) ?? same(null)), row)

const isValid = (set: SchemaSet, entity: Entity, row: Members): boolean =>
  !breaksChecks(set, entity, row) && leavingTheirTypes(set, entity, row).length === 0

interface Pair {
  readonly there: Members
  readonly row: Members
}

const isAnyTaken = (of: Reading, { there, row }: Pair): boolean =>
  uniquenessOf(of.entity).some((unique) => collide(of, unique, there, row))

const beside = (of: Reading, { there, row }: Pair, field: Field): Probe => {
  const isTaken = of.entity.key.kind === 'singleton' || isAnyTaken(of, { there, row })
  const corner = replacedBy(of.set, field, memberOf(row, field.name) ?? same(null))
  return { entity: of.entity, row, base: there, patch: null, question: isTaken ? 'taken' : 'free', corner }
}

/** The field that a probe is said to be about: one that not every store keeps, if there is one. */
const leastKept = (entity: Entity, fields: readonly Field[]): Field | undefined =>
  fields.find(({ stores }) => stores.length < entity.stores.length) ?? fields[0]

/** A row and another that shares with it what must be unique. */
const pairs = (of: Reading, fields: readonly Field[], base: Members, other: Members): readonly Pair[] =>
  filledOrNot(of.set, fields, base)
    .map((made) => ({
      there: withComputed(of.set, of.entity, made),
      row: withComputed(of.set, of.entity, sharing(fields, other, made)),
    }))
    .filter(({ there, row }) => [there, row].every((one) => isValid(of.set, of.entity, one)))

/** A row that the condition of a unique leaves alone, and one that it does not: they may share what it is about. */
const outsideOf = (
  of: Reading,
  unique: Uniqueness,
  fields: readonly Field[],
  rows: readonly Members[],
): readonly Pair[] => {
  const met = rows.filter((row) => isMet(of, unique, row))
  const left = rows.filter((row) => !isMet(of, unique, row))
  const all = left.flatMap((there) => met.flatMap((row) => pairs(of, fields, there, row).slice(0, 1)))
  return all.filter((pair) => !isAnyTaken(of, pair)).slice(0, 1)
}

/**
 * Beside a row one that shares with it what no two rows may share; or nulls, which may be shared or not.
 *
 * @param rows valid ones, among which some may meet the condition of a unique
 */
export const besideProbes = (set: SchemaSet, entity: Entity, rows: readonly Members[]): readonly Probe[] => {
  const [any] = entity.fields
  const [base, other] = rows
  if (base === undefined || other === undefined) return []
  const of = { set, entity }
  if (entity.key.kind === 'singleton' && any !== undefined) return [beside(of, { there: base, row: other }, any)]
  return uniquenessOf(entity).flatMap((unique) => {
    const fields = unique.fields.map((name) => fieldOf(entity, name))
    const about = leastKept(entity, fields)
    const [there = base, added = other] = rows.filter((row) => isMet(of, unique, row))
    if (about === undefined) return []
    const all = [...pairs(of, fields, there, added), ...outsideOf(of, unique, fields, rows)]
    return all.map((pair) => beside(of, pair, about))
  })
}

const isHeld = ({ enforced }: Reference): boolean => enforced

/** A row that points at one that is not there, and at no other as far as that may be null. */
export const danglingProbes = (set: SchemaSet, entity: Entity, base: Members): readonly Probe[] =>
  entity.references.filter(isHeld).flatMap((reference) => {
    const fields = reference.fields.map((name) => fieldOf(entity, name))
    const [first] = fields
    const others = entity.references
      .filter((one) => isHeld(one) && one !== reference)
      .flatMap((one) => one.fields.filter((name) => !reference.fields.includes(name)))
      .map((name) => fieldOf(entity, name))
      .filter(({ nullable }) => nullable)
    const [filled] = filledOrNot(set, fields, base)
    if (first === undefined || filled === undefined) return []
    const row = withComputed(
      set,
      entity,
      others.reduce((made, field) => put(made, field, same(null)), filled),
    )
    const corner = replacedBy(set, first, memberOf(row, first.name) ?? same(null))
    return isValid(set, entity, row)
      ? [{ entity, row, base: row, patch: null, question: 'dangling' as const, corner }]
      : []
  })
