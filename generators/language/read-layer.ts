import { type Diagnostic, report } from '../kernel/diagnostic.js'
import { compareText } from '../kernel/order.js'
import { type Source, type Span, wholeOf } from '../kernel/source.js'
import type { Extension, Layer } from './extend/index.js'
import { firstWords, isFirstKey } from './first-keys.js'
import { type LoadedFile, loadFile } from './load/index.js'
import type { Document } from './load/node.js'
import { type Definition, definitionOf, isHollow } from './resolve/index.js'
import { checkShape, type ShapeCheck } from './shape/check.js'

/** The texts of a set that is taken in. Paths are relative to the current folder; a module's of the library begin with `botschema:`. */
export interface UsedSources {
  /** What `uses` of others name it by. */
  readonly name: string
  /** Its module.yaml or botschema.yaml. */
  readonly root: Source
  readonly definitions: readonly Source[]
  /** The names of all that it takes in, directly or not. */
  readonly uses: readonly string[]
}

/** A layer with what was found while it was read. */
export interface ReadLayer {
  readonly layer: Layer
  /** What is wrong with its head alone. */
  readonly head: ShapeCheck
  /** Names of definitions that could not be read. */
  readonly unreadable: ReadonlySet<string>
  readonly damaged: readonly Span[]
  readonly diagnostics: readonly Diagnostic[]
}

const fileName = (source: Source): string => source.path.slice(source.path.lastIndexOf('/') + 1)

const readHead = (root: Source): { readonly document: Document | null; readonly check: ShapeCheck } => {
  const { documents, diagnostics } = loadFile(root)
  const [document = null, second] = documents
  const kind = fileName(root) === 'module.yaml' ? 'module' : 'set'
  const shape = document === null ? { diagnostics: [], damaged: [] } : checkShape(kind, document)
  const extra = second ? [report('one-document', second.root.entries[0]?.key.at ?? second.root.at, {})] : []
  const key = kind === 'module' ? '`module`' : '`name`'
  const missing =
    document === null && diagnostics.length === 0
      ? [report('missing-key', wholeOf(root), { owner: fileName(root), key })]
      : []
  return {
    document,
    check: { diagnostics: [...diagnostics, ...extra, ...missing, ...shape.diagnostics], damaged: shape.damaged },
  }
}

const byPath = (a: Source, b: Source): number => compareText(a.path, b.path)

/** What a document with a misspelt first key most likely defines. */
const nameOf = ({ root }: Document): readonly string[] => {
  const value = root.entries[0]?.value
  return value?.kind === 'scalar' ? [value.text] : []
}

const extensionOf = ({ root }: Document): Extension | null => {
  const [first] = root.entries
  return first?.key.text === 'extend' && first.value.kind === 'scalar'
    ? { name: first.value.text, nameNode: first.value, root }
    : null
}

const isExtension = ({ root }: Document): boolean => root.entries[0]?.key.text === 'extend'

/** The finding about a file that no document of is meant as a definition. Such a file is named, and nothing in it is shown. */
const definesNothing = ({ path, text }: Source): Diagnostic | null => {
  const words = firstWords(text)
  if (words.length === 0 || words.some(isFirstKey)) return null
  return report(words.includes('name') ? 'nested-set' : 'not-a-definition', wholeOf({ path, text: '' }), {})
}

const loadDefinitions = (source: Source): LoadedFile => {
  const problem = definesNothing(source)
  return problem === null ? loadFile(source) : { source, documents: [], unreadable: [], diagnostics: [problem] }
}

/** Reads what one set says, without a word of what others say. */
export const readLayer = ({ name, root, definitions: sources, uses }: UsedSources): ReadLayer => {
  const { document: head, check } = readHead(root)
  const files = [...sources].sort(byPath).map(loadDefinitions)
  const diagnostics = files.flatMap((file) => file.diagnostics)
  const definitions: Definition[] = []
  const checks: ShapeCheck[] = []
  const misnamed: string[] = []
  const documents = files.flatMap((file) => file.documents)
  for (const document of documents.filter((one) => !isExtension(one))) {
    const { definition, problem } = definitionOf(document)
    if (problem !== null) diagnostics.push(problem)
    if (definition === null) misnamed.push(...nameOf(document))
    if (definition === null) continue
    definitions.push(definition)
    checks.push(checkShape(definition.kind, document))
  }
  const extending = documents.filter(isExtension)
  checks.push(...extending.map((document) => checkShape('extend', document)))
  const hollow = definitions.filter(isHollow)
  return {
    layer: {
      name,
      uses: new Set(uses),
      paths: new Set([root, ...sources].map(({ path }) => path)),
      head,
      definitions: definitions.filter((definition) => !hollow.includes(definition)),
      extensions: extending.flatMap((document) => extensionOf(document) ?? []),
    },
    head: check,
    unreadable: new Set([...files.flatMap((file) => file.unreadable), ...hollow.map((one) => one.name), ...misnamed]),
    damaged: checks.flatMap(({ damaged }) => damaged),
    diagnostics: [...diagnostics, ...checks.flatMap((one) => one.diagnostics)],
  }
}
