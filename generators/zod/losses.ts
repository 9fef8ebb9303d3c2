import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Loss } from '../model/target.js'

const rawFieldLosses = (owner: string, field: Field): readonly Loss[] => {
  const subject = `${owner}.${field.name}`
  const inSql: readonly Loss[] =
    field.postgres.check === null
      ? []
      : [
          {
            feature: 'raw-sql',
            subject,
            message: `The validators do not hold ${subject} to its check in SQL.`,
            because: 'Only Postgres can evaluate SQL; a check of the predicate language is held everywhere.',
            origin: field.origin,
          },
        ]
  if (field.mongo.schema === null) return inSql
  return [
    ...inSql,
    {
      feature: 'raw-mongo',
      subject,
      message: `The validators do not hold ${subject} to its own part of the collection's validator.`,
      because: 'Only MongoDB reads the keywords of its $jsonSchema, which are not those of JSON Schema.',
      origin: field.origin,
    },
  ]
}

const rawCheckLosses = (entity: Entity): readonly Loss[] =>
  entity.postgres.checks.map((check) => ({
    feature: 'raw-sql',
    subject: `${entity.name}.${check.name}`,
    message: `The validators do not hold ${entity.name} to the check ${check.name} in SQL.`,
    because: 'Only Postgres can evaluate SQL; a check of the predicate language is held everywhere.',
    origin: check.origin,
  }))

/** What the validators of this set let pass although a store would not. */
export const losses = (set: SchemaSet): readonly Loss[] => [
  ...set.entities.flatMap((entity) => [
    ...rawCheckLosses(entity),
    ...entity.fields.flatMap((field) => rawFieldLosses(entity.name, field)),
  ]),
  ...set.objects.flatMap((object) => object.fields.flatMap((field) => rawFieldLosses(object.name, field))),
]
