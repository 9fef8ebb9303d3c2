import { compareText } from '../kernel/order.js'
import type { Host } from './host.js'
import type { OutputFile } from './join.js'
import { foldersAbove, join } from './paths.js'
import { readTree, type Standing, type Tree } from './tree.js'
import { readWritten, type Written } from './written.js'

/**
 * What is to be said of one path of an output folder.
 *
 * - `current`: as the set makes it.
 * - `missing`: the set makes it, and nothing stands there.
 * - `stale`: as botschema wrote it, but the set makes it otherwise now.
 * - `edited`: neither as the set makes it nor as botschema wrote it.
 * - `orphaned`: botschema wrote it, and the set makes it no longer; `edited` says whether it was changed since.
 * - `foreign`: botschema did not write it.
 * - `blocked`: a link, a folder or something odder stands where a file or a folder of the outputs goes.
 */
export type FileState =
  | { readonly kind: 'current' | 'missing' | 'stale' | 'edited'; readonly path: string; readonly wanted: OutputFile }
  | { readonly kind: 'orphaned'; readonly path: string; readonly edited: boolean }
  | { readonly kind: 'foreign'; readonly path: string }
  | { readonly kind: 'blocked'; readonly path: string; readonly by: Blocker }

/** What stands in the way; `file` is a file where a folder goes. */
export type Blocker = 'link' | 'other' | 'folder' | 'file'

/** The outputs of a set beside what stands in its folder. */
export interface Comparison {
  readonly tree: Tree
  readonly states: readonly FileState[]
}

const stateOfWanted = (wanted: OutputFile, standing: Standing | undefined, written: Written): FileState => {
  const { path } = wanted
  if (standing === undefined) return { kind: 'missing', path, wanted }
  if (standing.kind !== 'file') return { kind: 'blocked', path, by: standing.kind }
  if (standing.hash === wanted.hash) return { kind: 'current', path, wanted }
  return { kind: written.has(path, standing.hash) ? 'stale' : 'edited', path, wanted }
}

const stateOfUnwanted = (
  path: string,
  standing: Standing,
  written: Written,
  folders: ReadonlySet<string>,
): FileState => {
  if (folders.has(path)) return { kind: 'blocked', path, by: standing.kind }
  if (standing.kind === 'file' && written.isOurs(path)) {
    return { kind: 'orphaned', path, edited: !written.has(path, standing.hash) }
  }
  return { kind: 'foreign', path }
}

/** A folder that stands where a file goes shows by the files below it, or not at all when it is empty. */
const foldersInTheWay = (host: Host, output: string, missing: readonly OutputFile[]): ReadonlySet<string> =>
  new Set(missing.map(({ path }) => path).filter((path) => host.files.kindOf(join(output, path)) === 'folder'))

const foldersOf = (wanted: readonly OutputFile[]): ReadonlySet<string> => {
  const parents = new Set(wanted.map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1)))
  return new Set([...parents].flatMap(foldersAbove))
}

/** Compares what a set makes (its manifest among it) with its output folder, path by path. */
export const compareOutputs = (
  host: Host,
  folder: string,
  output: string,
  wanted: readonly OutputFile[],
): Comparison => {
  const tree = readTree(host, output)
  const written = readWritten(host, folder, output, tree)
  const paths = new Set(wanted.map(({ path }) => path))
  const folders = foldersOf(wanted)
  const inTheWay = foldersInTheWay(
    host,
    output,
    wanted.filter(({ path }) => !tree.has(path)),
  )
  const states = [
    ...wanted.map(
      (file): FileState =>
        inTheWay.has(file.path)
          ? { kind: 'blocked', path: file.path, by: 'folder' }
          : stateOfWanted(file, tree.get(file.path), written),
    ),
    ...[...tree]
      .filter(([path]) => !paths.has(path))
      .map(([path, standing]) => stateOfUnwanted(path, standing, written, folders)),
  ]
  return { tree, states: states.sort((a, b) => compareText(a.path, b.path)) }
}
