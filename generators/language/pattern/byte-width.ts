import type { AST } from '@eslint-community/regexpp'
import type { Pattern } from '../../model/type.js'
import { rangesOf, refused } from './characters.js'

const { POSITIVE_INFINITY: unlimited } = Number

/** Bytes of UTF-8 that a code point takes at most. */
export const widestCharacter = 4

/** The bytes of a code point in UTF-8. */
const bytesOf = (codePoint: number): number => {
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x10000 ? 3 : widestCharacter
}

interface Width {
  /** The bytes of the longest text. */
  readonly longest: number
  /** The bytes of the widest character. */
  readonly each: number
}

const nothing: Width = { longest: 0, each: 0 }

const inTurn = (a: Width, b: Width): Width => ({ longest: a.longest + b.longest, each: Math.max(a.each, b.each) })

const either = (a: Width, b: Width): Width => ({
  longest: Math.max(a.longest, b.longest),
  each: Math.max(a.each, b.each),
})

const ofElement = (node: AST.Element): Width => {
  switch (node.type) {
    case 'Assertion':
      return nothing
    case 'Group':
    case 'CapturingGroup':
      return ofAlternatives(node.alternatives)
    case 'Quantifier': {
      const { longest, each } = ofElement(node.element)
      return node.max === 0 || longest === 0 ? nothing : { longest: longest * node.max, each }
    }
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass': {
      const bytes = Math.max(0, ...rangesOf(node).map(({ to }) => bytesOf(to)))
      return { longest: bytes, each: bytes }
    }
    default:
      return refused(node)
  }
}

const ofAlternatives = (alternatives: readonly AST.Alternative[]): Width =>
  alternatives.map(({ elements }) => elements.map(ofElement).reduce(inTurn, nothing)).reduce(either, nothing)

const isAssertion = (node: AST.Element | undefined, kind: 'start' | 'end'): boolean =>
  node?.type === 'Assertion' && node.kind === kind

/** Whether a pattern describes whole texts: it begins with `^` and ends with `$` in each of its alternatives. */
const isWhole = ({ alternatives }: AST.Pattern): boolean =>
  alternatives.every(({ elements }) => isAssertion(elements[0], 'start') && isAssertion(elements.at(-1), 'end'))

/** What a pattern without unshared constructs says of the bytes of texts that match it. */
export const byteWidth = (tree: AST.Pattern): Pattern['bytes'] => {
  if (!isWhole(tree)) return { longest: null, each: widestCharacter }
  const { longest, each } = ofAlternatives(tree.alternatives)
  return { longest: longest === unlimited ? null : longest, each }
}
