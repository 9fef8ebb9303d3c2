import fc, { type Arbitrary } from 'fast-check'
import { memoised } from '../../generators/kernel/memoised.js'
import { evaluatePredicate } from '../../generators/language/expression/index.js'
import { wholeBounds } from '../../generators/model/bounds.js'
import type { Check, Entity } from '../../generators/model/entity.js'
import type { Arithmetic, Expression } from '../../generators/model/expression.js'
import type { Field } from '../../generators/model/field.js'
import { objectOf } from '../../generators/model/lookup.js'
import type { JsonValue } from '../../generators/model/origin.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import type { Type } from '../../generators/model/type.js'
import { accepts } from '../support/mongo.js'
import type { Probe } from './judge.js'
import {
  documentOf,
  leaf,
  type Members,
  memberOf,
  members,
  type Sample,
  same,
  storedJsonOf,
  unsaid,
  withMember,
} from './sample.js'
import { validMembers } from './valid.js'

interface Owner {
  readonly name: string
  readonly fields: readonly Field[]
  readonly checks: readonly Check[]
}

type ValueOf = (name: string) => JsonValue | undefined

const jsonIn = (of: Members, name: string): JsonValue | undefined => {
  const member = memberOf(of, name)
  const code = member?.kind === 'leaf' && member.forms.json === unsaid ? member.forms.code : null
  // JSON has neither -0, which conditions take as 0, nor a bigint where a number stands, which documents take as one.
  if (Object.is(code, -0) || typeof code === 'bigint') return Number(code) + 0
  const json = member === undefined ? unsaid : storedJsonOf(member)
  return json === unsaid ? undefined : json
}

const nowAs = ({ type }: Field): JsonValue => {
  const now = new Date().toISOString()
  if (type.kind === 'date') return now.slice(0, 10)
  return type.kind === 'time' ? now.slice(11, 19) : now
}

const filledIn = (field: Field | undefined): JsonValue => {
  if (field?.default?.kind === 'literal') return field.default.value
  return field?.default?.kind === 'now' ? nowAs(field) : null
}

/** What is not there is what an insert fills in. */
const jsonAt = (owner: Owner, of: Members, name: string): JsonValue | undefined =>
  memberOf(of, name) === undefined ? filledIn(owner.fields.find((field) => field.name === name)) : jsonIn(of, name)

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

const calculated = (operator: Arithmetic, left: number, right: number): number => {
  if (operator === '*') return left * right
  return operator === '+' ? left + right : left - right
}

/** The number, or null, that a computed field holds; the sets that are tested compute no others. */
const computed = (entity: Entity, expression: Expression, row: Members): number | null => {
  switch (expression.kind) {
    case 'field': {
      const value = jsonAt(entity, row, expression.path[0] ?? '')
      if (value === undefined) return Number.NaN
      return value === null ? null : Number(value)
    }
    case 'literal':
      return expression.value.kind === 'number' ? Number(expression.value.text) : null
    case 'arithmetic': {
      const [left, right] = [computed(entity, expression.left, row), computed(entity, expression.right, row)]
      return left === null || right === null ? null : calculated(expression.operator, left, right)
    }
    case 'call':
      return expression.arguments.map((given) => computed(entity, given, row)).find((value) => value !== null) ?? null
    default:
      throw new Error(`no value for ${expression.kind}`)
  }
}

/** A row whose computed fields hold what its others make of them, as far as those are numbers. */
export const withComputed = (entity: Entity, row: Members): Members =>
  entity.fields.reduce((made, { name, property, generated }) => {
    if (generated === null) return made
    const value = computed(entity, generated, row)
    return Number.isNaN(value) ? made : withMember(made, { name, property, value: same(value) })
  }, row)

/** What stands in the stores for a sealed value: any bytes, and a document of the form that sealing makes. */
const sealed = { v: 1, iv: new Uint8Array(12), tag: new Uint8Array(16), data: new Uint8Array(4) }

/** Null where it may be: the emitted statements seal, which no insert of a row does. */
const asSealed = ({ nullable }: Field, value: Sample): Sample =>
  nullable || value.kind !== 'leaf' ? same(null) : leaf({ ...value.forms, document: sealed, column: 'AAAA' })

const withSealed = (entity: Entity, row: Members): Members =>
  members(
    row.members.map((member) => {
      const field = entity.fields.find(({ name, encrypted }) => name === member.name && encrypted !== null)
      return field === undefined ? member : { ...member, value: asSealed(field, member.value) }
    }),
  )

/** Whether a row is what its fields' own keywords of MongoDB ask for, which only the collection knows. */
const rawKeywords = memoised((entity: Entity): ((row: Members) => boolean) => {
  const raw = entity.fields.flatMap(({ name, mongo }) => (mongo.schema === null ? [] : [[name, mongo.schema] as const]))
  if (raw.length === 0) return () => true
  const takes = accepts({ $jsonSchema: { properties: Object.fromEntries(raw) } })
  return (row) => takes(documentOf(row) as Readonly<Record<string, unknown>>)
})

/** Whether what is computed of a row is too large for its field. */
export const overflows = (entity: Entity, row: Members): boolean =>
  entity.fields.some(({ name, type, generated }) => {
    if (generated === null || type.kind !== 'integer') return false
    const value = jsonIn(row, name)
    const { min, max } = wholeBounds(type)
    return typeof value === 'number' && (value < min || value > max)
  })

/** Rows of an entity that everyone must accept. */
export const validRows = (set: SchemaSet, entity: Entity): Arbitrary<Members> =>
  validMembers(set, entity.fields)
    .map((all) => withComputed(entity, withSealed(entity, members(all))))
    .filter((row) => rawKeywords(entity)(row) && !breaksChecks(set, entity, row) && !overflows(entity, row))

/** One row, the same in each run. */
export const sampleRow = (set: SchemaSet, entity: Entity, seed: number): Members => {
  const [row] = fc.sample(validRows(set, entity), { numRuns: 1, seed })
  if (row === undefined) throw new Error(`no row of ${entity.name}`)
  return row
}
