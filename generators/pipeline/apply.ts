import { unreachable } from '../kernel/bug.js'
import type { FileState } from './compare.js'
import type { Host } from './host.js'
import type { OutputFile } from './join.js'
import { manifestFile } from './manifest.js'
import { foldersAbove, join } from './paths.js'
import { partialFile } from './tree.js'

/** What a run changes in an output folder: paths relative to it. */
export interface Changes {
  readonly write: readonly OutputFile[]
  readonly remove: readonly string[]
}

/** What brings an output folder to what the set makes. */
export const changesOf = (states: readonly FileState[]): Changes => {
  const write: OutputFile[] = []
  const remove: string[] = []
  for (const state of states) {
    switch (state.kind) {
      case 'missing':
      case 'stale':
      case 'edited':
        write.push(state.wanted)
        break
      case 'orphaned':
        remove.push(state.path)
        break
      case 'current':
      case 'foreign':
      case 'blocked':
        break
      default:
        unreachable(state)
    }
  }
  return { write, remove }
}

/** An output folder, and the absolute folder above it below which no link is followed. */
export interface OutputPlace {
  readonly root: string
  readonly output: string
}

/** Removes what runs that were killed left half written. Only under the lock, when nobody else is writing. */
const removePartials = (host: Host, { root, output }: OutputPlace): void => {
  for (const { name, kind } of host.files.list(output)) {
    if (kind === 'file' && partialFile.test(name)) host.files.remove(root, join(output, name))
  }
}

const removeFile = (host: Host, { root, output }: OutputPlace, path: string): void => {
  host.files.remove(root, join(output, path))
  for (const folder of foldersAbove(path)) host.files.removeEmptyFolder(root, join(output, folder))
}

/**
 * Writes and removes. The manifest comes last: until then the old one vouches for what was there, and the journal for
 * what is new.
 */
export const applyChanges = async (host: Host, place: OutputPlace, changes: Changes): Promise<void> => {
  const { root, output } = place
  removePartials(host, place)
  const files = changes.write.filter(({ path }) => path !== manifestFile)
  const manifest = changes.write.filter(({ path }) => path === manifestFile)
  for (const [index, file] of files.entries()) {
    host.files.write(root, output, file.path, await file.text())
    if (index % 64 === 63) {
      host.progress(`${output}: writing, ${index} of ${files.length}`)
      await host.breathe()
    }
  }
  for (const path of changes.remove) removeFile(host, place, path)
  for (const file of manifest) host.files.write(root, output, file.path, await file.text())
}
