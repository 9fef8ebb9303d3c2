import { storedName } from '../../../document/index.js'
import { expressionOrder } from '../../../engines/mongo/bson-order.js'
import type { Entity } from '../../../model/entity.js'
import type { Field } from '../../../model/field.js'
import { rowFields } from '../../../script/shapes.js'
import type { Evidence } from '../../verify/proof.js'
import { comparable } from '../comparable.js'
import type { ValidatorOf } from '../judges/zod.js'
import { within } from '../rows/given.js'
import { codeOf, type Members, type Sample, withMember } from '../rows/sample.js'
import type { Comparer } from './comparer.js'

type Fields = Readonly<Record<string, unknown>>

/** A value as the emitted codec writes it into a document, and as it is read again; null where the codec refuses. */
interface Written {
  readonly stored: unknown
  readonly reading: string
}

/** Documents as the emitted codecs write them, in the order that MongoDB has. */
export const mongoComparer = ({ set }: Evidence, validatorOf: ValidatorOf): Comparer | null => {
  if (set.targets.mongoose === null || !set.stores.includes('mongo')) return null
  const writtenAs = (entity: Entity, field: Field, base: Members, value: Sample): Written | null => {
    const { name, property } = field
    const row = codeOf(within(entity, withMember(base, { name, property, value }), rowFields(entity)))
    const codec = validatorOf(entity, ({ mongoCodec }) => mongoCodec)
    const written = codec.safeEncode(row)
    if (!written.success) return null
    const read = codec.safeDecode(written.data)
    return {
      stored: (written.data as Fields)[storedName(entity, name)],
      reading: read.success ? comparable((read.data as Fields)[property]) : 'no row',
    }
  }
  return {
    id: 'Mongo validator',
    compare: async (entity, field, values, base) => {
      if (!entity.stores.includes('mongo') || !field.stores.includes('mongo')) return null
      const written = values.flatMap((value) => writtenAs(entity, field, base, value) ?? [])
      if (written.length < values.length) return null
      const order = (one: number, other: number): number =>
        expressionOrder(written[one]?.stored, written[other]?.stored)
      return {
        relation: (one, other) => ({ isEqual: order(one, other) === 0, isBefore: order(one, other) < 0 }),
        readings: written.map(({ reading }) => reading),
      }
    },
  }
}
