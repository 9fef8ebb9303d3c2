import { type Diagnostic, report } from '../kernel/diagnostic.js'
import { hasErrors } from '../kernel/result.js'
import { type Source, wholeOf } from '../kernel/source.js'
import { compileSet, readOutputFolder, withoutDoubtful, withoutUntaken } from '../language/index.js'
import type { SchemaSet } from '../model/schema-set.js'
import { decodeFile, decodeInputs } from './decode.js'
import type { Host } from './host.js'
import { type Inputs, readInputs, readRoot } from './inputs.js'
import { isWithin, join } from './paths.js'
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

/** `output: /var/out` would mean another place on every machine. */
const outputAbsolute = (root: Source, given: string): readonly Diagnostic[] =>
  /^(?:\/|[A-Za-z]:|.*\\)/.test(given) ? [report('output-absolute', wholeOf(root), { output: given })] : []

/** Reads a set's folder and compiles it: phases 1 to 4. */
export const compileFolder = (host: Host, folder: string): CompiledSet => {
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
    ...(hasErrors(used.diagnostics) ? withoutUntaken(compiled.diagnostics) : compiled.diagnostics),
    ...(compiled.value === null ? [] : outputOverInputs(inputs, root.value, output)),
  ])
  const set = compiled.value === null || hasErrors(diagnostics) ? null : compiled.value.set
  return { inputs, root: root.value, set, base, output, diagnostics }
}
