import { Composer, type ParsedNode, Parser, type YAMLError, type Document as YamlDocument } from 'yaml'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Source } from '../../kernel/source.js'
import { convert } from './convert.js'
import type { Document } from './node.js'
import { syntaxError } from './syntax-errors.js'
import { findTraps } from './traps.js'

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

interface ReadDocument {
  readonly document: Document | null
  readonly diagnostics: readonly Diagnostic[]
}

/** YAML's own problem with a document: the first, since the others mostly follow from it. */
const problemOf = (yaml: YamlDocument.Parsed): YAMLError | undefined =>
  [...yaml.errors, ...yaml.warnings].find((error) => error.code !== 'TAG_RESOLVE_FAILED')

/** One document, unless YAML cannot read it, or reads something else than was meant. */
const readDocument = (source: Source, yaml: YamlDocument.Parsed, traps: readonly Diagnostic[]): ReadDocument => {
  const problem = problemOf(yaml)
  if (problem !== undefined)
    return { document: null, diagnostics: traps.length > 0 ? [] : [syntaxError(source, problem)] }
  const contents = yaml.contents as ParsedNode | null
  if (contents === null) return { document: null, diagnostics: [] }
  const diagnostics: Diagnostic[] = []
  const node = convert(source, contents, (diagnostic) => diagnostics.push(diagnostic))
  if (node.kind === 'sequence' || (node.kind === 'scalar' && node.text !== '')) {
    diagnostics.push(report('not-a-mapping', node.at, {}))
  }
  const isWhole = node.kind === 'mapping' && diagnostics.length + traps.length === 0
  return { document: isWhole ? { root: node } : null, diagnostics }
}

const isWithin = (yaml: YamlDocument.Parsed, { at }: Diagnostic): boolean =>
  at !== null && at.start >= yaml.range[0] && at.start <= yaml.range[2]

/** Reads a file of YAML. A document with a finding of YAML's own is not read on: what it says is not what was meant. */
export const loadFile = (source: Source): LoadedFile => {
  const trees = [...new Parser().parse(source.text)]
  const traps = findTraps(source, trees)
  if (traps.tooDeep) return refuse(source, traps.diagnostics)
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' })
  const read = [...composer.compose(trees)].map((yaml) => {
    const parsed = yaml as YamlDocument.Parsed
    const own = traps.diagnostics.filter((trap) => isWithin(parsed, trap))
    return { ...readDocument(source, parsed, own), text: source.text.slice(parsed.range[0], parsed.range[2]) }
  })
  return {
    source,
    documents: read.flatMap(({ document }) => document ?? []),
    unreadable: read.flatMap(({ document, text }) => (document === null ? namesIn(text) : [])),
    diagnostics: [...traps.diagnostics, ...read.flatMap(({ diagnostics }) => diagnostics)],
  }
}
