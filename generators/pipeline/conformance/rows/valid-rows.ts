import fc, { type Arbitrary } from 'fast-check'
import { accepts } from '../../../engines/mongo/stand-in.js'
import { memoised } from '../../../kernel/memoised.js'
import type { Entity } from '../../../model/entity.js'
import type { Field } from '../../../model/field.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import { NoValue, patiently } from '../no-value.js'
import { breaksChecks, leavingTheirTypes } from './checks.js'
import { withAllComputed } from './computed.js'
import { documentOf, leaf, type Members, members, type Sample, same } from './sample.js'
import { validMembers } from './valid-values.js'

/** What stands in the stores for a sealed value: any bytes, and a document of the form that sealing makes. */
const sealed = { v: 1, iv: new Uint8Array(12), tag: new Uint8Array(16), data: new Uint8Array(4) }

/** Null where it may be: the emitted statements seal, which no insert of a row does. */
const asSealed = ({ nullable }: Field, value: Sample): Sample =>
  nullable || value.kind !== 'leaf' ? same(null) : leaf({ ...value.forms, document: sealed, column: 'AAAA' })

const withSealed = (entity: Entity, row: Members): Members =>
  members(
    row.members.map((member) => {
      const field = entity.fields.find(({ name, encrypted }) => name === member.name && encrypted !== null)
      return field === undefined ? member : { ...member, value: asSealed(field, member.value) }
    }),
  )

/** Whether a row is what its fields' own keywords of MongoDB ask for, which only the collection knows. */
const rawKeywords = memoised((entity: Entity): ((row: Members) => boolean) => {
  const raw = entity.fields.flatMap(({ name, mongo }) => (mongo.schema === null ? [] : [[name, mongo.schema] as const]))
  if (raw.length === 0) return () => true
  const takes = accepts({ $jsonSchema: { properties: Object.fromEntries(raw) } })
  return (row) => takes(documentOf(row) as Readonly<Record<string, unknown>>)
})

/**
 * Rows of an entity that everyone must accept.
 *
 * @throws NoValue (when rows are drawn as well) where none can be made here
 */
export const validRows = (set: SchemaSet, entity: Entity): Arbitrary<Members> =>
  validMembers(set, entity.fields)
    .map((all) => withAllComputed(set, entity, withSealed(entity, members(all))))
    .filter(
      patiently(
        'row that meets all checks',
        (row) =>
          rawKeywords(entity)(row) &&
          !breaksChecks(set, entity, row) &&
          leavingTheirTypes(set, entity, row).length === 0,
      ),
    )

/** Some rows, the same in each run. @throws NoValue */
export const sampleRows = (set: SchemaSet, entity: Entity, seed: number, count: number): readonly Members[] =>
  fc.sample(validRows(set, entity), { numRuns: count, seed })

/** One row, the same in each run. @throws NoValue */
export const sampleRow = (set: SchemaSet, entity: Entity, seed: number): Members => {
  const [row] = sampleRows(set, entity, seed, 1)
  if (row === undefined) throw new NoValue('no row was drawn')
  return row
}
