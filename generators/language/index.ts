import type { Code } from '../kernel/catalogue/index.js'
import { type Diagnostic, report, sortDiagnostics } from '../kernel/diagnostic.js'
import { hasErrors, type Result } from '../kernel/result.js'
import { type Source, type Span, wholeOf } from '../kernel/source.js'
import type { SchemaSet } from '../model/index.js'
import { loadFile } from './load/index.js'
import type { Document } from './load/node.js'
import {
  collectNames,
  type Definition,
  definitionOf,
  outputOf,
  resolveDefinitions,
  resolveRoot,
  storesOf,
} from './resolve/index.js'
import { checkRules } from './rules/index.js'
import { checkShape, type ShapeCheck } from './shape/check.js'

export { decode, ymlFile } from './load/files.js'
export { editorSchema } from './shape/language.js'

/** The texts of a set. Paths are relative to the folder botschema was started in, with `/`. */
export interface SetSources {
  readonly root: Source
  /** Every other `.yaml` file of the set, in any order. */
  readonly definitions: readonly Source[]
  /** The Markdown files of the set. */
  readonly pages: readonly Source[]
}

/** A set as the model has it, and the folder for its outputs, relative to the set's own folder. */
export interface CompiledSet {
  readonly set: SchemaSet
  readonly output: string
}

const readRoot = (
  root: Source,
): { readonly document: Document | null; readonly diagnostics: readonly Diagnostic[] } => {
  const { documents, diagnostics } = loadFile(root)
  const [document = null, second] = documents
  const extra = second ? [report('one-document', second.root.entries[0]?.key.at ?? second.root.at, {})] : []
  const missing =
    document === null && diagnostics.length === 0
      ? [report('missing-key', wholeOf(root), { owner: 'botschema.yaml', key: '`name`' })]
      : []
  return { document, diagnostics: [...diagnostics, ...extra, ...missing] }
}

/** Where a set's outputs go, relative to its folder, read before its other files are looked for. Null: unreadable. */
export const readOutputFolder = (root: Source): string | null => {
  const [document] = loadFile(root).documents
  return document === undefined ? null : outputOf(document.root)
}

interface ReadDefinitions {
  readonly definitions: readonly Definition[]
  readonly unreadable: ReadonlySet<string>
  readonly damaged: readonly Span[]
  readonly diagnostics: readonly Diagnostic[]
}

const byPath = (a: Source, b: Source): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)

const readDefinitions = (sources: readonly Source[]): ReadDefinitions => {
  const files = [...sources].sort(byPath).map(loadFile)
  const diagnostics = files.flatMap((file) => file.diagnostics)
  const definitions: Definition[] = []
  const checks: ShapeCheck[] = []
  for (const document of files.flatMap((file) => file.documents)) {
    const { definition, problem } = definitionOf(document)
    if (problem !== null) diagnostics.push(problem)
    if (definition === null) continue
    definitions.push(definition)
    checks.push(checkShape(definition.kind, document))
  }
  return {
    definitions,
    unreadable: new Set(files.flatMap((file) => file.unreadable)),
    damaged: checks.flatMap(({ damaged }) => damaged),
    diagnostics: [...diagnostics, ...checks.flatMap((check) => check.diagnostics)],
  }
}

const isInside = (inner: Span | null, outer: Span): boolean =>
  inner !== null && inner.source === outer.source && inner.start >= outer.start && inner.end <= outer.end

const needsAll: readonly Code[] = ['unused-definition', 'unused-actor']

/** Rules speak only of what was said: not inside what the shape refused, nor of what an unread line may still use. */
const reliable = (findings: readonly Diagnostic[], read: ReadDefinitions, whole: boolean): readonly Diagnostic[] =>
  findings.filter(
    ({ at, code }) => (whole || !needsAll.includes(code)) && !read.damaged.some((span) => isInside(at, span)),
  )

/**
 * Compiles a set: its texts in, the model and all findings out, sorted by place. With errors among the findings the set
 * may be partial. Null when there is no usable botschema.yaml.
 */
export const compileSet = (sources: SetSources): Result<CompiledSet | null> => {
  const { document, diagnostics: ofRoot } = readRoot(sources.root)
  const read = readDefinitions(sources.definitions)
  const found: Diagnostic[] = [...ofRoot, ...read.diagnostics]
  if (document === null) return { value: null, diagnostics: sortDiagnostics(found) }
  found.push(...checkShape('set', document).diagnostics)
  const root = resolveRoot(sources.root, document.root, sources.pages, (diagnostic) => found.push(diagnostic))
  const names = collectNames(read.definitions, read.unreadable, (diagnostic) => found.push(diagnostic))
  const { diagnostics, isBroken, ...definitions } = resolveDefinitions(names, storesOf(document.root))
  found.push(...diagnostics)
  if (root === null) return { value: null, diagnostics: sortDiagnostics(found) }
  const set: SchemaSet = { ...root, ...definitions }
  found.push(...reliable(checkRules({ set, isBroken }), read, !hasErrors(found)))
  return { value: { set, output: outputOf(document.root) }, diagnostics: sortDiagnostics(found) }
}
