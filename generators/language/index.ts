import type { Code } from '../kernel/catalogue/index.js'
import { type Diagnostic, report, sortDiagnostics } from '../kernel/diagnostic.js'
import { hasErrors, type Result } from '../kernel/result.js'
import { isInside, libraryPrefix, type Source, type Span } from '../kernel/source.js'
import type { SchemaSet, TakenIn } from '../model/index.js'
import { withoutUnreadRules } from './doubtful.js'
import { extendDefinitions, extendHead, type Layer } from './extend/index.js'
import { withoutIdleStatements } from './idle-statements.js'
import { loadFile } from './load/index.js'
import type { Document } from './load/node.js'
import { type ReadLayer, readLayer, type UsedSources } from './read-layer.js'
import { collectNames, defaultsOf, outputOf, resolveDefinitions, resolveRoot, usualDefaults } from './resolve/index.js'
import { nodeAtKey, textAt } from './resolve/read.js'
import { checkRules } from './rules/index.js'
import { withSecrets } from './secrets.js'
import type { ShapeCheck } from './shape/check.js'

export { decode, linkedInput, ymlFile } from './load/files.js'
export type { UsedSources } from './read-layer.js'
export { editorSchema } from './shape/language.js'
export { readSummary, readUses, type Use } from './uses.js'

/** The texts of a set. Paths are relative to the folder botschema was started in, with `/`. */
export interface SetSources {
  readonly root: Source
  /** Every other `.yaml` file of the set, in any order. */
  readonly definitions: readonly Source[]
  /** The Markdown files of the set. */
  readonly pages: readonly Source[]
  /** What it takes in, directly or not, each after all that it takes in itself; nothing when left out. */
  readonly used?: readonly UsedSources[]
}

/** A set as the model has it, and the folder for its outputs, relative to the set's own folder. */
export interface CompiledSet {
  readonly set: SchemaSet
  readonly output: string
}

/** Where a set's outputs go, relative to its folder, read before its other files are looked for. Null: unreadable. */
export const readOutputFolder = (root: Source): string | null => {
  const [document] = loadFile(root).documents
  return document === undefined ? null : outputOf(document.root)
}

/** Findings about what is nowhere, or that what could not be read may mend: only a set without an error can be told so. */
const needsAll: readonly Code[] = ['unused-definition', 'unused-actor', 'empty-set', 'retention-index']
/** Findings about what botschema.yaml does not list: only when its lists could be read. */
const needsRoot: readonly Code[] = ['unknown-actor', 'unknown-group', 'store-option', 'target-without-store']

/** Findings about names that something which is taken in may define: only when all of it could be. */
const needsTaken: readonly Code[] = ['unknown-entity', 'unknown-extended', 'unknown-type']

/** Without what may be defined by what could not be taken in. */
export const withoutUntaken = (findings: readonly Diagnostic[]): readonly Diagnostic[] =>
  findings.filter(({ code }) => !needsTaken.includes(code))

/** Without what only a set that could be read whole can be told. */
export const withoutDoubtful = (findings: readonly Diagnostic[]): readonly Diagnostic[] =>
  hasErrors(findings) ? findings.filter(({ code }) => !needsAll.includes(code)) : findings

/** Without the findings that what could not be read might answer. */
const reliable = (findings: readonly Diagnostic[], root: ShapeCheck): readonly Diagnostic[] => {
  const listed = root.diagnostics.length === 0
  return withoutDoubtful(findings).filter(({ code }) => listed || !needsRoot.includes(code))
}

const isUseRefused = (head: Document | null, { diagnostics }: ShapeCheck): boolean => {
  const use = head && nodeAtKey(head.root, 'use')
  return use !== null && diagnostics.some(({ at }) => isInside(at, use.at))
}

/** A module says all that it can; whoever takes it in need not use it all, nor keep it in every store it speaks of. */
const ofWriter: readonly Code[] = [...needsAll, 'store-option']

const isOwnMatter = ({ code, at }: Diagnostic, taken: readonly Layer[]): boolean =>
  !ofWriter.includes(code) || at === null || !taken.some(({ paths }) => paths.has(at.source.path))

/** Rules speak only of what was said: not inside what the shape refused. */
const isDamaged = (at: Span | null, damaged: readonly Span[]): boolean => damaged.some((span) => isInside(at, span))

