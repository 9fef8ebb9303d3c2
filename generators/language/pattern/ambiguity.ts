import type { AST } from '@eslint-community/regexpp'
import { Automaton } from './automaton.js'
import { isLoop } from './loops.js'
import { overlap } from './ranges.js'

/** For each position, those that some character leads to as well. */
const rivals = ({ characters }: Automaton): readonly (readonly number[])[] =>
  characters.map((one) => characters.flatMap((other, position) => (overlap(one, other) ? [position] : [])))

/** Whether two different ways through a loop, over one text, part at one position and meet at one. */
const partsAndMeets = (automaton: Automaton): boolean => {
  const size = automaton.characters.length
  const alike = rivals(automaton)
  const queue = automaton.characters.map((_, position) => position * size + position)
  const seen = new Set(queue)
  for (const pair of queue) {
    const [one, other] = [Math.floor(pair / size), pair % size]
    const nextOfOther = automaton.next(other)
    for (const [after] of automaton.next(one)) {
      for (const rival of alike[after] ?? []) {
        if (!nextOfOther.has(rival)) continue
        if (rival === after && one !== other) return true
        const next = Math.min(after, rival) * size + Math.max(after, rival)
        if (!seen.has(next)) queue.push(next)
        seen.add(next)
      }
    }
  }
  return false
}

/**
 * Whether a loop matches some text in two ways, and so twice that text in four: what a pattern that fails behind it
 * takes then doubles with each repetition (exponential ambiguity, Weber and Seidl 1991). A loop too long to tell is taken as one.
 */
const isAmbiguous = (loop: AST.Quantifier): boolean => {
  const automaton = Automaton.ofLoop(loop)
  const inTwoWays = automaton.characters.some((_, position) =>
    [...automaton.next(position).values()].some((n) => n > 1),
  )
  return automaton.isCut || automaton.isPadded || inTwoWays || partsAndMeets(automaton)
}

const inAlternatives = (alternatives: readonly AST.Alternative[], mayFail: boolean): readonly AST.Quantifier[] =>
  alternatives.flatMap(({ elements }) =>
    elements.flatMap((element, index) => inElement(element, mayFail || index < elements.length - 1)),
  )

const inElement = (node: AST.Element, mayFail: boolean): readonly AST.Quantifier[] => {
  switch (node.type) {
    case 'Group':
    case 'CapturingGroup':
      return inAlternatives(node.alternatives, mayFail)
    case 'Quantifier': {
      const fails = mayFail || node.min > 1
      const within = inElement(node.element, fails)
      return within.length === 0 && fails && isLoop(node) && isAmbiguous(node) ? [node] : within
    }
    case 'Assertion':
      // Once a lookahead has matched, no engine comes back into it.
      return node.kind === 'lookahead' ? inAlternatives(node.alternatives, false) : []
    default:
      return []
  }
}

/** The innermost loops of a pattern that make an engine that backtracks try exponentially many ways before it fails. */
export const exponentialLoops = ({ alternatives }: AST.Pattern): readonly AST.Quantifier[] =>
  inAlternatives(alternatives, false)
