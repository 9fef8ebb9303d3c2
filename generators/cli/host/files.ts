import { type Dirent, lstatSync, readdirSync, realpathSync, rmdirSync, rmSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { libraryPrefix } from '../../kernel/source.js'
import { type Entry, type EntryKind, type Files, HostFailure } from '../../pipeline/host.js'
import { writeAtomically } from './atomic.js'
import { attempt, attemptOr, isAbsent } from './failure.js'
import { packageFolder } from './identity.js'
import { refuseLinks } from './links.js'
import { readRegularFile } from './read.js'

const kindOfEntry = (entry: Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): EntryKind => {
  if (entry.isSymbolicLink()) return 'link'
  if (entry.isDirectory()) return 'folder'
  return entry.isFile() ? 'file' : 'other'
}

/** Most that is asked for is not there, and to be told so by an error costs ten times as much. */
const kindAt = (path: string): EntryKind | null => {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found === undefined ? null : kindOfEntry(found)
}

const listFolder = (folder: string): readonly Entry[] =>
  readdirSync(folder, { withFileTypes: true })
    .map((entry) => ({ name: entry.name, kind: kindOfEntry(entry) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

const removeEmpty = (folder: string): void => {
  if (readdirSync(folder).length === 0) rmdirSync(folder)
}

/** A path with every link in it followed; what is not there yet is as it is written. */
export const realPath = (path: string): string => {
  try {
    return realpathSync.native(path)
  } catch (thrown) {
    const above = dirname(path)
    if (!isAbsent(thrown) || above === path) return path
    return join(realPath(above), basename(path))
  }
}

const withSlashes = (path: string): string => path.split(sep).join('/')

/** A path as the pipeline writes paths: relative to the working folder, with `/`. */
export const hostPath = (workingFolder: string, path: string): string => {
  const below = withSlashes(relative(workingFolder, resolve(workingFolder, path)))
  return below === '' ? '.' : below
}

/** The modules that come with the package. */
const libraryFolder = join(packageFolder, 'schemas', 'library')

/** The disk, below and beside `workingFolder` (absolute, no link in it), and the library of the package. */
export const diskFiles = (workingFolder: string): Files => {
  // The system resolves `..` itself; doing it here as well would cost as much as opening the file.
  const at = (path: string): string => {
    if (path.startsWith(libraryPrefix)) return `${libraryFolder}/${path.slice(libraryPrefix.length)}`
    return isAbsolute(path) ? path : `${workingFolder}/${path}`
  }
  const shown = (path: string): string => (isAbsolute(path) ? hostPath(workingFolder, path) : path)
  /** A link on the way is named as the pipeline names paths. */
  const attemptAt = <T>(path: string, work: () => T): T =>
    attempt(shown(path), () => {
      try {
        return work()
      } catch (thrown) {
        if (!(thrown instanceof HostFailure)) throw thrown
        throw new HostFailure(shown(thrown.path), thrown.reason)
      }
    })
  return {
    read: (path) => attemptAt(path, () => attemptOr(path, null, () => readRegularFile(at(path)))),
    list: (folder) => attemptOr(shown(folder), [], () => listFolder(at(folder))),
    kindOf: (path) => attemptOr(shown(path), null, () => kindAt(at(path))),
    absolute: (path) => withSlashes(resolve(workingFolder, path)),
    real: (path) => withSlashes(realPath(resolve(workingFolder, path))),
    write: (root, folder, path, text) =>
      attemptAt(`${folder}/${path}`, () =>
        writeAtomically({ root, folder: resolve(at(folder)), file: resolve(at(folder), path) }, text),
      ),
    remove: (root, path) =>
      attemptAt(path, () => {
        refuseLinks(root, dirname(resolve(at(path))))
        rmSync(at(path), { force: true })
      }),
    removeEmptyFolder: (root, path) =>
      attemptAt(path, () =>
        attemptOr(path, undefined, () => {
          refuseLinks(root, resolve(at(path)))
          removeEmpty(at(path))
        }),
      ),
  }
}
