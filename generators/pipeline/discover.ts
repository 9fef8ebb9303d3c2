import { compareText } from '../kernel/order.js'
import { targetIds } from '../model/options.js'
import type { Entry, Host } from './host.js'
import { isWithin, join, relativeTo } from './paths.js'
import { isReadable, projectRoot } from './project.js'

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

/** The sets at and below a folder, and where one is missed since its head has a name that is not read. */
interface Found {
  readonly folders: readonly string[]
  readonly misnamed: readonly NoSet[]
}

const misnamedFile = 'botschema.yml'

const misnamedIn = (folder: string, entries: readonly Entry[]): readonly NoSet[] =>
  !isSetFolder(entries) && holdsHead(entries, misnamedFile)
    ? [{ code: 'yml-file', path: join(folder, misnamedFile) }]
    : []

const setsBelow = (host: Host, folder: string): Found => {
  const entries = host.files.list(folder)
  const isSet = isSetFolder(entries)
  if (!isSet && isOutputFolder(entries)) return { folders: [], misnamed: [] }
  const below = entries
    .filter(({ name, kind }) => kind === 'folder' && !isSkippedFolder(name))
    .map(({ name }) => setsBelow(host, join(folder, name)))
  const folders = below.flatMap((found) => found.folders)
  return {
    folders: isSet ? [folder, ...folders] : folders,
    misnamed: [...misnamedIn(folder, entries), ...below.flatMap(({ misnamed }) => misnamed)],
  }
}

/** Why a path names no set: nothing is there, nothing that holds a set, a head that ends in `.yml`, or a link out of the project. */
export interface NoSet {
  readonly code: 'no-such-folder' | 'no-set' | 'yml-file' | 'set-outside'
  readonly path: string
}

/** Where a folder really is, so that outputs are found from there. Null for one that only a link makes a part of the project. */
const withoutLinks = (host: Host, folder: string): string | null => {
  const { files } = host
  const [path, real] = [files.absolute(folder), files.real(folder)]
  if (path === real) return folder
  if (isWithin(projectRoot(files, '.'), path) && !isReadable(host, '.', folder)) return null
  return relativeTo(files.real('.'), real) || '.'
}

interface Discovered {
  readonly folders: readonly string[]
  readonly missed: readonly NoSet[]
}

const discoverBelow = (host: Host, folder: string, path: string): Discovered => {
  const { folders, misnamed } = setsBelow(host, folder)
  const isEmpty = folders.length === 0 && misnamed.length === 0
  return { folders, missed: isEmpty ? [{ code: 'no-set', path }] : misnamed }
}

const discoverAt = (host: Host, path: string): Discovered => {
  const isHead = [rootFile, misnamedFile].some((head) => path === head || path.endsWith(`/${head}`))
  const folder = withoutLinks(host, isHead ? join(path, '..') : path)
  if (folder === null) return { folders: [], missed: [{ code: 'set-outside', path }] }
  if (host.files.kindOf(folder) === null) return { folders: [], missed: [{ code: 'no-such-folder', path }] }
  if (isSetFolder(host.files.list(folder))) return { folders: [folder], missed: [] }
  return discoverBelow(host, folder, path)
}

/**
 * The folders of the sets that a command is about, each once and in order: every path given is a set or a folder with
 * sets below it; none given is every set below the current folder.
 */
export const discoverSets = (host: Host, paths: readonly string[]): Discovered => {
  const found = paths.length === 0 ? [discoverBelow(host, '.', '.')] : paths.map((path) => discoverAt(host, join(path)))
  const folders = new Set(found.flatMap((one) => one.folders))
  return { folders: [...folders].sort(compareText), missed: found.flatMap(({ missed }) => missed) }
}
