import type { Code } from '../kernel/catalogue/index.js'
import type { Diagnostic, Related } from '../kernel/diagnostic.js'
import { sha256 } from '../kernel/hash.js'
import type { Source, Span } from '../kernel/source.js'
import { rootFile } from './discover.js'
import type { Host } from './host.js'
import { type InputFile, type Inputs, readInputs, readRoot, type UsedFolder } from './inputs.js'
import type { SetOutcome } from './outcome.js'
import { join } from './paths.js'
import { inTheWay, isReadable, outputRoot } from './project.js'
import { isCount, isText, listOf, oneOf, orNull, readStored, shapeOf } from './stored.js'
import { hashOfTree, readTree } from './tree.js'

/** A run that left the outputs as the set means them: what it read, what stood there afterwards, what it said. */
interface Record {
  readonly identity: string
  readonly root: string
  readonly inputs: string
  readonly outputs: string
  /** The folder that all outputs go below: no input is looked for in it. */
  readonly base: string
  /** What the set takes in; the same as long as no head of it changes. */
  readonly used: readonly UsedFolder[]
  readonly outcome: SetOutcome
  readonly diagnostics: readonly StoredDiagnostic[]
}

interface StoredSpan {
  readonly path: string
  readonly start: number
  readonly end: number
}

interface StoredDiagnostic extends Omit<Diagnostic, 'at' | 'related'> {
  readonly at: StoredSpan | null
  readonly related: readonly { readonly message: string; readonly at: StoredSpan }[]
}

const storeSpan = ({ source, start, end }: Span): StoredSpan => ({ path: source.path, start, end })

const store = (diagnostic: Diagnostic): StoredDiagnostic => ({
  ...diagnostic,
  at: diagnostic.at && storeSpan(diagnostic.at),
  related: diagnostic.related.map(({ message, at }) => ({ message, at: storeSpan(at) })),
})

const sourceReader = (inputs: Inputs): ((path: string) => Source) => {
  const own = { folder: inputs.folder, root: inputs.root, definitions: [...inputs.definitions, ...inputs.pages] }
  const byPath = new Map(
    [own, ...inputs.used].flatMap(({ folder, root, definitions }) =>
      [root, ...definitions].map((file) => [join(folder, file.path), file] as const),
    ),
  )
  const sources = new Map<string, Source>()
  return (path) => {
    const source = sources.get(path) ?? { path, text: textOf(byPath.get(path)) }
    sources.set(path, source)
    return source
  }
}

const textOf = (file: InputFile | undefined): string =>
  file === undefined ? '' : new TextDecoder('utf-8', { ignoreBOM: true }).decode(file.bytes)

const restore = (stored: readonly StoredDiagnostic[], inputs: Inputs): readonly Diagnostic[] => {
  const sourceAt = sourceReader(inputs)
  const spanOf = ({ path, start, end }: StoredSpan): Span => ({ source: sourceAt(path), start, end })
  return stored.map((diagnostic) => ({
    ...diagnostic,
    at: diagnostic.at && spanOf(diagnostic.at),
    related: diagnostic.related.map(({ message, at }): Related => ({ message, at: spanOf(at) })),
  }))
}

const isSpan = shapeOf<StoredSpan>({ path: isText, start: isCount, end: isCount })

const isDiagnostic = shapeOf<StoredDiagnostic>({
  // The catalogue is not loaded here, since this is the quick way; the same botschema wrote the same codes.
  code: (value): value is Code => isText(value),
  severity: oneOf('error', 'warning'),
  message: isText,
  help: orNull(isText),
  at: orNull(isSpan),
  related: listOf(shapeOf<StoredDiagnostic['related'][number]>({ message: isText, at: isSpan })),
})

const isRecord = shapeOf<Record>({
  identity: isText,
  root: isText,
  inputs: isText,
  outputs: isText,
  base: isText,
  used: listOf(shapeOf<UsedFolder>({ folder: isText, head: isText, base: isText, uses: listOf(isText) })),
  outcome: shapeOf<SetOutcome>({ folder: isText, name: isText, output: isText, files: isCount }),
  diagnostics: listOf(isDiagnostic),
})

/** What the last run of a set came to. */
export interface Remembered {
  readonly outcome: SetOutcome
  readonly diagnostics: readonly Diagnostic[]
}

/** Whether the outputs still go where they may, and all that the set takes in is still where it may be read. */
const isInPlace = (host: Host, folder: string, { outcome, used }: Record): boolean => {
  const root = outputRoot(host, folder, outcome.output)
  if (root === null || inTheWay(host.files, root, host.files.absolute(outcome.output)) !== null) return false
  return used.every((one) => isReadable(host, folder, one.folder))
}

/**
 * The last good run, if this one would be the same: the same botschema, the same bytes of input, the same bytes of
 * output and nothing beside them. It costs reading and hashing those files, and loads nothing that knows of schemas.
 */
export const recall = (host: Host, folder: string): Remembered | null => {
  const record = readStored(host, folder, 'record', isRecord)
  if (record === null || record.identity !== host.identity() || record.outcome.folder !== folder) return null
  if (host.files.kindOf(join(folder, rootFile)) !== 'file' || !isInPlace(host, folder, record)) return null
  const root = readRoot(host, folder)
  if (sha256(root.bytes) !== record.root) return null
  if (record.used.some((used) => host.files.kindOf(join(used.folder, used.head)) !== 'file')) return null
  const inputs = readInputs(host, folder, root, record.base, record.used)
  if (inputs.hash !== record.inputs) return null
  if (hashOfTree(readTree(host, record.outcome.output)) !== record.outputs) return null
  return { outcome: record.outcome, diagnostics: restore(record.diagnostics, inputs) }
}

/** Remembers a run that left the outputs as the set means them. */
export const remember = (
  host: Host,
  run: {
    readonly inputs: Inputs
    readonly base: string
    readonly outputs: string
    readonly outcome: SetOutcome
    readonly diagnostics: readonly Diagnostic[]
  },
): void => {
  const record: Record = {
    identity: host.identity(),
    root: sha256(run.inputs.root.bytes),
    inputs: run.inputs.hash,
    outputs: run.outputs,
    base: run.base,
    used: run.inputs.used.map(({ folder, head, base, uses }) => ({ folder, head, base, uses })),
    outcome: run.outcome,
    diagnostics: run.diagnostics.map(store),
  }
  host.cache.put(run.inputs.folder, 'record', JSON.stringify(record))
}
