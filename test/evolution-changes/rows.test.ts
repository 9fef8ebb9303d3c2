import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { compareSets } from '../../generators/evolution/index.js'
import { known } from '../../generators/kernel/bug.js'
import { entityOf, fieldOf } from '../../generators/model/lookup.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import { loadValidators, type Validator } from '../../generators/pipeline/conformance/judges/zod.js'
import { cornersOf } from '../../generators/pipeline/conformance/rows/corners.js'
import {
  codeOf,
  type Members,
  memberOf,
  type Sample,
  withMember,
} from '../../generators/pipeline/conformance/rows/sample.js'
import { sampleRows } from '../../generators/pipeline/conformance/rows/valid-rows.js'
import { emitSet } from '../conformance/emitted-set.js'
import { type DrawnType, scalars } from '../random-schemas/types.js'
import { setOf } from './compared.js'

/** Fields of one set; each is judged by itself, among valid ones. */
const together = 40
const batches = Number(process.env['CHANGED_SETS'] ?? 5)

interface Pair {
  readonly before: string
  readonly after: string
}

/** What a type is called without its brackets: pairs within a family differ in what matters. */
const familyOf = ({ text }: DrawnType): string => text.replace(/[(<].*$/, '')

const fieldText = ({ options, text }: DrawnType, nullable: boolean): string =>
  stringify({ type: `${text}${nullable ? '?' : ''}`, ...options }, { collectionStyle: 'flow' }).trim()

const pairsOf = (seed: number): readonly Pair[] => {
  const drawn = fc.sample(scalars, { numRuns: 400, seed })
  const nulls = fc.sample(fc.nat(5), { numRuns: 2 * together, seed })
  const pairs = drawn.slice(0, together).map((before, index) => {
    const relatives = drawn.slice(together).filter((one) => familyOf(one) === familyOf(before))
    const strangers = index % 5 === 0 || relatives.length === 0
    const among = strangers ? drawn.slice(together) : relatives
    return { before, after: known(among[(index * 7) % among.length], 'a type') }
  })
  return pairs.map(({ after, before }, index) => ({
    before: fieldText(before, nulls[2 * index] === 0),
    after: fieldText(after, nulls[2 * index + 1] === 0),
  }))
}

const setWith = (fields: readonly string[]): SchemaSet =>
  setOf({
    'botschema.yaml': 'name: sample\nstores: [postgres]\n',
    'thing.yaml': `entity: thing\nfields:\n  id: { type: snowflake }\n${fields.map((text, index) => `  f${index}: ${text}\n`).join('')}`,
  })

interface Side {
  readonly set: SchemaSet
  readonly row: Members
  readonly more: readonly Members[]
  readonly takes: (row: Members) => boolean
}

const sideOf = async (set: SchemaSet, seed: number): Promise<Side> => {
  const entity = entityOf(set, 'thing')
  const validator: Validator = (await loadValidators(await emitSet(set)))(entity, ({ rowSchema }) => rowSchema)
  const [row, ...more] = sampleRows(set, entity, seed, 12)
  return { set, row: known(row, 'a row'), more, takes: (one) => validator.safeParse(codeOf(one)).success }
}

const valuesOf = ({ more, row, set }: Side, name: string): readonly Sample[] => {
  const corners = cornersOf(set, [fieldOf(entityOf(set, 'thing'), name)], row)
  const built = corners.filter(({ missing }) => missing === null).map(({ build }) => build())
  return [row, ...more, ...built].flatMap((one) => (one.kind === 'members' ? (memberOf(one, name) ?? []) : []))
}

const withValue = (side: Side, name: string, value: Sample): Members =>
  withMember(side.row, { name, property: name, value })

/** A value of a field that was valid and is none any more; undefined where none was found. */
const refusedNow = (before: Side, after: Side, name: string): Sample | undefined =>
  [...valuesOf(before, name), ...valuesOf(after, name)].find(
    (value) => before.takes(withValue(before, name, value)) && !after.takes(withValue(after, name, value)),
  )

const kindIn = (text: string): string => /type: "?([a-z]+)/.exec(text)?.[1] ?? ''

/**
 * What no validator shows: a number of another unit is a number. What is not known, so that it is said to break: which
 * lengths a pattern or a form has, which texts two patterns share, and what values of two kinds of type have in common.
 */
const isBeyondValues = ({ after, before }: Pair): boolean =>
  kindIn(before) !== kindIn(after) || kindIn(before) === 'duration' || /pattern|email|url|color/.test(before)

interface Verdicts {
  /** Said to break no row, though a valid one is refused. */
  readonly wrong: readonly string[]
  /** Said to break rows, and none was found. */
  readonly unwitnessed: readonly string[]
  readonly breaking: number
}

const verdictsOf = async (seed: number): Promise<Verdicts> => {
  const pairs = pairsOf(seed)
  const [before, after] = [
    await sideOf(setWith(pairs.map((pair) => pair.before)), seed),
    await sideOf(setWith(pairs.map((pair) => pair.after)), seed),
  ]
  const { changes, questions } = compareSets(before.set, after.set)
  const isAsked = (name: string): boolean => questions.some(({ owner }) => owner === `thing.${name}`)
  const isBreaking = (name: string): boolean =>
    isAsked(name) ||
    changes.some(
      ({ breaks, subject }) =>
        breaks.includes('rows') && (subject === `field thing.${name}` || subject.startsWith(`value thing.${name}.`)),
    )
  const told = pairs.map((pair, index) => {
    const refused = refusedNow(before, after, `f${index}`)
    const line = `${pair.before} → ${pair.after}`
    return { breaks: isBreaking(`f${index}`), isBeyond: isBeyondValues(pair), line, refused }
  })
  return {
    wrong: told.flatMap(({ breaks, line, refused }) =>
      refused !== undefined && !breaks ? [`${line}: ${String(codeOf(refused))}`] : [],
    ),
    unwitnessed: told.flatMap(({ breaks, isBeyond, line, refused }) =>
      refused === undefined && breaks && !isBeyond ? [line] : [],
    ),
    breaking: told.filter(({ breaks }) => breaks).length,
  }
}

describe('a field of another type breaks rows', () => {
  it.each(Array.from({ length: batches }, (_, index) => index))(
    'just when a valid row is refused (%i)',
    async (seed) => {
      const { breaking, unwitnessed, wrong } = await verdictsOf(seed)
      expect(wrong).toEqual([])
      expect(unwitnessed).toEqual([])
      expect(breaking).toBeGreaterThan(5)
    },
  )
})
