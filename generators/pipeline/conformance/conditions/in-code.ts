import { loadEmitted } from '../../../engines/script/load.js'
import { type Expression, fieldsRead } from '../../../model/expression.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import { checkFunction, whereFunction } from '../../../script/expression.js'
import { laidOut } from '../../../script/layout.js'
import { runtimePath } from '../../../script/runtime.js'
import { codeOf, type Members } from '../rows/sample.js'
import type { Condition } from './condition.js'
import type { Answer, Asked, ConditionReader, Printed } from './reader.js'
import { wordsOf } from './reader.js'

/** A condition as the validators and models have it: over rows, inserts and updates at once. */
const functionOf = (set: SchemaSet, { entity, expression, reading }: Condition) => {
  const { parameter, body, uses } =
    reading === 'holds' ? whereFunction(set, entity, expression) : checkFunction(set, entity, { expression })
  return { text: laidOut(`(row: ${parameter}) => ${body}`), uses }
}

const path = 'conditions.ts'

type Test = (row: unknown) => unknown

const load = async (set: SchemaSet, asked: readonly Asked[], printed: Printed): Promise<readonly Test[]> => {
  const functions = asked.map(({ condition }) => functionOf(set, condition))
  const uses = [...new Set(functions.flatMap((one) => one.uses))]
  const text = [
    `import { ${uses.join(', ')} } from '${runtimePath('v1')}'`,
    `export const tests = [\n${functions.map((one) => printed(one.text)).join(',\n')}\n]`,
  ]
  const module = (await loadEmitted([{ path, text: text.join('\n\n') }]))(path)
  return module['tests'] as readonly Test[]
}

const answer = (test: Test, row: Members): Answer => {
  try {
    const met = test(codeOf(row))
    return typeof met === 'boolean' ? met : { words: `gives ${String(met)}` }
  } catch (error) {
    return wordsOf(error)
  }
}

/** No code reads an encrypted field but the statements that seal it. */
const isReadable = ({ entity, expression }: Pick<Condition, 'entity'> & { readonly expression: Expression }): boolean =>
  fieldsRead(expression).every(([name]) => entity.fields.find((field) => field.name === name)?.encrypted === null)

/** Conditions as the code that is emitted for them, run. */
export const inCode = (set: SchemaSet, printed: Printed): ConditionReader => ({
  id: 'code',
  read: async (asked) => {
    const readable = asked.filter(({ condition }) => isReadable(condition))
    const tests = await load(set, readable, printed)
    return asked.map((one) => {
      const test = tests[readable.indexOf(one)]
      return test === undefined ? null : one.rows.map((row) => answer(test, row))
    })
  },
})
