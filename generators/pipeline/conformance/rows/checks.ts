import { evaluatePredicate } from '../../../language/expression/index.js'
import { valueProblem } from '../../../language/rules/value-problem.js'
import type { Check, Entity } from '../../../model/entity.js'
import type { Field } from '../../../model/field.js'
import { objectOf } from '../../../model/lookup.js'
import type { JsonValue } from '../../../model/origin.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import type { Type } from '../../../model/type.js'
import type { Probe } from '../judges/judge.js'
import { jsonAt, jsonIn } from './json-of-row.js'
import { type Members, memberOf, type Sample, same } from './sample.js'

interface Owner {
  readonly name: string
  readonly fields: readonly Field[]
  readonly checks: readonly Check[]
}

type ValueOf = (name: string) => JsonValue | undefined

const isBroken = (set: SchemaSet, owner: Owner, read: ValueOf): boolean => {
  const scope = { set, owner, isBroken: () => false }
  return owner.checks.some(({ expression }) => evaluatePredicate(expression, scope, read) === false)
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
  isBroken(set, owner, (name) => jsonAt(owner, row, name)) ||
  owner.fields.some(({ name, type }) => breaks(set, type, memberOf(row, name) ?? same(null)))

/** Whether an update breaks a check by what it sets, whatever the rest of the row is: what is absent is unknown. */
export const breaksAlone = (set: SchemaSet, { entity, patch }: Pick<Probe, 'entity' | 'patch'>): boolean =>
  patch !== null &&
  (isBroken(set, entity, (name) => jsonIn(patch, name)) ||
    entity.fields.some(({ name, type }) => breaks(set, type, memberOf(patch, name) ?? same(null))))

/** The computed fields for which a row comes to none of their values: beyond their limits, or null. */
export const leavingTheirTypes = (set: SchemaSet, entity: Entity, row: Members): readonly Field[] =>
  entity.fields.filter(({ name, type, nullable, generated }) => {
    if (generated === null) return false
    const value = jsonIn(row, name)
    if (value === undefined || value === null) return value === null && !nullable
    return valueProblem(type, value, set) !== null
  })
