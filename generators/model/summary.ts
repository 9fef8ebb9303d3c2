import { known } from '../kernel/bug.js'
import { memoised } from '../kernel/memoised.js'
import { formInMongo } from './decimal.js'
import type { Entity } from './entity.js'
import { type Default, type Field, undescribed } from './field.js'
import { findField } from './lookup.js'
import type { Summary } from './retention.js'
import type { DecimalType, Type } from './type.js'

type Group = Summary['by'][number]
type Aggregate = Summary['aggregates'][number]

const whole: Type = { kind: 'integer', width: 'long', min: 0, max: null }

const wider = ({ precision, inMongo }: DecimalType): Pick<DecimalType, 'precision' | 'inMongo'> => {
  const digits = Math.min(1000, precision + 15)
  return { precision: digits, inMongo: inMongo === 'text' ? inMongo : formInMongo(digits) }
}

/** The type of a sum of values: as wide as its kind goes, without the limits of one value. */
const sumType = (type: Type): Type => {
  switch (type.kind) {
    case 'bigint':
      return { ...type, form: 'bigint', min: null, max: null }
    case 'decimal':
      return { ...type, ...wider(type), min: null, max: null }
    case 'float':
      return { ...type, width: 'double', min: null, max: null }
    default:
      return { ...whole, min: null }
  }
}

const fieldOf = (entity: Entity, name: string): Field => known(findField(entity, name), 'field of a summary')

const column = (
  { enforce }: Entity,
  summary: Summary,
  name: string,
  of: Pick<Field, 'type' | 'nullable' | 'summary'>,
): Field => ({
  property: name,
  optional: false,
  ...undescribed,
  ...of,
  enforce,
  name,
  stores: ['postgres', 'mongo'],
  origin: summary.origin,
})

const zero = (field: Field): Field => {
  const value = field.type.kind === 'bigint' || field.type.kind === 'decimal' ? '0' : 0
  const given: Default = { kind: 'literal', value, origin: field.origin }
  return { ...field, default: given }
}

/** `guild_id`, or `created_at_month` for the month of a time. */
export const groupColumn = ({ field, period }: Group): string => (period === null ? field : `${field}_${period}`)

const groupField = (entity: Entity, summary: Summary, group: Group): Field => {
  const { field, period } = group
  const { type, nullable, summary: meaning, personal } = fieldOf(entity, field)
  const words = period === null ? meaning : `The ${period} of ${field}, by its first moment.`
  return { ...column(entity, summary, groupColumn(group), { type, nullable, summary: words }), personal }
}

const aggregateField = (entity: Entity, summary: Summary, { function: name, field, as }: Aggregate): Field => {
  const { type } = fieldOf(entity, field)
  if (name === 'sum') {
    return zero(column(entity, summary, as, { type: sumType(type), nullable: false, summary: `The sum of ${field}.` }))
  }
  const words = `The ${name === 'min' ? 'least' : 'greatest'} ${field}.`
  return column(entity, summary, as, { type, nullable: true, summary: words })
}

const isComplete = (entity: Entity, { by, aggregates }: Summary): boolean =>
  [...by, ...aggregates].every(({ field }) => findField(entity, field) !== undefined)

const summaryOf = (entity: Entity, summary: Summary): Entity => {
  const { into, by, count, aggregates, origin } = summary
  const words = 'How many rows there were.'
  const counted =
    count === null ? [] : [zero(column(entity, summary, count, { type: whole, nullable: false, summary: words }))]
  return {
    ...entity,
    summary: `What is left of rows that were deleted from ${entity.table}.`,
    table: into,
    collection: into,
    key: { kind: 'none', origin },
    fields: [
      ...by.map((group) => groupField(entity, summary, group)),
      ...counted,
      ...aggregates.map((aggregate) => aggregateField(entity, summary, aggregate)),
    ],
    uniques: [
      {
        fields: by.map(groupColumn),
        name: null,
        nulls: 'not distinct',
        deferrable: false,
        where: null,
        note: null,
        origin,
      },
    ],
    references: [],
    indexes: [],
    checks: [],
    appendOnly: false,
    retention: null,
    access: [],
    queries: [],
    lists: [],
    examples: [],
    seed: [],
    postgres: { ...entity.postgres, partition: null, checks: [], key: null, unlogged: false },
    origin,
  }
}

/**
 * The tables of counts that an entity's retention keeps of what it deletes, as entities of the same name with tables of
 * their own: a row for each group, nulls being a group as well.
 */
export const summariesOf = memoised((entity: Entity): readonly Entity[] =>
  entity.retention?.lifecycle?.kind === 'steps'
    ? entity.retention.lifecycle.steps.flatMap(({ summarise }) =>
        summarise !== null && isComplete(entity, summarise) ? [summaryOf(entity, summarise)] : [],
      )
    : [],
)
