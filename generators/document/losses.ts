import type { Entity, IndexOrder, Reference } from '../model/entity.js'
import type { Feature } from '../model/feature.js'
import { actsOf } from '../model/lifecycle.js'
import { entitiesIn, fieldsIn, findField, objectOf } from '../model/lookup.js'
import type { Origin } from '../model/origin.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import type { Loss } from '../model/target.js'
import { type Type, typesWithin, type UnionType } from '../model/type.js'
import { type IndexObstacle, type PlannedIndex, plannedIndexes } from './indexes.js'
import { loss } from './loss.js'
import { identifierOf } from './naming.js'
import { populatingOf } from './populating.js'
import { isNoted } from './retention.js'
import { storedFormLosses } from './stored-forms.js'

const linkText = (entity: Entity, { fields, to }: Reference): string =>
  `${entity.name}.${fields.join(', ')} to ${to.entity}.${to.fields.join(', ')}`

const referenceLosses = (entity: Entity): readonly Loss[] =>
  entity.references
    .filter(({ enforced }) => enforced)
    .map((reference) =>
      loss(
        reference.fields.length > 1 ? 'composite-reference' : 'reference',
        `${entity.name}.${reference.fields.join(', ')}`,
        `Mongo does not hold ${linkText(entity, reference)}: what it points at may be missing, and nothing follows when that is deleted or its key changes.`,
        'MongoDB has no foreign keys; each write is checked against its own document only.',
        reference.origin,
      ),
    )

const obstacles: Readonly<Record<IndexObstacle, { readonly message: string; readonly because: string }>> = {
  expression: {
    message: 'is not made: it is over a computed value.',
    because: 'MongoDB indexes stored fields only.',
  },
  filter: {
    message: 'is not made: its condition compares fields with each other or computes.',
    because: 'The filter of a partial index compares fields with constants only.',
  },
  method: {
    message: 'is not made: its method has no counterpart.',
    because: 'MongoDB itself has B-tree, hashed, wildcard, text and geospatial indexes only.',
  },
}

const indexLoss = (plan: PlannedIndex): readonly Loss[] => {
  if (plan.kind === 'index') return []
  const { message, because } = obstacles[plan.obstacle]
  const feature: Record<IndexObstacle, Feature> = {
    expression: 'index-expression',
    filter: 'index-partial',
    method: 'index-method',
  }
  const told =
    plan.unique === null
      ? `The index ${plan.subject} ${message}`
      : `Mongo does not hold the unique over ${plan.unique}: two documents may have the same. Its index ${message}`
  return [loss(feature[plan.obstacle], plan.subject, told, because, plan.origin)]
}

/** Nulls are the smallest in every index of MongoDB (manual, "BSON comparison order"). */
const isNullSmallest = ({ direction, nulls }: IndexOrder): boolean =>
  nulls === null || (nulls === 'first') === (direction === 'asc')

/** MongoDB compares texts byte by byte, which is what Postgres does in these. */
const byteCollations: readonly string[] = ['C', 'POSIX', 'C.UTF-8', 'ucs_basic']

/** What the parts of an index say of its order that no index of MongoDB has. */
const orderLosses = (entity: Entity): readonly Loss[] =>
  entity.indexes.flatMap(({ parts, name, origin }) => {
    const subject = name ?? entity.name
    const nulls = `Nulls stand first in the index ${subject} where it ascends, and last where it descends.`
    const collation = `The index ${subject} orders texts byte by byte.`
    return [
      ...(parts.every(isNullSmallest)
        ? []
        : [loss('index-nulls', subject, nulls, 'MongoDB takes null for the smallest value.', origin)]),
      ...(parts.every((part) => part.collation === null || byteCollations.includes(part.collation))
        ? []
        : [
            loss('index-collation', subject, collation, 'Collations of Postgres and of MongoDB are different.', origin),
          ]),
    ]
  })

const deferrableLosses = (entity: Entity): readonly Loss[] =>
  entity.uniques
    .filter(({ deferrable }) => deferrable)
    .map(({ fields, origin }) =>
      loss(
        'unique-deferrable',
        `${entity.name}(${fields.join(', ')})`,
        `The unique over ${fields.join(', ')} is checked at once.`,
        'MongoDB checks a unique index with each write, inside of transactions too.',
        origin,
      ),
    )

