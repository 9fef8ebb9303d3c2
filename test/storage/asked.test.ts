import { expect, test } from 'vitest'
import { loadEmitted } from '../../generators/engines/script/load.js'
import { askedValues, isAsked } from '../../generators/script/asked.js'
import { entityNames } from '../../generators/script/names.js'
import { counterLimits } from '../../generators/script/storage-calls.js'
import type { EntityFacts } from '../../runtime/src/storage/facts.js'
import { compileTexts } from '../support/compile.js'
import { emittedFiles } from './emitted.js'
import { scenarioFiles } from './scenario-set.js'

const set = compileTexts(scenarioFiles).value?.set

/** What a table of the emitted code says of its fields, in the words of the types. */
const saidBy = ({ asked, counters }: EntityFacts) => ({
  asked: Object.fromEntries(
    Object.entries(asked).map(([name, { asks, isText, isNullable }]) => [
      name,
      { asks: isText ? 'text' : asks, isNullable },
    ]),
  ),
  added: Object.keys(counters),
})

test('what a type may be asked, and what may be added to, is the same in the types and in the runtime', async () => {
  if (set === undefined) throw new Error('the set does not compile')
  const load = await loadEmitted(await emittedFiles(scenarioFiles))
  for (const entity of set.entities) {
    const values = askedValues(set, entity, 'postgres')
    const expected = {
      asked: Object.fromEntries(
        values
          .filter((value) => value.path.length === 1 || isAsked(value))
          .map(({ name, asks, isNullable }) => [name, { asks, isNullable }]),
      ),
      added: entity.fields.filter((field) => counterLimits(entity, field) !== null).map(({ property }) => property),
    }
    const { [entityNames(entity).table]: table } = await load(`postgres/${entity.name}.ts`)
    expect(saidBy(table as EntityFacts), entity.name).toEqual(expected)
  }
})
