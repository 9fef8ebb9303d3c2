import { identifier, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Entity } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import { fieldOf, keyFieldsOf } from '../../model/lookup.js'
import { type Code, code, joined, literal, trusted } from '../../script/code.js'
import { givenCode } from '../../script/given.js'
import { conjunction, keyCode, memberCode, parameterName, propertyType, rowType, type Subject } from './subject.js'

export const keyFields = (entity: Entity): readonly Field[] => keyFieldsOf(entity).map((name) => fieldOf(entity, name))

/** The condition on a row's own key, by parameters from `$1` on. */
export const keyCondition = (entity: Entity): Sql =>
  entity.key.kind === 'singleton'
    ? sql`singleton`
    : conjunction(keyFields(entity).map(({ name }, at) => sql`${identifier(name)} = $${at + 1}`))

/** How many parameters a row's own key takes. */
export const keyLength = (entity: Entity): number => keyFields(entity).length

const keyType = (subject: Subject, fields: readonly Field[]): Code => {
  const [field, ...others] = fields
  if (field !== undefined && others.length === 0) return propertyType(subject, field)
  const names = fields.map(({ property }) => literal(property))
  return givenCode(subject.set, fields, code`Pick<${rowType(subject)}, ${joined(names, ' | ')}>`)
}

const keyName = (subject: Subject): string => {
  const [field, ...others] = keyFields(subject.entity)
  return field === undefined || others.length > 0 ? 'key' : parameterName(subject, field, 'key')
}

/** The parameter that takes a row's key; none for a singleton. */
export const keyParameters = (subject: Subject): readonly Code[] => {
  const fields = keyFields(subject.entity)
  return fields.length === 0 ? [] : [code`${trusted(keyName(subject))}: ${keyType(subject, fields)}`]
}

/** The key that a function is given, as the parameters of a statement. */
export const keyArgument = (subject: Subject, call: string): Code => {
  const fields = keyFields(subject.entity)
  const [field, ...others] = fields
  if (field === undefined) return trusted('[]')
  const name = keyName(subject)
  return keyCode(call, fields, others.length === 0 ? memberCode(field, name) : trusted(name))
}