const rawLosses = (entity: Entity): readonly Loss[] =>
  [
    ...entity.postgres.checks.map(({ name, origin }) => ({ subject: `${entity.name}.${name}`, origin })),
    ...fieldsIn(entity, 'mongo')
      .filter(({ postgres }) => postgres.check !== null)
      .map(({ name, origin }) => ({ subject: `${entity.name}.${name}`, origin })),
  ].map(({ subject, origin }) =>
    loss(
      'raw-sql',
      subject,
      `The SQL written for ${subject} holds in Postgres only.`,
      'MongoDB does not read SQL.',
      origin,
    ),
  )

const rawDefaultLosses = (entity: Entity): readonly Loss[] =>
  fieldsIn(entity, 'mongo')
    .filter((field) => field.default === null && field.postgres.default !== null && !field.nullable)
    .map(({ name, origin }) =>
      loss(
        'raw-sql',
        `${entity.name}.${name}`,
        `A new document has to bring ${entity.name}.${name}: its default is written in SQL, for Postgres only.`,
        'MongoDB does not read SQL.',
        origin,
      ),
    )

/** Whether a document of another life may have the key of one that was archived. */
const hasNaturalKey = (entity: Entity): boolean => {
  const identifier = identifierOf(entity)
  return identifier.kind === 'field'
    ? findField(entity, identifier.field)?.maintained !== 'store'
    : identifier.kind === 'singleton'
}

const retentionLosses = (entity: Entity): readonly Loss[] => {
  const acts = entity.stores.includes('mongo') ? actsOf(entity) : []
  const [noted] = acts.filter(isNoted)
  const [archived] = acts.filter(({ action }) => action.kind === 'archive')
  const parts = `Where the server has no transactions, a batch of ${entity.collection} is not done at once: it is noted, and finished by the next run where it was cut off, and readers may see a part of it.`
  const last = `An archive of ${entity.collection} keeps the last row of a key: one that is archived later, under the same key, replaces it.`
  return [
    ...(noted === undefined
      ? []
      : [loss('retention', entity.name, parts, 'A MongoDB server of its own has no transactions.', noted.origin)]),
    ...(archived === undefined || !hasNaturalKey(entity)
      ? []
      : [loss('retention', entity.name, last, 'Archived documents keep their `_id`.', archived.origin)]),
  ]
}

const appendOnlyLoss = (entity: Entity): readonly Loss[] =>
  entity.appendOnly
    ? [
        loss(
          'append-only',
          entity.name,
          `Only the models refuse to change or delete documents of ${entity.collection}; other clients can.`,
          'A validator of MongoDB sees the new document, not that there was an old one.',
          entity.origin,
        ),
      ]
    : []

const typeLossOf = (set: SchemaSet, subject: string, type: Type, origin: Origin): readonly Loss[] => {
  for (const inner of typesWithin(type)) {
    if (inner.kind === 'float' && inner.width === 'real') {
      const message = `The collection's validator takes numbers in ${subject} that single precision rounds; the models refuse them.`
      return [
        loss('limits', subject, message, 'MongoDB has no single precision, and no function to round to it.', origin),
      ]
    }
    if (inner.kind === 'json') {
      const message = `The collection's validator takes values in ${subject} that are not of JSON, texts with a NUL, and keys that drivers read as their own (\`_bsontype\`); the models refuse them.`
      return [
        loss('limits', subject, message, '`$jsonSchema` cannot say of all that a value holds, however deep.', origin),
      ]
    }
    if (inner.kind === 'union') {
      const found = unionLosses(set, subject, inner, origin)
      if (found.length > 0) return found
    }
  }
  return []
}

/** What `$expr` holds elsewhere, and cannot ask of a value that may be one of several things. */
const unionLosses = (set: SchemaSet, subject: string, { of }: UnionType, origin: Origin): readonly Loss[] => {
  const because = '`$jsonSchema` says which member fits, `$expr` cannot ask for it.'
  const checks = `The collection's validator does not hold the checks of objects in the union ${subject}; the models do.`
  const measures = `The collection's validator does not hold the limits of bytes, decimals and instants in the union ${subject}; the models do.`
  return [
    ...(of.some((member) => hasChecks(set, member)) ? [loss('check', subject, checks, because, origin)] : []),
    ...(of.some((member) => hasMeasures(set, member)) ? [loss('limits', subject, measures, because, origin)] : []),
  ]
}

const hasChecks = (set: SchemaSet, type: Type): boolean =>
  type.kind === 'object' && objectOf(set, type.object).checks.length > 0

const isMeasured = (type: Type): boolean =>
  (type.kind === 'timestamp' && type.form === 'instant') ||
  (type.kind === 'bytes' && (type.minLength !== null || type.maxLength !== null)) ||
  (type.kind === 'decimal' && (type.min !== null || type.max !== null))

