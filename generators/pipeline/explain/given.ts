import { camelCase } from '../../kernel/identifiers.js'
import type { Entity } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import { fieldsIn } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Store } from '../../model/store.js'
import { askedValues } from '../../script/asked.js'
import { encryptedIn, isReplaceable } from '../../script/encryption.js'
import { listNames } from '../../script/lists.js'
import { newFields, patchFields } from '../../script/shapes.js'
import { counterLimits, isSingleton, type Telling, tellingsOf } from '../../script/storage-calls.js'
import { breaksChecks } from '../conformance/rows/checks.js'
import { codeOf, type Members, memberOf, members } from '../conformance/rows/sample.js'
import { sampleRow } from '../conformance/rows/valid-rows.js'
import { exampleOf } from '../conformance/rows/valid-values.js'

/** A call of a storage: what is shown of it, its path, and what it is given. */
export interface GivenCall {
  /** `update(key, patch)` */
  readonly shown: string
  readonly path: readonly string[]
  readonly given: readonly unknown[]
  /** Whether the row is there: an upsert first asks as if it were, then stores a new one. */
  readonly isThere: boolean
}

type Values = Readonly<Record<string, unknown>>

interface Subject {
  readonly set: SchemaSet
  readonly entity: Entity
  readonly store: Store
  /** A row that everyone accepts, by the names in code. */
  readonly row: Values
}

/** Keys that each store makes, as it writes them. */
const madeKeys = { postgres: '1', mongo: '65920080000000000000000a' } as const

/** The plainest row that everyone accepts: an example of each type, or where checks refuse these, one that was drawn. */
const plainRow = (set: SchemaSet, entity: Entity): Members => {
  const examples = members(
    entity.fields.map(({ name, type }) => ({ name, property: name, value: exampleOf(set, type) })),
  )
  return breaksChecks(set, entity, examples) ? sampleRow(set, entity, 1) : examples
}

const rowOf = (set: SchemaSet, entity: Entity, store: Store): Values => {
  const row = plainRow(set, entity)
  return Object.fromEntries(
    entity.fields.map(({ name, property, type }) => {
      const sample = memberOf(row, name)
      const made = type.kind === 'identity' ? madeKeys[store] : null
      return [property, made ?? (sample === undefined ? null : codeOf(sample))]
    }),
  )
}

const valueIn = ({ row }: Subject, { property }: Field): unknown => row[property] ?? null

const valuesOf = (subject: Subject, fields: readonly Field[]): Values =>
  Object.fromEntries(fields.map((field) => [field.property, valueIn(subject, field)]))

/** What a call that stores a row is given: what has no default. */
const newRowOf = (subject: Subject): Values =>
  valuesOf(
    subject,
    newFields(subject.entity)
      .filter(({ optional }) => !optional)
      .map(({ field }) => field),
  )

const shownFields = (fields: readonly Field[]): string => fields.map(({ property }) => property).join(', ')

/** The key as `key`, a unique by its fields. */
const shownKey = ({ fields, unique }: Telling): string => (unique === null ? 'key' : `{ ${shownFields(fields)} }`)

const call = (shown: string, path: readonly string[], given: readonly unknown[], isThere = true): GivenCall => ({
  shown,
  path,
  given,
  isThere,
})

/** One that conditions and patches are shown with: not of the key, where there is another. */
const oneOf = (fields: readonly Field[]): Field | undefined =>
  fields.find(({ nullable, default: filled }) => !nullable && filled === null) ?? fields[0]

const amountOf = ({ type }: Field): unknown => (type.kind === 'bigint' ? 1n : type.kind === 'decimal' ? '1' : 1)

