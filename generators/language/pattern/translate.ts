import type { AST } from '@eslint-community/regexpp'
import { unreachable } from '../../kernel/bug.js'
import { report } from '../../kernel/diagnostic.js'
import { spanOfText } from '../../kernel/place.js'
import { ok, type Result, withDiagnostics } from '../../kernel/result.js'
import type { Span } from '../../kernel/source.js'
import type { Pattern } from '../../model/type.js'
import { exponentialLoops } from './ambiguity.js'
import { byteWidth } from './byte-width.js'
import { elementRanges, refused } from './characters.js'
import { parsePattern } from './parse.js'
import { complement, escapeSet, lineTerminators } from './ranges.js'
import { unsharedConstructs } from './shared.js'
import { bracket, pcreSpelling, postgresSpelling, type Spelling } from './spelling.js'

const characterClass = (node: AST.CharacterClass, spelling: Spelling): string => {
  const ranges = node.elements.flatMap(elementRanges)
  return ranges.length > 0 ? bracket(spelling, ranges, node.negate) : bracket(spelling, complement([]), false)
}

const characterSet = (node: AST.CharacterSet, spelling: Spelling): string => {
  if (node.kind === 'any') return bracket(spelling, lineTerminators, true)
  return node.kind === 'property' ? refused(node) : bracket(spelling, escapeSet(node.kind, false), node.negate)
}

const assertion = (node: AST.Assertion, spelling: Spelling): string => {
  switch (node.kind) {
    case 'start':
      return '^'
    case 'end':
      return spelling.end
    case 'lookahead':
      return `(?${node.negate ? '!' : '='}${alternatives(node.alternatives, spelling)})`
    case 'word':
    case 'lookbehind':
      return refused(node)
    default:
      return unreachable(node)
  }
}

const elementText = (node: AST.Element, spelling: Spelling): string => {
  switch (node.type) {
    case 'Character':
      return spelling.character(node.value)
    case 'CharacterSet':
      return characterSet(node, spelling)
    case 'CharacterClass':
      return characterClass(node, spelling)
    case 'Group':
    case 'CapturingGroup':
      return `(?:${alternatives(node.alternatives, spelling)})`
    case 'Quantifier':
      return elementText(node.element, spelling) + node.raw.slice(node.element.raw.length)
    case 'Assertion':
      return assertion(node, spelling)
    case 'Backreference':
    case 'ExpressionCharacterClass':
      return refused(node)
    default:
      return unreachable(node)
  }
}

const alternatives = (nodes: readonly AST.Alternative[], spelling: Spelling): string =>
  nodes.map(({ elements }) => elements.map((element) => elementText(element, spelling)).join('')).join('|')

type Parsed = { readonly tree: AST.Pattern } | { readonly problem: string }

/** UTF-16 units of a pattern: far above any that a person reads, far below what a parser's stack takes. */
const longest = 1000

const parse = (source: string): Parsed => {
  if (source.length > longest) return { problem: `it has more than ${longest} characters` }
  try {
    return { tree: parsePattern(source) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { problem: message.slice(message.lastIndexOf(': ') + 2).toLowerCase() }
  }
}

/**
 * A pattern in the spelling of each engine that enforces it, all matching the same texts.
 *
 * @returns null with diagnostics when it is no regular expression, holds what the engines do not share, or may take one
 *   that backtracks time without end
 */
export const translatePattern = (source: string, at: Span): Result<Pattern | null> => {
  const parsed = parse(source)
  if ('problem' in parsed) return withDiagnostics(null, [report('pattern-syntax', at, { problem: parsed.problem })])
  const unshared = unsharedConstructs(parsed.tree)
  if (unshared.length > 0) {
    return withDiagnostics(
      null,
      unshared.map((construct) => report('pattern-construct', at, { construct })),
    )
  }
  const loops = exponentialLoops(parsed.tree)
  if (loops.length > 0)
    return withDiagnostics(
      null,
      loops.map(({ raw, start, end }) => report('pattern-slow', spanOfText(at, source, start, end), { loop: raw })),
    )
  const spelled = (spelling: Spelling): string => alternatives(parsed.tree.alternatives, spelling)
  return ok({
    source,
    postgres: spelled(postgresSpelling),
    pcre: spelled(pcreSpelling),
    bytes: byteWidth(parsed.tree),
    origin: at,
  })
}
