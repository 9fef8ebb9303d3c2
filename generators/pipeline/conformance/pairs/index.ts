import { type Diagnostic, report } from '../../../kernel/diagnostic.js'
import type { Entity } from '../../../model/entity.js'
import type { Field } from '../../../model/field.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import type { Disagreement } from '../disagreement.js'
import type { ValidatorOf } from '../judges/zod.js'
import { codeOf, type Members, type Sample } from '../rows/sample.js'
import { sampleRows } from '../rows/valid-rows.js'
import type { Compared, Comparer } from './comparer.js'
import { type Relation, relationMeant } from './meant.js'
import { isPaired, valuesOf } from './values.js'

/** Two values of a field that a store takes for something else than the model does. */
export interface PairFinding {
  readonly disagreement: Disagreement
  readonly diagnostic: Diagnostic
}

export interface PairsAsked {
  readonly pairs: number
  readonly findings: readonly PairFinding[]
}

/** The stores of a set that are asked about pairs. */
export interface Pairing {
  readonly set: SchemaSet
  readonly validatorOf: ValidatorOf
  readonly comparers: readonly Comparer[]
}

const shown = (value: Sample): string =>
  JSON.stringify(codeOf(value), (_, inner) => (typeof inner === 'bigint' ? `${inner}n` : inner))

const wordsOf = ({ isEqual, isBefore }: Relation): string => {
  if (isEqual) return 'one value'
  if (isBefore === null) return 'two values'
  return isBefore ? 'two values, the first comes first' : 'two values, the second comes first'
}

const differs = (meant: Relation, said: Relation): boolean =>
  meant.isEqual !== said.isEqual || (meant.isBefore !== null && meant.isBefore !== said.isBefore)

/** What a store says of two values that the model says otherwise, in words; null where they agree. */
const complaintOf = (meant: Relation, compared: Compared, one: number, other: number): string | null => {
  const said = compared.relation(one, other)
  if (differs(meant, said)) return wordsOf(meant.isBefore === null ? { ...said, isBefore: null } : said)
  const [reading, second] = [compared.readings[one], compared.readings[other]]
  return meant.isEqual && reading !== second ? `one value that reads as ${reading} and as ${second}` : null
}

const findingOf = (
  entity: Entity,
  field: Field,
  values: readonly [Sample, Sample],
  meant: Relation,
  said: readonly { readonly judge: Comparer['id']; readonly words: string }[],
): PairFinding => {
  const change = `two values of ${field.name} (${field.type.kind})`
  const row = values.map(shown).join(' and ')
  const lines = [`  the model: ${wordsOf(meant)}`, ...said.map(({ judge, words }) => `> ${judge}: ${words}`)]
  return {
    disagreement: {
      entity: entity.name,
      field: field.name,
      change,
      row,
      verdicts: said.map(({ judge, words }) => ({ judge, verdict: 'refused' as const, words })),
    },
    diagnostic: report('targets-disagree', field.origin, { entity: entity.name, change, row, said: lines.join('\n') }),
  }
}

/** The first two values of a field that a store takes for something else; null where all agree about all pairs. */
const findingsAboutField = async (
  { set, comparers, validatorOf }: Pairing,
  entity: Entity,
  field: Field,
  rows: readonly Members[],
): Promise<PairsAsked> => {
  const [base] = rows
  if (base === undefined) return { pairs: 0, findings: [] }
  const values = valuesOf(set, entity, field, rows, validatorOf)
  const asked: { readonly id: Comparer['id']; readonly compared: Compared }[] = []
  for (const { id, compare } of comparers) {
    const compared = await compare(entity, field, values, base)
    if (compared !== null) asked.push({ id, compared })
  }
  for (const [one, value] of values.entries()) {
    for (const [other, second] of values.entries()) {
      const meant = relationMeant(set, field.type, codeOf(value), codeOf(second))
      const said = asked.flatMap(({ id, compared }) => {
        const words = complaintOf(meant, compared, one, other)
        return words === null ? [] : [{ judge: id, words }]
      })
      if (said.length > 0)
        return { pairs: values.length ** 2, findings: [findingOf(entity, field, [value, second], meant, said)] }
    }
  }
  return { pairs: asked.length === 0 ? 0 : values.length ** 2, findings: [] }
}

/**
 * Asks the stores about each two values of each field of an entity: whether they are one value to a unique, to `get` and
 * to `where`, which comes first in an order, and whether two spellings of one value are read alike.
 *
 * @throws NoValue where no row of the entity can be made
 */
export const pairsOf = async (pairing: Pairing, entity: Entity, seed: number): Promise<PairsAsked> => {
  const rows = sampleRows(pairing.set, entity, seed, 6)
  const asked: PairsAsked[] = []
  for (const field of entity.fields.filter(isPaired)) asked.push(await findingsAboutField(pairing, entity, field, rows))
  return joinPairs(asked)
}

export const joinPairs = (asked: readonly PairsAsked[]): PairsAsked => ({
  pairs: asked.reduce((sum, { pairs }) => sum + pairs, 0),
  findings: asked.flatMap(({ findings }) => findings),
})
