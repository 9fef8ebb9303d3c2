import type { AST } from '@eslint-community/regexpp'

/** So many repetitions of what matches in two ways are tried within a second: 2^20 of them. */
const mostChoices = 20

/** So many repetitions of what repeats without end take time of that power of the text's length. */
const mostEndless = 3

const highest = (weights: readonly number[]): number => weights.reduce((most, weight) => Math.max(most, weight), 0)

const weightOfAlternatives = (alternatives: readonly AST.Alternative[]): number =>
  highest([alternatives.length > 1 ? 1 : 0, ...alternatives.flatMap(({ elements }) => elements.map(weightOf))])

/** How often a choice within an element may be made in one match: 0 without any, Infinity within a loop. */
const weightOf = (node: AST.Element): number => {
  if (node.type === 'Group' || node.type === 'CapturingGroup') return weightOfAlternatives(node.alternatives)
  if (node.type !== 'Quantifier' || node.max === 0) return 0
  const weight = weightOf(node.element)
  if (node.min === node.max && weight === 0) return 0
  return repeatsWithoutEnd(node, weight) ? Number.POSITIVE_INFINITY : node.max * Math.max(weight, 1)
}

const repeatsWithoutEnd = ({ min, max }: AST.Quantifier, weight: number): boolean => {
  if (max === Number.POSITIVE_INFINITY) return true
  if (min === max && weight === 0) return false
  return weight === Number.POSITIVE_INFINITY ? max > mostEndless : max * Math.max(weight, 1) > mostChoices
}

/** Whether a quantifier repeats without end, or so often that trying all its choices would not end either. */
export const isLoop = (node: AST.Quantifier): boolean => node.max > 1 && repeatsWithoutEnd(node, weightOf(node.element))
