import type { Entity } from '../../../generators/model/entity.js'
import type { Evidence } from '../../../generators/pipeline/verify/proof.js'
import { emittedText, type Fault, type Step } from './fault.js'
import { constraintsIn, isAskedAt } from './in-schemas.js'

const file = 'mongoose/validators.json'

interface Collection {
  readonly validator: {
    readonly $jsonSchema: unknown
    readonly $nor?: readonly unknown[]
    readonly $expr?: { readonly $and?: readonly unknown[] }
  }
  readonly indexes: readonly { readonly key: Readonly<Record<string, unknown>>; readonly unique?: boolean }[]
}

/** The corner at a path of documents, which go through lists without a word. */
const cornerAt = (entity: Entity, path: string): string => {
  const [name = '', ...below] = path.split('.')
  const isList = entity.fields.find((field) => field.name === name)?.type.kind === 'list'
  return [isList ? `${name}[0]` : name, ...below].join('.')
}

/** The path of a field that a condition reads first. */
const readBy = (condition: unknown): string | null =>
  /"\$([a-z_]+(?:\.[a-z_]+)*)"/.exec(JSON.stringify(condition))?.[1] ?? null

const filtered = (condition: unknown): string => Object.keys(condition as object)[0] ?? ''

/** Limits that nobody misses: of a decimal, which `$expr` holds besides, since documents of before have it as text. */
const isNotMissed = ({ validator: { $jsonSchema, $expr } }: Collection, steps: readonly Step[]): boolean => {
  const keyword = steps.at(-1)
  if (keyword !== 'minimum' && keyword !== 'maximum' && keyword !== 'multipleOf') return false
  const around = steps
    .slice(0, -1)
    .reduce<unknown>((schema, step) => (schema as Readonly<Record<Step, unknown>>)[step], $jsonSchema)
  const { bsonType, [keyword]: limit } = around as Readonly<Record<string, unknown>>
  // Readers take a fraction of a millisecond for the millisecond it is in, which excuses a validator that does.
  if (keyword === 'multipleOf') return Array.isArray(bsonType) && bsonType.includes('date')
  const digits = (limit as { readonly $numberDecimal?: string } | undefined)?.$numberDecimal
  return (
    Array.isArray(bsonType) &&
    bsonType.includes('string') &&
    digits !== undefined &&
    JSON.stringify($expr ?? null).includes(`"$numberDecimal":"${digits}"`)
  )
}

const faultsOf = (collection: Collection, entity: Entity): readonly Fault[] => {
  const fault = (steps: readonly Step[], at: string): Fault => ({
    what: steps.join('/'),
    file,
    change: { drop: [entity.collection, ...steps] },
    entity: entity.name,
    at,
  })
  const { $jsonSchema, $nor = [], $expr } = collection.validator
  return [
    ...constraintsIn($jsonSchema, { steps: [], at: null })
      .filter(({ steps }) => !isNotMissed(collection, steps))
      .map(({ steps, at }) => fault(['validator', '$jsonSchema', ...steps], at)),
    ...$nor.map((condition, index) => fault(['validator', '$nor', index], cornerAt(entity, filtered(condition)))),
    ...($expr?.$and ?? []).flatMap((condition, index) => {
      const at = readBy(condition)
      return at === null ? [] : [fault(['validator', '$expr', '$and', index], at)]
    }),
    ...collection.indexes.flatMap(({ key, unique }, index) =>
      unique === true ? [fault(['indexes', index], Object.keys(key)[0] ?? '')] : [],
    ),
  ].filter(({ at }) => isAskedAt(entity, at))
}

/** Every constraint of the emitted validators and indexes. */
export const inMongo = (emitted: Evidence): readonly Fault[] => {
  const collections = JSON.parse(emittedText(emitted, file)) as Readonly<Record<string, Collection | undefined>>
  return emitted.set.entities.flatMap((entity) => {
    const collection = collections[entity.collection]
    return collection === undefined ? [] : faultsOf(collection, entity)
  })
}
