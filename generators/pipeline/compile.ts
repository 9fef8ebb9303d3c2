import { type Diagnostic, report } from '../kernel/diagnostic.js'
import { hasErrors } from '../kernel/result.js'
import { type Source, wholeOf } from '../kernel/source.js'
import { compileSet, linkedInput, readOutputFolder, withoutDoubtful, withoutUntaken } from '../language/index.js'
import type { SchemaSet } from '../model/schema-set.js'
import { decodeFile, decodeInputs } from './decode.js'
import { rootFile } from './discover.js'
import type { Host } from './host.js'
import { type Inputs, readInputs, readRoot } from './inputs.js'
import { isWithin, join } from './paths.js'
import { outputRoot } from './project.js'
import { findUsed } from './uses.js'

/** A set as its YAML means it, with everything found on the way. `set` is null when there is no use in going on. */
export interface CompiledSet {
  readonly inputs: Inputs
  readonly root: Source
  readonly set: SchemaSet | null
  /** The folder below which all outputs go, as botschema.yaml says it. */
  readonly base: string
  /** The set's own output folder, below `base`. */
  readonly output: string
  readonly diagnostics: readonly Diagnostic[]
}

/** The set would write over its own definitions. */
const outputOverInputs = (inputs: Inputs, root: Source, output: string): readonly Diagnostic[] =>
  isWithin(output, inputs.folder) ? [report('output-holds-set', wholeOf(root), { output })] : []

/** A stranger's set must not write over what is none of its repository's. */
const outputOutside = (host: Host, inputs: Inputs, root: Source, output: string): readonly Diagnostic[] =>
  outputRoot(host, inputs.folder, output) === null ? [report('output-outside', wholeOf(root), { output })] : []

/** `output: /var/out` would mean another place on every machine. */
const outputAbsolute = (root: Source, given: string): readonly Diagnostic[] =>
  /^(?:\/|[A-Za-z]:|.*\\)/.test(given) ? [report('output-absolute', wholeOf(root), { output: given })] : []

/** A set whose botschema.yaml is a link: what it leads to is not read. */
const linkedRoot = (host: Host, folder: string): CompiledSet | null => {
  const path = join(folder, rootFile)
  if (host.files.kindOf(path) !== 'link') return null
  const root = { path: rootFile, bytes: new Uint8Array() }
  const inputs = { folder, root, definitions: [], pages: [], used: [], links: [rootFile], hash: '' }
  const base = join(folder, 'output')
  return { inputs, root: { path, text: '' }, set: null, base, output: base, diagnostics: [linkedInput(path)] }
}

/** Reads a set's folder and compiles it: phases 1 to 4. */
export const compileFolder = (host: Host, folder: string): CompiledSet =>
  linkedRoot(host, folder) ?? compileWithRoot(host, folder)

const compileWithRoot = (host: Host, folder: string): CompiledSet => {
  const rootInput = readRoot(host, folder)
  const root = decodeFile(folder, rootInput)
  const given = readOutputFolder(root.value) ?? 'output'
  const base = join(folder, given)
  const used = findUsed(host, folder, root.value)
  const inputs = readInputs(host, folder, rootInput, base, used.value)
  const decoded = decodeInputs(inputs)
  const compiled = compileSet({ root: root.value, ...decoded.value })
  const output = join(base, compiled.value?.set.name ?? '')
  const diagnostics = withoutDoubtful([
    ...root.diagnostics,
    ...decoded.diagnostics,
    ...used.diagnostics,
    ...outputAbsolute(root.value, given),
    ...outputOutside(host, inputs, root.value, output),
    ...(hasErrors(used.diagnostics) ? withoutUntaken(compiled.diagnostics) : compiled.diagnostics),
    ...(compiled.value === null ? [] : outputOverInputs(inputs, root.value, output)),
  ])
  const set = compiled.value === null || hasErrors(diagnostics) ? null : compiled.value.set
  return { inputs, root: root.value, set, base, output, diagnostics }
}
