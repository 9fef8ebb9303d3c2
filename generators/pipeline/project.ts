import { libraryPrefix } from '../kernel/source.js'
import type { EntryKind, Files, Host } from './host.js'
import { folderAbove, foldersAbove, isWithin, join, relativeTo } from './paths.js'

const has = (files: Files, folder: string, name: string): boolean => files.kindOf(join(folder, name)) !== null

/** The nearest folder that holds one of `names`, from an absolute folder upwards. */
const nearestWith = (files: Files, names: readonly string[], folder: string): string | null => {
  if (names.some((name) => has(files, folder, name))) return folder
  const above = folderAbove(folder)
  return above === folder ? null : nearestWith(files, names, above)
}

/** Where there is no package.json and no repository, what stands below the current folder belongs together. */
const withoutMark = (files: Files, folder: string): string => {
  const here = files.real('.')
  return isWithin(here, folder) ? here : folder
}

/**
 * The root of a folder's project: the nearest folder with package.json or .git, upwards from where the folder really is.
 * Absolute, with no link in it.
 */
export const projectRoot = (files: Files, folder: string): string => {
  const real = files.real(folder)
  return nearestWith(files, ['package.json', '.git'], real) ?? withoutMark(files, real)
}

/** The folders whose contents a stranger may have committed together with a set: its project, and the repository around it. */
export const committedRoots = (files: Files, folder: string): readonly string[] => {
  const repository = nearestWith(files, ['.git'], files.real(folder))
  const root = projectRoot(files, folder)
  return repository === null ? [root] : [root, repository]
}

/** Folders that no repository holds the contents of: what is written there was never looked at by anybody. */
const isPrivate = (path: string): boolean => path.split('/').some((name) => /^(?:\.git|node_modules)$/i.test(name))

/**
 * The folder below which outputs may be written to `output`: the project of the set, or a folder that the command line
 * allows. Null where `output` is outside of all of them. No link is followed below it.
 */
export const outputRoot = (host: Host, folder: string, output: string): string | null => {
  const path = host.files.absolute(output)
  const root = projectRoot(host.files, folder)
  if (isWithin(root, path) && !isPrivate(relativeTo(root, path))) return root
  return host.allowedOutside.find((allowed) => isWithin(allowed, path)) ?? null
}

/** Whether definitions may be read from a folder, links followed: it is in the project, or the command line allows it. */
export const isReadable = (host: Host, folder: string, used: string): boolean => {
  if (used.startsWith(libraryPrefix)) return true
  const { files } = host
  const real = files.real(used)
  if (isWithin(projectRoot(files, folder), real)) return true
  return host.allowedOutside.some((allowed) => isWithin(files.real(allowed), real))
}

/** Something that is no folder where outputs go. */
export interface InTheWay {
  readonly path: string
  readonly kind: Exclude<EntryKind, 'folder'>
}

/** The first thing on the way from `root` to `output` (both absolute), itself included, that is no folder. */
export const inTheWay = (files: Files, root: string, output: string): InTheWay | null => {
  const below = relativeTo(root, output)
  for (const folder of [...foldersAbove(`${below}/`)].reverse()) {
    const path = join(root, folder)
    const kind = files.kindOf(path)
    if (kind === null) return null
    if (kind !== 'folder') return { path, kind }
  }
  return null
}
