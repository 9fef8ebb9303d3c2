import type { Diagnostic } from '../kernel/diagnostic.js'
import { applyChanges, type Changes, changesOf } from './apply.js'
import { compareOutputs } from './compare.js'
import { refusals } from './findings.js'
import { guarded } from './guard.js'
import type { Host } from './host.js'
import type { OutputFile } from './join.js'
import type { SetOutcome } from './outcome.js'
import { type OutputClaims, outputsOf, type SetOutputs } from './outputs.js'
import { recall, remember } from './record.js'
import { hashOfTree } from './tree.js'
import { closeJournal, startJournal } from './written.js'

export interface GenerateOptions {
  /** Only says what would be written and removed. */
  readonly dryRun: boolean
  /** Overwrites and removes files that were edited by hand. */
  readonly force: boolean
}

/** What `generate` did for a set; null where its findings left nothing to do. Paths are relative to the output folder. */
export interface Generated {
  readonly diagnostics: readonly Diagnostic[]
  readonly outcome: (SetOutcome & { readonly written: readonly string[]; readonly removed: readonly string[] }) | null
}

const nothing: Changes = { write: [], remove: [] }

const generated = (outcome: SetOutcome, changes: Changes, diagnostics: readonly Diagnostic[]): Generated => ({
  diagnostics,
  outcome: { ...outcome, written: changes.write.map(({ path }) => path), removed: changes.remove },
})

/** The hash of the tree that a run left behind, if the outputs are all there is in it. */
const leftBehind = (foreign: boolean, files: readonly OutputFile[]): string | null =>
  foreign ? null : hashOfTree(new Map(files.map(({ path, hash }) => [path, { kind: 'file', hash }])))

const bring = async (
  host: Host,
  { compiled, outcome, place, files }: SetOutputs,
  diagnostics: readonly Diagnostic[],
  options: GenerateOptions,
): Promise<Generated> => {
  const { folder, output } = outcome
  const { states } = compareOutputs(host, folder, output, files)
  const refused = states.flatMap((state) => refusals(output, state, options.force))
  if (refused.length > 0) return { diagnostics: [...diagnostics, ...refused], outcome: null }
  const changes = changesOf(states)
  if (options.dryRun) return generated(outcome, changes, diagnostics)
  if (changes.write.length > 0) startJournal(host, folder, output, changes.write)
  await applyChanges(host, place, changes)
  closeJournal(host, folder, output, files)
  const outputs = leftBehind(
    states.some(({ kind }) => kind === 'foreign'),
    files,
  )
  if (outputs !== null) {
    remember(host, { inputs: compiled.inputs, base: compiled.base, outputs, outcome, diagnostics })
  }
  return generated(outcome, changes, diagnostics)
}

/** Makes the output folder of a set what the set means, or says why not and touches nothing. */
export const generateSet = (
  host: Host,
  folder: string,
  claims: OutputClaims,
  options: GenerateOptions,
): Promise<Generated> =>
  guarded(
    async () => {
      const before = recall(host, folder)
      if (before !== null && !claims.has(before.outcome.output))
        return generated(before.outcome, nothing, before.diagnostics)
      const { value, diagnostics } = await outputsOf(host, folder, claims)
      if (value === null) return { diagnostics, outcome: null }
      return host.withLock(value.outcome.output, () => bring(host, value, diagnostics, options))
    },
    (diagnostic) => ({ diagnostics: [diagnostic], outcome: null }),
  )
