import { type AST, visitRegExpAST } from '@eslint-community/regexpp'
import { clipped } from './ranges.js'

/** Postgres refuses a larger count (DUPMAX of its regular expressions). */
const largestCount = 255

const ofQuantifier = ({ greedy, min, max, raw, element }: AST.Quantifier): string | null => {
  if (!greedy) return `the lazy quantifier \`${raw.slice(element.raw.length)}\``
  const highest = max === Number.POSITIVE_INFINITY ? min : max
  return highest > largestCount ? `a count over ${largestCount}` : null
}

const ofAssertion = ({ kind, raw }: AST.Assertion): string | null => {
  if (kind === 'word') return `the word boundary \`${raw}\``
  return kind === 'lookbehind' ? 'lookbehind' : null
}

const ofCharacter = ({ value, raw }: AST.Character): string | null =>
  clipped({ from: value, to: value }).length === 1 ? null : `\`${raw}\`, which no text holds,`

const ofClass = ({ negate, elements }: AST.CharacterClass): string | null =>
  elements.length === 0 && !negate ? 'a class that matches nothing' : null

/** The constructs of a pattern that not every engine reads in one way, as a message names them, in their order. */
export const unsharedConstructs = (pattern: AST.Pattern): readonly string[] => {
  const found: string[] = []
  const note = (construct: string | null): void => {
    if (construct !== null) found.push(construct)
  }
  visitRegExpAST(pattern, {
    onAssertionEnter: (node) => note(ofAssertion(node)),
    onBackreferenceEnter: (node) => note(`the backreference \`${node.raw}\``),
    onCapturingGroupEnter: (node) => note(node.name === null ? null : 'a named group'),
    onCharacterEnter: (node) => note(ofCharacter(node)),
    onCharacterClassEnter: (node) => note(ofClass(node)),
    onCharacterSetEnter: (node) => note(node.kind === 'property' ? `the property \`${node.raw}\`` : null),
    onGroupEnter: (node) => note(node.modifiers === null ? null : 'a group with modifiers'),
    onQuantifierEnter: (node) => note(ofQuantifier(node)),
  })
  return found
}
