import { type Diagnostic, report } from '../kernel/diagnostic.js'
import { wholeOf } from '../kernel/source.js'
import { compileFolder } from './compile.js'
import { discoverSets } from './discover.js'
import type { Host } from './host.js'
import { manifestFile } from './manifest.js'
import { outputsBeside } from './outputs-beside.js'
import { join } from './paths.js'

/**
 * The output folders that no set makes: what a renamed or removed set leaves behind. `outputs` are the folders of the
 * sets of a run. The other sets below the current folder are read only when a folder asks for it.
 */
export const abandonedOutputs = (host: Host, outputs: readonly string[]): readonly Diagnostic[] => {
  const beside = outputsBeside(host, outputs)
  if (beside.length === 0) return []
  const made = new Set(discoverSets(host, []).folders.map((folder) => compileFolder(host, folder).output))
  return beside
    .filter((folder) => !made.has(folder))
    .map((folder) =>
      report('output-abandoned', wholeOf({ path: join(folder, manifestFile), text: '' }), { output: folder }),
    )
}
