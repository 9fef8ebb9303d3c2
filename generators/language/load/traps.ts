import type { CST } from 'yaml'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { type Source, type Span, span } from '../../kernel/source.js'
import { lookAtTokens, type SmallToken } from './tokens.js'

/** How deep collections may stand in each other: far above any description, far below any stack. */
const deepest = 60

const lineBefore = (source: Source, offset: number): string =>
  source.text.slice(source.text.lastIndexOf('\n', offset - 1) + 1, offset)

/** A `#` with no space after it, behind something on its line: YAML takes the rest of the line for a comment. */
const ateText = (source: Source, token: SmallToken): boolean =>
  /^#[^\s#]/.test(token.source) && lineBefore(source, token.offset).trim() !== ''

const closed = { '"': /^"(?:[^"\\]|\\[\s\S])*"$/, "'": /^'(?:[^']|'')*'$/ } as const

/** A quote that nothing closes takes in all text to the end of the document, which is where YAML itself reports it. */
const unclosedQuote = (source: Source, { offset, source: text }: SmallToken, quote: keyof typeof closed) =>
  closed[quote].test(text)
    ? null
    : report('yaml-unclosed-quote', span(source, offset, offset + text.search(/\r?\n|$/)), { quote })

const spanOf = (source: Source, token: SmallToken): Span =>
  span(source, token.offset, token.offset + token.source.length)

const findingOf = (source: Source, token: SmallToken): Diagnostic | null => {
  switch (token.type) {
    case 'anchor':
    case 'alias':
      return report('yaml-anchor', spanOf(source, token), { text: token.source })
    case 'tag':
      return report('yaml-tag', spanOf(source, token), { text: token.source })
    case 'comment':
      return ateText(source, token) ? report('comment-ate-text', spanOf(source, token), { text: token.source }) : null
    case 'space':
      return token.source.includes('\t') ? report('yaml-tab', spanOf(source, token), {}) : null
    case 'double-quoted-scalar':
      return unclosedQuote(source, token, '"')
    case 'single-quoted-scalar':
      return unclosedQuote(source, token, "'")
    default:
      return null
  }
}

const isDirective = (tree: CST.Token): tree is CST.Directive => tree.type === 'directive'

/** What the YAML of a file says that people do not mean. `tooDeep`: it must not be composed. */
export const findTraps = (
  source: Source,
  trees: readonly CST.Token[],
): { readonly diagnostics: readonly Diagnostic[]; readonly tooDeep: boolean } => {
  const diagnostics: Diagnostic[] = []
  for (const tree of trees) {
    if (isDirective(tree)) {
      diagnostics.push(report('yaml-directive', span(source, tree.offset, tree.offset + tree.source.length), {}))
    }
    const tooDeep = lookAtTokens(tree, deepest, (token) => {
      const finding = findingOf(source, token)
      if (finding !== null) diagnostics.push(finding)
    })
    if (tooDeep !== null) {
      const at = span(source, tooDeep.offset, tooDeep.offset + 1)
      return { diagnostics: [report('yaml-too-deep', at, { deepest })], tooDeep: true }
    }
  }
  return { diagnostics, tooDeep: false }
}
