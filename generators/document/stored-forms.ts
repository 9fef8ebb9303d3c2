import type { Entity } from '../model/entity.js'
import { fieldsIn, objectOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Loss } from '../model/target.js'
import { type Type, typesWithin } from '../model/type.js'
import { loss } from './loss.js'

type Test = (type: Type) => boolean

/** Whether a value of a type holds what a test is about, however deep. */
const holds = (set: SchemaSet, type: Type, test: Test): boolean =>
  typesWithin(type).some(
    (inner) =>
      test(inner) ||
      (inner.kind === 'object' && objectOf(set, inner.object).fields.some((field) => holds(set, field.type, test))),
  )

const isTextDecimal: Test = (type) => type.kind === 'decimal' && type.inMongo === 'text'
const isDecimal128: Test = (type) => type.kind === 'decimal' && type.inMongo === 'decimal128'
const isEpoch: Test = (type) => type.kind === 'timestamp' && type.form === 'milliseconds'

/** One loss for a collection, which names its fields. */
const lossOf = (
  set: SchemaSet,
  entity: Entity,
  test: Test,
  { feature, message, because }: Pick<Loss, 'feature' | 'message' | 'because'>,
): readonly Loss[] => {
  const fields = fieldsIn(entity, 'mongo').filter(({ type, encrypted }) => encrypted === null && holds(set, type, test))
  const [first] = fields
  if (first === undefined) return []
  const subject = `${entity.collection}(${fields.map(({ name }) => name).join(', ')})`
  return [loss(feature, subject, message, because, first.origin)]
}

const untilWritten =
  'Reads, lists and retention take both; filters and unique indexes do not compare the two, and lists order each form by itself, until these documents are written anew.'

/** What documents hold otherwise than by value, or held before. */
export const storedFormLosses = (set: SchemaSet, entity: Entity): readonly Loss[] => [
  ...lossOf(set, entity, isTextDecimal, {
    feature: 'decimal',
    message: 'The decimals are text in Mongo: lists and indexes order them as text.',
    because: "They have more than a Decimal128's 34 digits, or `mongo: { as: text }` says so.",
  }),
  ...lossOf(set, entity, isDecimal128, {
    feature: 'decimal',
    message: `Documents of earlier versions hold the decimals as text. ${untilWritten}`,
    because: 'Decimals are stored as Decimal128, which MongoDB orders by value; it never compares text with numbers.',
  }),
  ...lossOf(set, entity, isEpoch, {
    feature: 'timestamp-ms',
    message: `Documents of earlier versions hold the milliseconds as Dates. ${untilWritten}`,
    because: '`timestamp(ms)` is stored as a number, which MongoDB never compares with a Date.',
  }),
]
