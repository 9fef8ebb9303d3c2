import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { entitiesIn, fieldsIn } from '../model/lookup.js'
import type { PostgresOptions } from '../model/options.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Loss } from '../model/target.js'
import { type Type, typesWithin } from '../model/type.js'
import { heldInCode } from '../relational/checks.js'
import { type Context, columnType } from '../relational/index.js'
import { hasColumns, isReadable } from '../relational/table-context.js'

interface Argument {
  readonly feature: Loss['feature']
  readonly message: string
  readonly because: string
}

const trimmed: Argument = {
  feature: 'limits',
  message: 'Spaces at the end beyond the length are cut off when something other than emitted code writes the value.',
  because: 'Casts to `varchar(n)` and `char(n)` drop excess spaces without an error; `as: text` keeps them.',
}

const rounded: Argument = {
  feature: 'limits',
  message: 'Digits beyond the scale are rounded when something other than emitted code writes the value.',
  because: '`numeric(p, s)` rounds what it is given before any check sees it.',
}

const narrowed: Argument = {
  feature: 'vector',
  message: 'The numbers of a vector are rounded to single precision.',
  because: '`vector` and `real[]` hold numbers of 32 bits; Mongo keeps those of 64.',
}

const finer: Argument = {
  feature: 'limits',
  message: 'A stored time may have digits below the millisecond; it reads as the millisecond it is in.',
  because: 'Without a modifier, Postgres keeps microseconds.',
}

const isFiner = (type: Type, { precision }: PostgresOptions): boolean =>
  type.kind === 'time' || (type.kind === 'timestamp' && type.form === 'instant' && (type.precision ?? precision) === 6)

/** The argument for what a column of a type does not hold values to, or null. */
const argumentOf = (type: Type, options: PostgresOptions): Argument | null => {
  if (type.kind === 'text' && type.form !== 'text' && type.as === null) return trimmed
  if (type.kind === 'decimal') return rounded
  if (type.kind === 'vector') return narrowed
  return isFiner(type, options) ? finer : null
}

const typeLosses = (entity: Entity, options: PostgresOptions): readonly Loss[] =>
  fieldsIn(entity, 'postgres').flatMap(({ name, type, origin }) => {
    const inColumn = type.kind === 'list' ? typesWithin(type) : [type]
    return inColumn.flatMap((inner) => {
      const argument = argumentOf(inner, options)
      return argument === null ? [] : [{ ...argument, subject: `${entity.name}.${name}`, origin }]
    })
  })

const checkLosses = (entity: Entity): readonly Loss[] =>
  entity.checks
    .filter(({ expression }) => !isReadable(entity, expression))
    .map(({ name, origin }) => ({
      feature: 'check',
      subject: `${entity.name}.${name}`,
      message: `The check ${name} is not held: it reads a field that is not in Postgres.`,
      because: 'A check constraint reads columns of its own row only.',
      origin,
    }))

/** Uniques, indexes and links over a field of the other store only. */
const absentLosses = (entity: Entity): readonly Loss[] => {
  const over = (feature: Loss['feature'], thing: string, fields: readonly string[], origin: Loss['origin']) =>
    hasColumns(entity, fields)
      ? []
      : [
          {
            feature,
            subject: `${entity.name}(${fields.join(', ')})`,
            message: `The ${thing} over ${fields.join(', ')} is not made.`,
            because:
              'One of its fields is not in Postgres, and an index or a key covers columns of its own table only.',
            origin,
          },
        ]
  return [
    ...entity.uniques.flatMap(({ fields, origin }) => over('unique', 'unique', fields, origin)),
    ...entity.references
      .filter(({ enforced }) => enforced)
      .flatMap(({ fields, origin }) => over('reference', 'reference', fields, origin)),
    ...entity.indexes.flatMap(({ parts, include, origin }) => {
      const fields = parts.flatMap((part) => (part.kind === 'field' ? part.path.slice(0, 1) : []))
      return over('index', 'index', [...fields, ...include], origin)
    }),
  ]
}

const byCode = '`enforce: code` leaves the values of new rows to emitted code, as in a database that was there before.'

/** What is held by emitted code alone. */
const codeLosses = (context: Context, entity: Entity): readonly Loss[] => {
  const told = ({ name, origin }: Field, message: string): Loss => ({
    feature: 'enforce',
    subject: `${entity.name}.${name}`,
    message,
    because: byCode,
    origin,
  })
  const unfixed = fieldsIn(entity, 'postgres').filter(({ immutable, enforce }) => immutable && enforce === 'code')
  return [
    ...heldInCode(context, entity).map((field) =>
      told(
        field,
        `Postgres holds ${entity.name}.${field.name} to the type of its column alone (${columnType(context, field.type).text}): statements of others may write what no emitted code takes.`,
      ),
    ),
    ...unfixed.map((field) => told(field, `Postgres lets statements of others change ${entity.name}.${field.name}.`)),
  ]
}

/** What Postgres does not hold this set to by itself, each with the reason. */
export const lossesOf = (set: SchemaSet, options: PostgresOptions): readonly Loss[] =>
  entitiesIn(set, 'postgres').flatMap((entity) => [
    ...typeLosses(entity, options),
    ...checkLosses(entity),
    ...codeLosses({ set, options }, entity),
    ...absentLosses(entity),
  ])
