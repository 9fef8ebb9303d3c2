import { type Dirent, lstatSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { libraryPrefix } from '../../kernel/source.js'
import type { Entry, EntryKind, Files } from '../../pipeline/host.js'
import { writeAtomically } from './atomic.js'
import { attempt, attemptOr } from './failure.js'
import { packageFolder } from './identity.js'

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

/** The modules that come with the package. */
const libraryFolder = join(packageFolder, 'schemas', 'library')

/** The disk, below and beside `workingFolder` (absolute), and the library of the package. */
export const diskFiles = (workingFolder: string): Files => {
  // The system resolves `..` itself; doing it here as well would cost as much as opening the file.
  const at = (path: string): string => {
    if (path.startsWith(libraryPrefix)) return `${libraryFolder}/${path.slice(libraryPrefix.length)}`
    return isAbsolute(path) ? path : `${workingFolder}/${path}`
  }
  return {
    read: (path) => attemptOr(path, null, () => readFileSync(at(path))),
    list: (folder) => attemptOr(folder, [], () => listFolder(at(folder))),
    kindOf: (path) => attemptOr(path, null, () => kindAt(at(path))),
    write: (folder, path, text) => {
      const partial = `${at(folder)}/.botschema-${process.pid}.partial`
      attempt(`${folder}/${path}`, () => writeAtomically(`${at(folder)}/${path}`, partial, text))
    },
    remove: (path) => attempt(path, () => rmSync(at(path), { force: true })),
    removeEmptyFolder: (path) => attemptOr(path, undefined, () => removeEmpty(at(path))),
  }
}
