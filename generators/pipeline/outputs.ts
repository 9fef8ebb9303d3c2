import { known } from '../kernel/bug.js'
import { type Diagnostic, report } from '../kernel/diagnostic.js'
import { sha256 } from '../kernel/hash.js'
import { compareText } from '../kernel/order.js'
import { hasErrors, type Result } from '../kernel/result.js'
import { type Source, wholeOf } from '../kernel/source.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { OutputPlace } from './apply.js'
import { type CompiledSet, compileFolder } from './compile.js'
import { emitFiles } from './emit.js'
import type { Host } from './host.js'
import type { OutputFile } from './join.js'
import { manifestFile, modelFile, printManifest } from './manifest.js'
import { printModel } from './model-file/print.js'
import type { SetOutcome } from './outcome.js'
import { relativeTo } from './paths.js'
import { inTheWay, outputRoot } from './project.js'
import { unitsOfSet } from './units.js'

/** Everything a set makes, before it is compared with the disk. */
export interface SetOutputs {
  readonly compiled: CompiledSet
  readonly outcome: SetOutcome
  readonly place: OutputPlace
  /** Sorted by path, the manifest among them. */
  readonly files: readonly OutputFile[]
}

/** The manifest names every file but itself, since it cannot hold its own hash. */
const manifestOf = (set: string, files: readonly OutputFile[]): OutputFile => {
  const text = printManifest(set, files)
  return { path: manifestFile, hash: sha256(text), definitions: [], text: async () => text }
}

/** The facts of the set. They are of all definitions, so none is named. */
const modelOf = (set: SchemaSet): OutputFile => {
  const text = printModel(set)
  return { path: modelFile, hash: sha256(text), definitions: [], text: async () => text }
}

/** What the targets of a set emit, with the files that are no target's, sorted by path. */
export const withOwnFiles = (set: SchemaSet, emitted: readonly OutputFile[]): readonly OutputFile[] => {
  const files = [...emitted, modelOf(set)]
  return [...files, manifestOf(set.name, files)].sort((a, b) => compareText(a.path, b.path))
}

/** A link may lead anywhere, and a file holds no outputs: no folder from the project's down to the set's own may be one. */
const outputInTheWay = (host: Host, { root, output }: OutputPlace, source: Source): readonly Diagnostic[] => {
  const found = inTheWay(host.files, root, host.files.absolute(output))
  if (found === null) return []
  const path = relativeTo(host.files.absolute('.'), found.path)
  return [report('output-not-a-folder', wholeOf(source), { path, kind: found.kind })]
}

/** Where the outputs of a set without errors go. */
const placeOf = (host: Host, { inputs, output }: CompiledSet): OutputPlace => ({
  root: known(outputRoot(host, inputs.folder, output), `the project of ${inputs.folder}`),
  output,
})

/** The output folders of the sets that a run has dealt with so far, each with the folder of its set. */
export type OutputClaims = ReadonlyMap<string, string>

export const sharedOutput = ({ root, output }: CompiledSet, claims: OutputClaims): readonly Diagnostic[] => {
  const other = claims.get(output)
  return other === undefined ? [] : [report('output-shared', wholeOf(root), { output, other })]
}

/**
 * Compiles a set and emits all its files: phases 1 to 7, up to the disk. Null with errors: then nothing is to be
 * compared and nothing written.
 */
export const outputsOf = async (
  host: Host,
  folder: string,
  claims: OutputClaims,
): Promise<Result<SetOutputs | null>> => {
  host.progress(`${folder}: reading`)
  const compiled = compileFolder(host, folder)
  if (compiled.set === null) return { value: null, diagnostics: compiled.diagnostics }
  const units = await unitsOfSet(compiled.set)
  const place = placeOf(host, compiled)
  const found = [
    ...compiled.diagnostics,
    ...outputInTheWay(host, place, compiled.root),
    ...sharedOutput(compiled, claims),
    ...units.diagnostics,
  ]
  if (hasErrors(found)) return { value: null, diagnostics: found }
  const emitted = await emitFiles(host, folder, units.value)
  const diagnostics = [...found, ...emitted.diagnostics]
  if (hasErrors(diagnostics)) return { value: null, diagnostics }
  const { name } = compiled.set
  const files = withOwnFiles(compiled.set, emitted.value)
  const outcome = { folder, name, output: compiled.output, files: files.length }
  return { value: { compiled, outcome, place, files }, diagnostics }
}
