/**
 * botschema as a library: compile sets of texts, emit their outputs in memory, or run what the commands run on a host.
 * Nothing here prints, and nothing throws for a mistake in the YAML: findings come as diagnostics.
 */
import type { Diagnostic } from './kernel/diagnostic.js'
import { hasErrors, type Result } from './kernel/result.js'
import type { SchemaSet } from './model/schema-set.js'
import { emitFiles } from './pipeline/emit.js'
import { memoryHost } from './pipeline/memory-host.js'
import { withOwnFiles } from './pipeline/outputs.js'
import { unitsOfSet } from './pipeline/units.js'

export { diskHost } from './cli/host/index.js'
export { type Diagnostic, type DiagnosticJson, type Severity, sortDiagnostics, toJson } from './kernel/diagnostic.js'
export type { Result } from './kernel/result.js'
export type { Position, Source, Span } from './kernel/source.js'
export { compileSet, editorSchema } from './language/index.js'
export type * from './model/index.js'
export type { Earlier, EarlierText } from './pipeline/changes/earlier.js'
export { type Changed, type ChangedSet, changesOfSet } from './pipeline/changes/index.js'
export { type Checked, checkSet } from './pipeline/check.js'
export { discoverSets } from './pipeline/discover.js'
export { type Generated, type GenerateOptions, generateSet } from './pipeline/generate.js'
export type { Cache, Entry, EntryKind, Files, Host } from './pipeline/host.js'
export { HostFailure } from './pipeline/host.js'
export { memoryHost } from './pipeline/memory-host.js'
export type { Database, MongoDatabase, PostgresDatabase, SqlClient } from './pipeline/retain/database.js'
export type { GivenHooks } from './pipeline/retain/hooks.js'
export { type PlannedSet, planSet, type SetPlan } from './pipeline/retain/plan.js'
export { type Prepared, prepareSet, type RetainedSet } from './pipeline/retain/prepare.js'
export { type RanSet, runSet, type SetRun } from './pipeline/retain/run.js'
export { lossesOfSet, type TargetLoss } from './pipeline/units.js'
export { type Validated, validateSet } from './pipeline/validate.js'

/** An output file: `path` is relative to the set's own output folder. */
export interface GeneratedFile {
  readonly path: string
  readonly text: string
}

/** All files that a compiled set makes, its facts and its manifest among them, sorted by path; none when there are errors. */
export const generateFiles = async (set: SchemaSet): Promise<Result<readonly GeneratedFile[]>> => {
  const units = await unitsOfSet(set)
  const emitted = await emitFiles(memoryHost(new Map()), '.', units.value)
  const diagnostics: readonly Diagnostic[] = [...units.diagnostics, ...emitted.diagnostics]
  if (hasErrors(diagnostics)) return { value: [], diagnostics }
  const files = withOwnFiles(set, emitted.value)
  return { value: await Promise.all(files.map(async ({ path, text }) => ({ path, text: await text() }))), diagnostics }
}
