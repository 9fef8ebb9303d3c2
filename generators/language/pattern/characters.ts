import type { AST } from '@eslint-community/regexpp'
import { bug } from '../../kernel/bug.js'
import { type CodeRange, clipped, complement, escapeSet, lineTerminators, single, united } from './ranges.js'

/** For what `unsharedConstructs` has refused before. */
export const refused = (node: AST.Node): never => bug(`\`${node.raw}\` is not part of the shared patterns`)

/** What one element of a class adds to it. */
export const elementRanges = (element: AST.CharacterClassElement): readonly CodeRange[] => {
  switch (element.type) {
    case 'Character':
      return [single(element.value)]
    case 'CharacterClassRange':
      return clipped({ from: element.min.value, to: element.max.value })
    case 'CharacterSet':
      return element.kind === 'property' ? refused(element) : escapeSet(element.kind, element.negate)
    default:
      return refused(element)
  }
}

/** The code points that something of one character matches, ascending and apart. */
export const rangesOf = (node: AST.Character | AST.CharacterSet | AST.CharacterClass): readonly CodeRange[] => {
  switch (node.type) {
    case 'Character':
      return [single(node.value)]
    case 'CharacterSet':
      if (node.kind === 'any') return complement(lineTerminators)
      return node.kind === 'property' ? refused(node) : escapeSet(node.kind, node.negate)
    case 'CharacterClass': {
      const ranges = united(node.elements.flatMap(elementRanges))
      return node.negate ? complement(ranges) : ranges
    }
  }
}