const keyedCalls = (subject: Subject): readonly GivenCall[] => {
  const { set, entity, store } = subject
  const tellings = tellingsOf(entity, store)
  const key = tellings[0]
  const own = key === undefined ? {} : valuesOf(subject, key.fields)
  const row = newRowOf(subject)
  const asked = askedValues(set, entity, store).filter(
    ({ path, asks }) => path.length === 1 && asks !== 'null' && asks !== 'items',
  )
  const inKey = asked.find(({ field }) => key !== undefined && key.fields.length > 1 && field === key.fields[0])
  const others = asked.map(({ field }) => field).filter((field) => key?.fields.includes(field) !== true)
  const sought = inKey?.field ?? oneOf(others) ?? asked[0]?.field
  const where = sought === undefined ? {} : valuesOf(subject, [sought])
  const conditions = `{ ${sought?.property ?? ''} }`
  const patched = oneOf(patchFields(entity).map(({ field }) => field))
  const patch = patched === undefined ? {} : valuesOf(subject, [patched])
  const counter = fieldsIn(entity, store).find((field) => counterLimits(entity, field) !== null)
  const targets = tellings.slice(1).filter(({ isTarget }) => isTarget)
  return [
    call('insert(row)', ['insert'], [row]),
    call('insertMany(rows)', ['insertMany'], [[row]]),
    ...tellings.map((telling) => call(`get(${shownKey(telling)})`, ['get'], [valuesOf(subject, telling.fields)])),
    call('getMany(keys)', ['getMany'], [[own]]),
    call(`find({ where: ${conditions} })`, ['find'], [{ where }]),
    call(`count(${conditions})`, ['count'], [where]),
    call(`exists(${conditions})`, ['exists'], [where]),
    call('update(key, patch)', ['update'], [own, patch]),
    ...(counter === undefined
      ? []
      : [
          call(
            `increment(key, { ${counter.property} })`,
            ['increment'],
            [own, { [counter.property]: amountOf(counter) }],
          ),
        ]),
    call(`updateMany(${conditions}, patch)`, ['updateMany'], [where, patch]),
    ...(key?.isTarget === true ? [call('upsert(row)', ['upsert'], [row], false)] : []),
    ...targets.map(({ fields }) => {
      const by = fields.map(({ property }) => property)
      return call(`upsert(row, { by: ${JSON.stringify(by)} })`, ['upsert'], [row, { by }], false)
    }),
    call('delete(key)', ['delete'], [own]),
    call(`deleteMany(${conditions})`, ['deleteMany'], [where]),
    ...encryptedIn(entity, store).flatMap((field) => [
      call(`decrypt(key, '${field.property}')`, ['decrypt'], [own, field.property]),
      ...(isReplaceable(entity, field)
        ? [
            call(
              `encrypt(key, '${field.property}', value)`,
              ['encrypt'],
              [own, field.property, valueIn(subject, field)],
            ),
          ]
        : []),
    ]),
  ]
}

const singletonCalls = (subject: Subject): readonly GivenCall[] => {
  const { entity, store } = subject
  const row = newRowOf(subject)
  const patched = oneOf(patchFields(entity).map(({ field }) => field))
  const counter = fieldsIn(entity, store).find((field) => counterLimits(entity, field) !== null)
  return [
    call('insert(row)', ['insert'], [row]),
    call('get()', ['get'], []),
    ...(patched === undefined ? [] : [call('update(patch)', ['update'], [valuesOf(subject, [patched])])]),
    ...(counter === undefined
      ? []
      : [call(`increment({ ${counter.property} })`, ['increment'], [{ [counter.property]: amountOf(counter) }])]),
    call('upsert(row)', ['upsert'], [row], false),
    call('delete()', ['delete'], []),
  ]
}

const listCalls = (subject: Subject): readonly GivenCall[] =>
  subject.entity.lists.map((list) => {
    const { name, by } = listNames(subject.entity, list)
    const given = valuesOf(
      subject,
      subject.entity.fields.filter((field) => list.by.includes(field.name)),
    )
    return call(`lists.${name}(${by.length === 0 ? '' : `{ ${by.join(', ')} }`})`, ['lists', name], [given])
  })

const queryCalls = ({ set, entity, store }: Subject): readonly GivenCall[] =>
  entity.queries
    .filter((query) => query[store] !== null)
    .map(({ name, parameters }) => {
      const given = Object.fromEntries(parameters.map(({ name: of, type }) => [of, codeOf(exampleOf(set, type))]))
      const shown = parameters.length === 0 ? '' : `{ ${parameters.map(({ name: of }) => of).join(', ')} }`
      return call(
        `queries.${camelCase(name)}(${shown})`,
        ['queries', camelCase(name)],
        parameters.length === 0 ? [] : [given],
      )
    })

/**
 * The calls that a storage may have on rows of an entity, each with what it is given. Which of them there are, the storage
 * itself says.
 */
export const givenCalls = (set: SchemaSet, entity: Entity, store: Store): readonly GivenCall[] => {
  const subject = { set, entity, store, row: rowOf(set, entity, store) }
  return [
    ...(isSingleton(entity) ? singletonCalls(subject) : keyedCalls(subject)),
    ...listCalls(subject),
    ...queryCalls(subject),
  ]
}
