import { Composer, type ParsedNode, Parser, type Document as YamlDocument } from 'yaml'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { hasErrors } from '../../kernel/result.js'
import { type Source, span } from '../../kernel/source.js'
import { convert } from './convert.js'
import type { Document } from './node.js'
import { syntaxError } from './syntax-errors.js'
import { findTraps } from './traps.js'

/** UTF-16 code units. A thousand entities are about this much; one file of it was not written by a person. */
const longest = 4_000_000

/** What a file holds: the documents that can be read on, and the names of things it defines but that cannot be read. */
export interface LoadedFile {
  readonly source: Source
  readonly documents: readonly Document[]
  readonly unreadable: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
}

const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/^\uFEFF?(?:entity|object|enum|type):[ \t]*["']?([^\s"'#]+)/gm)].map((match) => match[1] ?? '')

const refuse = (source: Source, diagnostics: readonly Diagnostic[]): LoadedFile => ({
  source,
  documents: [],
  unreadable: namesIn(source.text),
  diagnostics,
})

const documentOf = (
  source: Source,
  yaml: YamlDocument.Parsed,
  found: (diagnostic: Diagnostic) => void,
): Document | null => {
  const problem = [...yaml.errors, ...yaml.warnings].find((error) => error.code !== 'TAG_RESOLVE_FAILED')
  if (problem !== undefined) found(syntaxError(source, problem))
  const contents = yaml.contents as ParsedNode | null
  if (problem !== undefined || contents === null) return null
  const node = convert(source, contents, found)
  if (node.kind === 'mapping') return { root: node }
  if (node.kind === 'sequence' || node.text !== '') found(report('not-a-mapping', node.at, {}))
  return null
}

/** Reads a file of YAML. A document with a finding of YAML's own is not read on: what it says is not what was meant. */
export const loadFile = (source: Source): LoadedFile => {
  if (source.text.length > longest) return refuse(source, [report('file-too-large', span(source, 0, 0), { longest })])
  const trees = [...new Parser().parse(source.text)]
  const traps = findTraps(source, trees)
  if (traps.tooDeep) return refuse(source, traps.diagnostics)
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' })
  const diagnostics: Diagnostic[] = [...traps.diagnostics]
  const documents: Document[] = []
  const unreadable: string[] = []
  for (const yaml of composer.compose(trees)) {
    const [from, to] = [yaml.range[0], yaml.range[2]]
    const own: Diagnostic[] = traps.diagnostics.filter(({ at }) => at !== null && at.start >= from && at.start <= to)
    const document = documentOf(source, yaml as YamlDocument.Parsed, (diagnostic) => {
      own.push(diagnostic)
      diagnostics.push(diagnostic)
    })
    if (hasErrors(own)) unreadable.push(...namesIn(source.text.slice(from, to)))
    else if (document !== null) documents.push(document)
  }
  return { source, documents, unreadable, diagnostics }
}
