import { type Expression, type Literal, operandsOf } from '../../../model/expression.js'

/** Every literal of an expression, from left to right. */
export const literalsIn = (expression: Expression): readonly Literal[] =>
  expression.kind === 'literal' ? [expression.value] : operandsOf(expression).flatMap(literalsIn)

/** Whether an expression counts the characters of something. */
export const countsCharacters = (expression: Expression): boolean =>
  (expression.kind === 'call' && expression.function === 'length') || operandsOf(expression).some(countsCharacters)
