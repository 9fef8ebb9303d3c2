import type { Code } from '../kernel/catalogue/index.js'
import { type Diagnostic, report, sortDiagnostics } from '../kernel/diagnostic.js'
import { hasErrors, type Result } from '../kernel/result.js'
import { type Source, type Span, wholeOf } from '../kernel/source.js'
import { type SchemaSet, stores } from '../model/index.js'
import { loadFile } from './load/index.js'
import type { Document } from './load/node.js'
import {
  collectNames,
  type Definition,
  definitionOf,
  isHollow,
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

/** What a document with a misspelt first key most likely defines. */
const nameOf = ({ root }: Document): readonly string[] => {
  const value = root.entries[0]?.value
  return value?.kind === 'scalar' ? [value.text] : []
}

const readDefinitions = (sources: readonly Source[]): ReadDefinitions => {
  const files = [...sources].sort(byPath).map(loadFile)
  const diagnostics = files.flatMap((file) => file.diagnostics)
  const definitions: Definition[] = []
  const checks: ShapeCheck[] = []
  const misnamed: string[] = []
  for (const document of files.flatMap((file) => file.documents)) {
    const { definition, problem } = definitionOf(document)
    if (problem !== null) diagnostics.push(problem)
    if (definition === null) misnamed.push(...nameOf(document))
    if (definition === null) continue
    definitions.push(definition)
    checks.push(checkShape(definition.kind, document))
  }
  const hollow = definitions.filter(isHollow)
  return {
    definitions: definitions.filter((definition) => !hollow.includes(definition)),
    unreadable: new Set([...files.flatMap((file) => file.unreadable), ...hollow.map(({ name }) => name), ...misnamed]),
    damaged: checks.flatMap(({ damaged }) => damaged),
    diagnostics: [...diagnostics, ...checks.flatMap((check) => check.diagnostics)],
  }
}

const isInside = (inner: Span | null, outer: Span): boolean =>
  inner !== null && inner.source === outer.source && inner.start >= outer.start && inner.end <= outer.end

/** Findings about what is nowhere: only a set read without an error can be told so. */
const needsAll: readonly Code[] = ['unused-definition', 'unused-actor']
/** Findings about what botschema.yaml does not list: only when its lists could be read. */
const needsRoot: readonly Code[] = ['unknown-actor', 'unknown-group']

/** Without the findings that what could not be read might answer. */
const reliable = (findings: readonly Diagnostic[], root: ShapeCheck): readonly Diagnostic[] => {
  const whole = !hasErrors(findings)
  const listed = root.diagnostics.length === 0
  return findings.filter(({ code }) => (whole || !needsAll.includes(code)) && (listed || !needsRoot.includes(code)))
}

/** Rules speak only of what was said: not inside what the shape refused. */
const isDamaged = (at: Span | null, damaged: readonly Span[]): boolean => damaged.some((span) => isInside(at, span))

/**
 * Compiles a set: its texts in, the model and all findings out, sorted by place. With errors among the findings the set
 * may be partial. Null when there is no usable botschema.yaml.
 */
export const compileSet = (sources: SetSources): Result<CompiledSet | null> => {
  const { document, diagnostics: ofRoot } = readRoot(sources.root)
  const shape: ShapeCheck = document === null ? { diagnostics: ofRoot, damaged: [] } : checkShape('set', document)
  const read = readDefinitions(sources.definitions)
  const shaped: Diagnostic[] = [...ofRoot, ...shape.diagnostics, ...read.diagnostics]
  const found: Diagnostic[] = []
  const add = (diagnostic: Diagnostic): void => void found.push(diagnostic)
  const root = document && resolveRoot(sources.root, document.root, sources.pages, add)
  const names = collectNames(read.definitions, read.unreadable, add)
  const { diagnostics, isBroken, ...definitions } = resolveDefinitions(
    names,
    document ? storesOf(document.root) : stores,
  )
  found.push(...diagnostics)
  const set: SchemaSet | null = root && { ...root, ...definitions }
  const ruled = set === null ? [] : checkRules({ set, isBroken }).filter(({ at }) => !isDamaged(at, read.damaged))
  const kept = reliable([...shaped, ...found, ...ruled], shape)
  return {
    value: document && set && { set, output: outputOf(document.root) },
    diagnostics: sortDiagnostics(kept),
  }
}
