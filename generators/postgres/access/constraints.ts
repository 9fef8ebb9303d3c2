import { unreachable } from '../../kernel/bug.js'
import type { Entity } from '../../model/entity.js'
import { findField } from '../../model/lookup.js'
import type { CheckConstraint, Constraint, ForeignKey, Table } from '../../relational/index.js'
import { type Code, code, joined, literal, property, text } from '../../script/code.js'
import { uniqueRule } from '../../script/rules.js'

type Problem = 'unique' | 'reference' | 'check'

/** A constraint as emitted code knows it. */
interface Entry {
  readonly problem: Problem
  readonly name: string
  readonly fields: readonly string[]
  readonly rule: string
}

/** Columns as the properties that rows have; those of the table's own are none. */
const propertiesOf = (entity: Entity, columns: readonly string[]): readonly string[] =>
  columns.flatMap((name) => findField(entity, name)?.property ?? [])

const uniqueEntry = (entity: Entity, name: string, columns: readonly string[]): Entry => {
  const fields = propertiesOf(entity, columns)
  return { problem: 'unique', name, fields, rule: uniqueRule(entity, fields) }
}

const ruleOf = ({ source, predicate, conditions }: CheckConstraint, fields: readonly string[]): string => {
  switch (source) {
    case 'predicate':
      return predicate?.text ?? ''
    case 'raw':
      return conditions.join(' AND ')
    case 'type':
      return `${fields.join(', ') || 'the key'} is of its type`
    default:
      return unreachable(source)
  }
}

/** The entity that a foreign key points at, by name. */
const targetOf = (entity: Entity, { columns, to }: ForeignKey): string =>
  entity.references.find(({ fields }) => fields.join() === columns.join())?.to.entity ?? to.table

const entryOf = (entity: Entity, constraint: Constraint): Entry => {
  const { name } = constraint
  const fields = propertiesOf(entity, constraint.columns)
  switch (constraint.kind) {
    case 'primary-key':
    case 'unique':
      return uniqueEntry(entity, name, constraint.columns)
    case 'foreign-key':
      return {
        problem: 'reference',
        name,
        fields,
        rule: `the ${targetOf(entity, constraint)} of ${fields.join(', ')} is not there`,
      }
    case 'check':
      return { problem: 'check', name, fields, rule: ruleOf(constraint, fields) }
    default:
      return unreachable(constraint)
  }
}

const entryCode = (entity: Entity, { name: table }: Table, { problem, name, fields, rule }: Entry): Code => {
  const members = [
    code`problem: ${text(problem)}`,
    code`entity: ${text(entity.name)}`,
    code`name: ${text(name)}`,
    code`fields: ${literal(fields)}`,
    code`rule: ${text(rule)}`,
  ]
  return code`  ${property(`${table}.${name}`)}: {
    ${joined(members, ',\n    ')},
  },`
}

/** The lines of `postgres/constraints.ts` about a table. */
export const constraintLines = (entity: Entity, table: Table): string => {
  const indexes = table.indexes.filter(({ unique }) => unique)
  const entries = [
    ...table.constraints.map((constraint) => entryOf(entity, constraint)),
    ...indexes.map(({ name, fields }) => uniqueEntry(entity, name, fields)),
  ]
  return entries.map((entry) => `${entryCode(entity, table, entry).text}\n`).join('')
}
