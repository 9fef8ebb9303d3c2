import { type Diagnostic, report } from '../kernel/diagnostic.js'
import { ymlFile } from '../language/index.js'
import { discoverSets } from './discover.js'
import type { Host } from './host.js'
import type { OutputClaims } from './outputs.js'

/** What a command did for a set; `outcome` is null where it could not be done. */
export interface SetResult<Outcome> {
  readonly diagnostics: readonly Diagnostic[]
  readonly outcome: Outcome | null
}

export interface RunResult<Result> {
  readonly diagnostics: readonly Diagnostic[]
  /** In the order of their folders. */
  readonly sets: readonly { readonly folder: string; readonly result: Result }[]
}

/** Does the same for every set that the paths name, one after the other: what one set fails at stops no other. */
export const eachSet = async <Result extends SetResult<{ readonly output: string }>>(
  host: Host,
  paths: readonly string[],
  run: (folder: string, claims: OutputClaims) => Promise<Result>,
): Promise<RunResult<Result>> => {
  const { folders, missed } = discoverSets(host, paths)
  const sets: { readonly folder: string; readonly result: Result }[] = []
  const claims = new Map<string, string>()
  for (const folder of folders) {
    const result = await run(folder, claims)
    if (result.outcome !== null) claims.set(result.outcome.output, folder)
    sets.push({ folder, result })
  }
  const diagnostics = [
    ...missed.map(({ code, path }) => (code === 'yml-file' ? ymlFile(path) : report(code, null, { path }))),
    ...sets.flatMap(({ result }) => result.diagnostics),
  ]
  return { diagnostics, sets }
}
