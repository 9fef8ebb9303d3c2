import type { Diagnostic } from '../kernel/diagnostic.js'
import { hasErrors } from '../kernel/result.js'
import { compareOutputs, type FileState } from './compare.js'
import { type Difference, differenceOf } from './difference.js'
import { checkFindings } from './findings.js'
import { guarded } from './guard.js'
import type { Host } from './host.js'
import { manifestFile } from './manifest.js'
import type { SetOutcome } from './outcome.js'
import { type OutputClaims, outputsOf, type SetOutputs } from './outputs.js'
import { recall, remember } from './record.js'
import { hashOfTree } from './tree.js'

/** What `check` found in the outputs of a set; `outcome` is null where the set itself has errors. */
export interface Checked {
  readonly diagnostics: readonly Diagnostic[]
  readonly outcome: SetOutcome | null
  /** What stands in a stale or edited file, beside what the set makes. */
  readonly differences: readonly Difference[]
}

/** How a stale manifest differs follows from the other files. */
const isWorthShowing = (state: FileState): state is FileState & { readonly kind: 'stale' | 'edited' } =>
  state.kind === 'edited' || (state.kind === 'stale' && state.path !== manifestFile)

const differencesOf = async (
  host: Host,
  output: string,
  states: readonly FileState[],
): Promise<readonly Difference[]> => {
  const differences: Difference[] = []
  for (const state of states) {
    if (isWorthShowing(state)) {
      differences.push(await differenceOf(host, output, state.wanted))
      await host.breathe()
    }
  }
  return differences
}

const compare = async (
  host: Host,
  { compiled, outcome, files }: SetOutputs,
  found: readonly Diagnostic[],
): Promise<Checked> => {
  const { folder, output } = outcome
  const { tree, states } = compareOutputs(host, folder, output, files)
  const findings = states.flatMap((state) => checkFindings(output, state))
  const outputs = hashOfTree(tree)
  if (!hasErrors(findings) && outputs !== null) {
    remember(host, { inputs: compiled.inputs, base: compiled.base, outputs, outcome, diagnostics: found })
  }
  return { diagnostics: [...found, ...findings], outcome, differences: await differencesOf(host, output, states) }
}

/** Tells missing, stale, edited, orphaned and foreign files of a set's outputs apart. Writes nothing but the cache. */
export const checkSet = (host: Host, folder: string, claims: OutputClaims): Promise<Checked> =>
  guarded(
    async () => {
      const before = recall(host, folder)
      if (before !== null && !claims.has(before.outcome.output)) return { ...before, differences: [] }
      const { value, diagnostics } = await outputsOf(host, folder, claims)
      return value === null ? { diagnostics, outcome: null, differences: [] } : compare(host, value, diagnostics)
    },
    (diagnostic): Checked => ({ diagnostics: [diagnostic], outcome: null, differences: [] }),
  )
