import { isOutputFolder } from './discover.js'
import type { Host } from './host.js'
import { join } from './paths.js'

/** Folders with outputs that stand beside those of a run; none outside the current folder, where other sets may own them. */
export const outputsBeside = (host: Host, outputs: readonly string[]): readonly string[] => {
  const bases = new Set(outputs.map((output) => join(output, '..')).filter((base) => !base.startsWith('..')))
  return [...bases].flatMap((base) =>
    host.files
      .list(base)
      .filter(({ kind }) => kind === 'folder')
      .map(({ name }) => join(base, name))
      .filter((folder) => !outputs.includes(folder) && isOutputFolder(host.files.list(folder))),
  )
}
