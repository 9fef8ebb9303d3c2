import { mayLeaveItsType } from '../model/computed.js'
import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Loss } from '../model/target.js'
import { typesWithin } from '../model/type.js'

interface Owner {
  readonly name: string
  readonly fields: readonly Field[]
  readonly checks: Entity['checks']
}

const checkLosses = (owner: Owner): readonly Loss[] =>
  owner.checks.map(({ name, origin }) => ({
    feature: 'check',
    subject: `${owner.name}.${name}`,
    message: `A value that breaks the check \`${name}\` passes the JSON Schema.`,
    because: 'JSON Schema has no predicates across the members of an object.',
    origin,
  }))

const computedLosses = (entity: Entity): readonly Loss[] =>
  entity.fields
    .filter((field) => mayLeaveItsType(entity, field))
    .map(({ name, origin }) => ({
      feature: 'generated-field',
      subject: `${entity.name}.${name}`,
      message: `A new row or a patch from which \`${name}\` would be computed as what it does not hold passes the JSON Schema.`,
      because: 'JSON Schema computes nothing.',
      origin,
    }))

const holdsSinglePrecision = (field: Field): boolean =>
  typesWithin(field.type).some((type) => type.kind === 'float' && type.width === 'real')

const precisionLosses = (owner: Owner): readonly Loss[] =>
  owner.fields.filter(holdsSinglePrecision).map((field) => ({
    feature: 'limits',
    subject: `${owner.name}.${field.name}`,
    message: `A number with more digits than single precision holds passes the JSON Schema of \`${field.name}\`.`,
    because: 'JSON Schema has ranges of numbers, but no keyword for their precision.',
    origin: field.origin,
  }))

const rawLosses = (entity: Entity): readonly Loss[] =>
  entity.postgres.checks.map(({ name, origin }) => ({
    feature: 'raw-sql',
    subject: `${entity.name}.${name}`,
    message: `A value that breaks the raw check \`${name}\` passes the JSON Schema.`,
    because: 'JSON Schema cannot run SQL.',
    origin,
  }))

const rawFieldLosses = (owner: Owner): readonly Loss[] =>
  owner.fields.flatMap((field): readonly Loss[] => [
    ...(field.postgres.check === null
      ? []
      : [
          {
            feature: 'raw-sql' as const,
            subject: `${owner.name}.${field.name}`,
            message: `A value that breaks the raw check of \`${field.name}\` passes the JSON Schema.`,
            because: 'JSON Schema cannot run SQL.',
            origin: field.origin,
          },
        ]),
    ...(field.mongo.schema === null
      ? []
      : [
          {
            feature: 'raw-mongo' as const,
            subject: `${owner.name}.${field.name}`,
            message: `A value that breaks the raw Mongo keywords of \`${field.name}\` passes the JSON Schema.`,
            because: "Mongo's keywords (`bsonType` and others) are about BSON, which JSON does not carry.",
            origin: field.origin,
          },
        ]),
  ])

/** What a JSON Schema of this set lets through that other validators refuse. */
export const losses = (set: SchemaSet): readonly Loss[] => [
  ...[...set.entities, ...set.objects].flatMap((owner) => [
    ...checkLosses(owner),
    ...precisionLosses(owner),
    ...rawFieldLosses(owner),
  ]),
  ...set.entities.flatMap(rawLosses),
  ...set.entities.flatMap(computedLosses),
]
