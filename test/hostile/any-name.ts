import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import type { Diagnostic } from '../../generators/kernel/diagnostic.js'
import { verifySet } from '../../generators/pipeline/verify/index.js'
import { type Draft, hostileNames, type NamePlace } from './names.js'
import { emittedOf, type Files, findingsIn, pathAt } from './set.js'

const draftOf = (index: number, head: Draft['head']): Draft => ({
  head,
  entity: {
    entity: `thing_${index}`,
    fields: {
      id: 'uuid',
      told: 'string(100)',
      holder: { fields: { plain: 'text?' } },
      kind: { type: 'enum?', values: { plain: 'Plain.' } },
      made_at: 'timestamp = now',
    },
    checks: {},
    access: {},
    queries: {},
    indexes: [['made_at']],
    retention: {
      clock: 'made_at',
      steps: [
        {
          after: '2 days',
          delete: true,
          summarise: { into: `summaries_${index}`, by: ['day(made_at)'], count: 'things' },
        },
      ],
    },
    examples: [{ id: '5f0c9a52-0f5e-4d0a-9f0b-2d7a8f1b3c4d', told: 'Told.', holder: { plain: 'x' } }],
  },
})

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

const printed = (yaml: object): string =>
  stringify(Object.fromEntries(Object.entries(yaml).filter(([, value]) => !isEmpty(value))), { lineWidth: 0 })

/** What is not tried, as `place` and the number of the name. */
type Refused = ReadonlyMap<string, string>

const idOf = (place: NamePlace, index: number): string => `${index} ${place.id}`

const setOf = (places: readonly NamePlace[], refused: Refused): Files => {
  const head: Draft['head'] = { actors: {}, groups: {} }
  const files = hostileNames.map((name, index) => {
    const draft = draftOf(index, head)
    for (const place of places) if (!refused.has(idOf(place, index))) place.add(draft, name)
    return [`${index}.yaml`, printed(draft.entity)] as const
  })
  return { 'botschema.yaml': printed({ name: 'hostile', ...head }), ...Object.fromEntries(files) }
}

/** The place that a finding is about; the name is of the file it is in. */
const placeOf = (places: readonly NamePlace[], { at, code, message }: Diagnostic): string => {
  const index = Number.parseInt(at?.source.path ?? '', 10)
  const path = at === null ? '' : pathAt(at.source.text, at.start)
  const found = places.find((place) => place.isAt(path, hostileNames[index] ?? '', message))
  if (found === undefined) throw new Error(`${code} at ${path} of ${JSON.stringify(hostileNames[index])}: ${message}`)
  return idOf(found, index)
}

/** What is refused of the names, with the code: found until nothing more is. */
const refusedOf = async (places: readonly NamePlace[]): Promise<Refused> => {
  const refused = new Map<string, string>()
  for (let round = 0; round < 8; round++) {
    const errors = (await findingsIn(setOf(places, refused))).filter(({ severity }) => severity === 'error')
    if (errors.length === 0) return refused
    for (const error of errors) {
      const found = placeOf(places, error)
      // A table's name is its collection's as well: what the one is refused for, the other may be.
      const all = places.map((place) => idOf(place, Number.parseInt(found, 10)))
      for (const id of refused.has(found) ? all : [found]) refused.set(id, error.code)
    }
  }
  throw new Error('there is always one more finding')
}

/** Why a name may be refused: by a rule about names, of the language or of a store. */
const reasons: readonly string[] = [
  ...['invalid-name', 'defined-twice', 'timestamps-twice', 'property-twice', 'code-name-invalid', 'code-name-clash'],
  ...['name-too-long', 'name-clash', 'system-column', 'mongoose-reserved-path', 'collection-name', 'duplicate-name'],
  // `id` and `_id` are keys, and Mongo's own.
  ...['key-nullable', 'mongo-id-taken'],
  // A group has no white space at its end, a value is not empty.
  ...['unknown-group', 'bad-enum-value'],
]

/** Any name in some places is refused, or all that is emitted of it holds. Models of one file meet on one connection. */
export const testAnyName = (what: string, places: readonly NamePlace[]): void => {
  describe(`any name of ${what}`, () => {
    test('is refused by a rule about names, or all that is emitted of it holds', {
      timeout: 600_000,
    }, async () => {
      const refused = await refusedOf(places)
      const others = [...refused].filter(([, code]) => !reasons.includes(code))
      expect(others.map(([id, code]) => `${id} ${hostileNames[Number.parseInt(id, 10)]}: ${code}`)).toEqual([])
      for (const { id } of places) {
        const taken = hostileNames.filter((_name, index) => !refused.has(`${index} ${id}`))
        expect({ id, isMostlyTaken: taken.length > hostileNames.length / 3 }).toEqual({ id, isMostlyTaken: true })
      }
      const { host } = await emittedOf(setOf(places, refused))
      const { diagnostics, outcome } = await verifySet(host, '.')
      const found = diagnostics.map((one) => `${one.at?.source.path} ${one.code}: ${one.message}`)
      expect(found).toEqual([])
      expect(outcome).not.toBeNull()
    })
  })
}