const ownName = ''

/** The sources of a set, each with what of it is shown nowhere. */
const sealed = (sources: SetSources): SetSources => {
  const used = sources.used ?? []
  const seal = withSecrets([...sources.definitions, ...used.flatMap(({ definitions }) => definitions)])
  return {
    ...sources,
    definitions: sources.definitions.map(seal),
    used: used.map((one) => ({ ...one, definitions: one.definitions.map(seal) })),
  }
}

const readLayers = (sources: SetSources): { readonly taken: readonly ReadLayer[]; readonly own: ReadLayer } => {
  const used = sources.used ?? []
  const own = { ...sources, name: ownName, uses: used.map(({ name }) => name) }
  return { taken: used.map(readLayer), own: readLayer(own) }
}

const takenIn = (layers: readonly Layer[]): readonly TakenIn[] =>
  layers.flatMap(({ name, head }) => {
    const [first] = head?.root.entries ?? []
    if (head === null || name === ownName || first?.value.kind !== 'scalar') return []
    const own = textAt(head.root, 'module') ?? textAt(head.root, 'name') ?? ''
    const module = name.startsWith(libraryPrefix) ? name : own
    return [{ module, summary: textAt(head.root, 'summary'), origin: first.value.at }]
  })

interface Meaning {
  readonly set: SchemaSet | null
  readonly diagnostics: readonly Diagnostic[]
}

/** Entities, objects, enums and types of a set, those taken in among them: so many still compile in a gigabyte. */
const mostDefinitions = 10_000

/** What the definitions of all layers mean together. */
const meaningOf = (sources: SetSources, head: Document | null, read: readonly ReadLayer[]): Meaning => {
  const found: Diagnostic[] = []
  const add = (diagnostic: Diagnostic): void => void found.push(diagnostic)
  const layers = read.map(({ layer }) => layer)
  const definitions = layers.flatMap((layer) => layer.definitions)
  const tooMany = definitions[mostDefinitions]
  if (tooMany !== undefined)
    return {
      set: null,
      diagnostics: [report('too-many-definitions', tooMany.nameNode.at, { most: mostDefinitions })],
    }
  const root = head && resolveRoot(sources.root, extendHead(head, layers.slice(0, -1), add).root, sources.pages, add)
  const unreadable = new Set(read.flatMap((one) => [...one.unreadable]))
  const { names, marked } = extendDefinitions(collectNames(definitions, unreadable, add), layers, add)
  const { diagnostics, isBounded, isBroken, ...resolved } = resolveDefinitions(
    names,
    head ? defaultsOf(head.root) : usualDefaults,
  )
  const set: SchemaSet | null = root && { ...root, uses: takenIn(layers), ...resolved }
  const damaged = read.flatMap((one) => one.damaged)
  const ruled =
    set === null || !isBounded ? [] : checkRules({ set, isBroken }).filter(({ at }) => !isDamaged(at, damaged))
  return { set: set && withoutIdleStatements(set), diagnostics: [...found, ...diagnostics, ...ruled].map(marked) }
}

/**
 * Compiles a set: its texts in, the model and all findings out, sorted by place. With errors among the findings the set
 * may be partial. Null when there is no usable botschema.yaml.
 */
export const compileSet = (given: SetSources): Result<CompiledSet | null> => {
  const sources = sealed(given)
  const { taken, own } = readLayers(sources)
  const { head } = own.layer
  const layers = [...taken, own]
  const { set, diagnostics } = meaningOf(sources, head, layers)
  const all = [...layers.flatMap((read) => [...read.head.diagnostics, ...read.diagnostics]), ...diagnostics]
  const sure = isUseRefused(head, own.head) ? withoutUntaken(all) : all
  const roots = layers.flatMap(({ layer }) => [...layer.definitions, ...layer.extensions].map(({ root }) => root))
  const kept = withoutUnreadRules(reliable(sure, own.head), roots).filter((one) =>
    isOwnMatter(
      one,
      taken.map(({ layer }) => layer),
    ),
  )
  return {
    value: head && set && { set, output: outputOf(head.root) },
    diagnostics: sortDiagnostics(kept),
  }
}