/** Whether a type holds, however deep, what has limits that only `$expr` can hold. */
const hasMeasures = (set: SchemaSet, type: Type): boolean =>
  typesWithin(type).some(
    (inner) =>
      isMeasured(inner) ||
      (inner.kind === 'object' && objectOf(set, inner.object).fields.some((field) => hasMeasures(set, field.type))),
  )

const immutableLosses = (entity: Entity): readonly Loss[] =>
  fieldsIn(entity, 'mongo')
    .filter(({ immutable }) => immutable)
    .map(({ name, origin }) =>
      loss(
        'immutable',
        `${entity.name}.${name}`,
        `Only the models refuse to change ${entity.name}.${name}; other clients can.`,
        'A validator of MongoDB sees the new document, not the old one.',
        origin,
      ),
    )

const partitionLoss = (entity: Entity): readonly Loss[] => {
  const { partition } = entity.postgres
  if (partition === null) return []
  const message = `${entity.collection} is one collection, not a partition for each ${partition.by}.`
  return [loss('partition', entity.name, message, 'MongoDB splits collections over shards only.', partition.origin)]
}

/** What emitted code alone holds, since the collection has no validator, or one that takes any value of a field. */
const codeLosses = (entity: Entity): readonly Loss[] => {
  const off = `Mongo holds documents of ${entity.collection} to nothing: the collection has no validator.`
  if (isUnvalidated(entity)) {
    const because =
      entity.enforce === 'code'
        ? '`enforce: code` leaves new documents to emitted code, as in a database that was there before.'
        : '`validators: off` leaves documents to emitted code.'
    return [loss('enforce', entity.name, off, because, entity.origin), ...updateLosses(entity)]
  }
  return fieldsIn(entity, 'mongo')
    .filter(({ enforce }) => enforce === 'code')
    .map(({ name, origin }) =>
      loss(
        'enforce',
        `${entity.name}.${name}`,
        `The collection's validator takes any value of ${entity.name}.${name}.`,
        '`enforce: code` leaves new values to emitted code, as in a database that was there before.',
        origin,
      ),
    )
}

/** Checks of a collection without a validator: updates by a model see only what they set. */
const updateLosses = (entity: Entity): readonly Loss[] =>
  entity.checks.map(({ name, origin }) =>
    loss(
      'check',
      `${entity.name}.${name}`,
      `Updates by the model itself (\`updateOne\`, \`findOneAndUpdate\`) do not hold the check ${name}; \`save\` and the emitted functions do.`,
      'A query of Mongoose sees what it sets, not the document; elsewhere the validator of the collection sees that.',
      origin,
    ),
  )

const isUnvalidated = ({ mongo }: Entity): boolean => mongo.validationLevel === 'off'

const entityLosses = (set: SchemaSet, entity: Entity): readonly Loss[] => [
  ...referenceLosses(entity),
  ...plannedIndexes(set, entity).flatMap(indexLoss),
  ...orderLosses(entity),
  ...deferrableLosses(entity),
  ...rawLosses(entity),
  ...rawDefaultLosses(entity),
  ...retentionLosses(entity),
  ...appendOnlyLoss(entity),
  ...immutableLosses(entity),
  ...partitionLoss(entity),
  ...(isUnvalidated(entity) ? [] : typeLosses(set, entity)),
  ...codeLosses(entity),
  ...populateLosses(set, entity),
  ...storedFormLosses(set, entity),
]

/** References that no path of a schema leads to, or that lead out of Mongo. */
const populateLosses = (set: SchemaSet, owner: Entity | ObjectDefinition): readonly Loss[] =>
  fieldsIn(owner, 'mongo').flatMap((field) => {
    const populating = populatingOf(set, owner, field)
    if (populating?.kind !== 'none') return []
    const subject = `${owner.name}.${field.name}`
    const message = `Mongoose's populate does not follow what ${subject} refers to, and says so: find it by its id.`
    return [loss('reference', subject, message, `${capitalised(populating.because)}.`, field.origin)]
  })

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const typeLosses = (set: SchemaSet, owner: Entity | ObjectDefinition): readonly Loss[] =>
  fieldsIn(owner, 'mongo').flatMap(({ name, type, origin }) => typeLossOf(set, `${owner.name}.${name}`, type, origin))

/** What Mongo cannot hold of a set, in the order of its entities; what stands inside of objects follows. */
export const documentLosses = (set: SchemaSet): readonly Loss[] => [
  ...entitiesIn(set, 'mongo').flatMap((entity) => entityLosses(set, entity)),
  ...(set.stores.includes('mongo')
    ? set.objects.flatMap((object) => [...typeLosses(set, object), ...populateLosses(set, object)])
    : []),
]
