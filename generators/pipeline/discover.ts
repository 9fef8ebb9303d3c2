import { compareText } from '../kernel/order.js'
import { targetIds } from '../model/options.js'
import type { Entry, Host } from './host.js'
import { join } from './paths.js'

export const rootFile = 'botschema.yaml'

/** What makes a folder a module: definitions that sets take in, with no outputs of its own. */
export const moduleFile = 'module.yaml'

/** Folders that no set and no definition is looked for in. */
export const isSkippedFolder = (name: string): boolean => name === 'node_modules' || name.startsWith('.')

/** Whether a folder is what `generate` made for a set: a manifest beside the folder of a target. */
export const isOutputFolder = (entries: readonly Entry[]): boolean =>
  entries.some(({ name, kind }) => kind === 'file' && name === 'manifest.json') &&
  entries.some(({ name, kind }) => kind === 'folder' && (targetIds as readonly string[]).includes(name))

/** A head that is a link makes a set all the same: one whose finding is the link. */
const holdsHead = (entries: readonly Entry[], head: string): boolean =>
  entries.some(({ name, kind }) => (kind === 'file' || kind === 'link') && name === head)

export const isSetFolder = (entries: readonly Entry[]): boolean => holdsHead(entries, rootFile)

/** Whether a folder holds a set or a module: its definitions are not those of the folder around it. */
export const hasOwnDefinitions = (entries: readonly Entry[]): boolean =>
  isSetFolder(entries) || holdsHead(entries, moduleFile)

const setsBelow = (host: Host, folder: string): readonly string[] => {
  const entries = host.files.list(folder)
  const isSet = isSetFolder(entries)
  if (!isSet && isOutputFolder(entries)) return []
  const below = entries
    .filter(({ name, kind }) => kind === 'folder' && !isSkippedFolder(name))
    .flatMap(({ name }) => setsBelow(host, join(folder, name)))
  return isSet ? [folder, ...below] : below
}

/** A path that names no set: nothing is there, or nothing that holds a set. */
export interface NoSet {
  readonly code: 'no-such-folder' | 'no-set'
  readonly path: string
}

const setsAt = (host: Host, path: string): readonly string[] | NoSet => {
  const folder = path.endsWith(`/${rootFile}`) || path === rootFile ? join(path, '..') : path
  if (host.files.kindOf(folder) === null) return { code: 'no-such-folder', path }
  if (isSetFolder(host.files.list(folder))) return [folder]
  const sets = setsBelow(host, folder)
  return sets.length > 0 ? sets : { code: 'no-set', path }
}

const isNoSet = (found: readonly string[] | NoSet): found is NoSet => 'code' in found

interface Discovered {
  readonly folders: readonly string[]
  readonly missed: readonly NoSet[]
}

const discoverBelow = (host: Host): Discovered => {
  const sets = setsBelow(host, '.')
  return sets.length > 0
    ? { folders: [...sets].sort(compareText), missed: [] }
    : { folders: [], missed: [{ code: 'no-set', path: '.' }] }
}

/**
 * The folders of the sets that a command is about, each once and in order: every path given is a set or a folder with
 * sets below it; none given is every set below the current folder.
 */
export const discoverSets = (host: Host, paths: readonly string[]): Discovered => {
  if (paths.length === 0) return discoverBelow(host)
  const found = paths.map((path) => setsAt(host, join(path)))
  const folders = new Set(found.flatMap((sets) => (isNoSet(sets) ? [] : sets)))
  return { folders: [...folders].sort(compareText), missed: found.filter(isNoSet) }
}
