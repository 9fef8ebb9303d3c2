import { evaluatePredicate } from '../../../language/expression/index.js'
import { type Expression, operandsOf } from '../../../model/expression.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import { jsonIn } from '../rows/json-of-row.js'
import { type ConditionReader, rowByRow } from './reader.js'

const readsClock = (expression: Expression): boolean =>
  expression.kind === 'now' || operandsOf(expression).some(readsClock)

/** Conditions as the language itself evaluates them, which knows no time. */
export const inLanguage = (set: SchemaSet): ConditionReader =>
  rowByRow('language', ({ entity, expression, reading }) => {
    if (readsClock(expression)) return null
    const scope = { set, owner: entity, isBroken: () => false }
    return (row) => {
      const truth = evaluatePredicate(expression, scope, (name) => jsonIn(row, name))
      if (truth === undefined) return { words: 'cannot be evaluated' }
      return reading === 'holds' ? truth === true : truth !== false
    }
  })
