import fc, { type Arbitrary } from 'fast-check'
import { evaluatePredicate } from '../../generators/language/expression/index.js'
import type { Check, Entity } from '../../generators/model/entity.js'
import type { Expression } from '../../generators/model/expression.js'
import type { Field } from '../../generators/model/field.js'
import { objectOf } from '../../generators/model/lookup.js'
import type { JsonValue } from '../../generators/model/origin.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import type { Type } from '../../generators/model/type.js'
import { type Members, memberOf, members, type Sample, same, storedJsonOf, unsaid, withMember } from './sample.js'
import { validMembers } from './valid.js'

interface Owner {
  readonly name: string
  readonly fields: readonly Field[]
  readonly checks: readonly Check[]
}

/** What is not there is what an insert fills in. */
const jsonAt = (owner: Owner, of: Members, name: string): JsonValue | undefined => {
  const member = memberOf(of, name)
  const filled = owner.fields.find((field) => field.name === name)?.default
  const json = member === undefined ? (filled?.kind === 'literal' ? filled.value : null) : storedJsonOf(member)
  return json === unsaid ? undefined : json
}

const isBroken = (set: SchemaSet, owner: Owner, of: Members): boolean => {
  const scope = { set, owner, isBroken: () => false }
  return owner.checks.some(
    ({ expression }) => evaluatePredicate(expression, scope, (name) => jsonAt(owner, of, name)) === false,
  )
}

/** Whether a value breaks a check across fields, its own or that of an object inside it. */
const breaks = (set: SchemaSet, type: Type, value: Sample): boolean => {
  if (type.kind === 'object') return value.kind === 'members' && breaksChecks(set, objectOf(set, type.object), value)
  if (type.kind === 'list') return value.kind === 'list' && value.items.some((item) => breaks(set, type.of, item))
  if (type.kind === 'map')
    return value.kind === 'members' && value.members.some((one) => breaks(set, type.of, one.value))
  return type.kind === 'union' && type.of.some((member) => breaks(set, member, value))
}

/** Whether a row breaks a check across its fields, or those of an object in it. */
export const breaksChecks = (set: SchemaSet, owner: Owner, row: Members): boolean =>
  isBroken(set, owner, row) ||
  owner.fields.some(({ name, type }) => breaks(set, type, memberOf(row, name) ?? same(null)))

/** The whole number that a computed field holds; the sets that are tested compute no others. */
const computed = (entity: Entity, expression: Expression, row: Members): number => {
  switch (expression.kind) {
    case 'field':
      return Number(jsonAt(entity, row, expression.path[0] ?? ''))
    case 'literal':
      return expression.value.kind === 'number' ? Number(expression.value.text) : Number.NaN
    case 'arithmetic': {
      const [left, right] = [computed(entity, expression.left, row), computed(entity, expression.right, row)]
      return expression.operator === '*' ? left * right : expression.operator === '+' ? left + right : left - right
    }
    default:
      throw new Error(`no value for ${expression.kind}`)
  }
}

/** A row whose computed fields hold what its others make of them, as far as those are numbers. */
export const withComputed = (entity: Entity, row: Members): Members =>
  entity.fields.reduce((made, { name, property, generated }) => {
    const value = generated === null ? Number.NaN : computed(entity, generated, row)
    return Number.isFinite(value) ? withMember(made, { name, property, value: same(value) }) : made
  }, row)

/** What is sealed is null: the emitted statements seal it, which no insert of a row does. */
const withoutSealed = (entity: Entity, row: Members): Members =>
  members(
    row.members.map((member) =>
      entity.fields.some(({ name, encrypted }) => name === member.name && encrypted !== null)
        ? { ...member, value: same(null) }
        : member,
    ),
  )

/** Rows of an entity that everyone must accept. */
export const validRows = (set: SchemaSet, entity: Entity): Arbitrary<Members> =>
  validMembers(set, entity.fields)
    .map((all) => withComputed(entity, withoutSealed(entity, members(all))))
    .filter((row) => !breaksChecks(set, entity, row))

/** One row, the same in each run. */
export const sampleRow = (set: SchemaSet, entity: Entity, seed: number): Members => {
  const [row] = fc.sample(validRows(set, entity), { numRuns: 1, seed })
  if (row === undefined) throw new Error(`no row of ${entity.name}`)
  return row
}
