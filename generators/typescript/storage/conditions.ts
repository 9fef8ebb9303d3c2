import { docComment, propertyName, proseOf } from '../../kernel/safe/typescript.js'
import type { Entity } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Store } from '../../model/store.js'
import { type AskedValue, askedValues, isAsked, isOrdered } from '../../script/asked.js'
import { type Code, code, joined, text, trusted } from '../../script/code.js'
import { runtimeNamespace } from '../../script/runtime.js'
import { typeImports } from '../../script/schema/runtime-form.js'
import { hasIds } from '../../script/shapes.js'
import { shapeTypes } from '../shape-types.js'

/** A type of the runtime. */
export const runtime = (name: string): Code => code`${runtimeNamespace('v1')}.${trusted(name)}`

/** The types of fields as calls take them: where there are ids, plain strings will do. */
export const givenTypes = async (set: SchemaSet, fields: readonly Field[]): Promise<readonly Code[]> => {
  const named = fields.map((field, at) => ({ ...field, property: `value${at}`, nullable: false }))
  const shown = named.map((field) => ({ field, optional: false }))
  const { row } = await shapeTypes(set, shown, [])
  return named.map(({ property, type }) => {
    const value = trusted(row.get(property) ?? 'never', typeImports(set, type, 'row'))
    return hasIds(set, type) ? code`${runtime('Given')}<${value}>` : value
  })
}

const conditionNames = {
  text: 'TextCondition',
  order: 'OrderCondition',
  equality: 'EqualityCondition',
  items: 'ItemCondition',
  null: 'NullCondition',
} as const

const conditionCode = ({ asks, isNullable }: AskedValue, type: Code): Code => {
  const condition = runtime(conditionNames[asks])
  if (asks === 'null') return condition
  return isNullable ? code`${condition}<${type} | null>` : code`${condition}<${type}>`
}

/** What a call on rows of an entity may ask of them: an interface with a member for each value. */
export const whereCode = async (set: SchemaSet, entity: Entity, store: Store, name: string): Promise<Code> => {
  const values = askedValues(set, entity, store).filter(isAsked)
  const types = await givenTypes(
    set,
    values.map(({ field }) => field),
  )
  const members = values.map(
    (value, at) =>
      code`  readonly ${trusted(propertyName(value.name))}?: ${conditionCode(value, types[at] ?? trusted('never'))}\n`,
  )
  const doc = docComment(
    proseOf(`Conditions on rows of ${entity.name}. All of them hold; null is also what is missing.`),
  )
  return code`${trusted(doc)}export interface ${trusted(name)} extends ${runtime('Joined')}<${trusted(name)}> {\n${joined(members, '')}}`
}

/** The names of the values that rows may be ordered by, each a type. */
export const orderTypes = (set: SchemaSet, entity: Entity, store: Store): readonly Code[] =>
  askedValues(set, entity, store)
    .filter(isOrdered)
    .map(({ name }) => text(name))
