import { describe, expect, test } from 'vitest'
import { builtinNames } from '../../generators/language/resolve/builtins.js'
import { replacement } from './changes.js'
import { type ChoiceOf, syntaxDefinition } from './definition.js'
import { type Baseline, baselineOf, effectOf } from './effect.js'
import { type PlacedUse, readFixture, reprinted, type SetTexts, usesInSet } from './set-texts.js'

/** `everything` says all that can be said in one set; the others say what excludes it. */
const fixtures = ['everything', 'everything-else', 'vectors', 'types-only', 'extended', 'enforced'].map((name) => {
  const texts = reprinted(readFixture(name))
  return { texts, uses: usesInSet(texts) }
})

const allUses = fixtures.flatMap(({ uses }) => uses)

const textOf = ({ node }: PlacedUse): string => ('value' in node ? String(node.value) : '')

/** A named type is laid under the fields of it: what it says, they say. */
const ofField = (syntax: string): string => syntax.replace(/^type[.]/, 'field.')

const isOf = (use: PlacedUse, { syntax }: ChoiceOf): boolean => ofField(use.syntax) === ofField(syntax)

/** Whether some place of the set takes the value without an error, and then something else is emitted. */
const takes = async (
  texts: SetTexts,
  before: Baseline,
  uses: readonly PlacedUse[],
  value: string,
): Promise<boolean> => {
  for (const use of uses) {
    const changed = replacement(texts, use, value).texts
    if ((await effectOf(before, changed)) === 'output') return true
  }
  return false
}

describe('the fixtures', () => {
  test('use every key of the syntax', () => {
    const used = new Set(allUses.map(({ syntax }) => syntax))
    expect(syntaxDefinition.keys.filter((key) => !used.has(key))).toEqual([])
  })

  test('use every type', () => {
    const typeKeys = ['fields.*', 'field.type', 'type.is', 'entity.queries.*.params.*.type']
    const texts = allUses.filter(({ syntax }) => typeKeys.includes(syntax)).map(textOf)
    const words = new Set(texts.flatMap((text) => text.replace(/=.*/, '').match(/[a-z_]+/g) ?? []))
    const units = ['ms', 'seconds', 'minutes', 'hours', 'days']
    expect([...builtinNames, ...units].filter((name) => !words.has(name))).toEqual([])
  })

  test('say every choice, or take it where another stands and emit something else', async () => {
    const isSaid = (choice: ChoiceOf): boolean =>
      allUses.some((use) => isOf(use, choice) && textOf(use) === choice.value)
    const open = new Set(syntaxDefinition.choices.filter((choice) => !isSaid(choice)))
    for (const { texts, uses } of fixtures) {
      const before = await baselineOf(texts)
      for (const choice of open) {
        const places = uses.filter((use) => isOf(use, choice))
        if (await takes(texts, before, places, choice.value)) open.delete(choice)
      }
    }
    expect([...open].map(({ syntax, value }) => `${syntax}: ${value}`)).toEqual([])
  }, 120_000)
})
