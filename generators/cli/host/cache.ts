import { mkdirSync, type Stats } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { sha256 } from '../../kernel/hash.js'
import type { Cache, Files } from '../../pipeline/host.js'
import { isWithin } from '../../pipeline/paths.js'
import { committedRoots } from '../../pipeline/project.js'
import { writeAtomically } from './atomic.js'
import { linkBelow } from './links.js'
import { readRegularFile } from './read.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Where the operating system wants caches of a user's programs. By the XDG specification a relative path says nothing. */
const userCacheFolder = ({ XDG_CACHE_HOME = '', LOCALAPPDATA }: Environment): string => {
  if (isAbsolute(XDG_CACHE_HOME)) return join(XDG_CACHE_HOME, 'botschema')
  if (process.platform === 'win32')
    return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'botschema', 'Cache')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'botschema')
  return join(homedir(), '.cache', 'botschema')
}

/** `BOTSCHEMA_CACHE`, or a folder of the user's own. */
const cacheFolder = (environment: Environment): string => {
  const given = environment['BOTSCHEMA_CACHE']
  return given === undefined || given === '' ? userCacheFolder(environment) : given
}

/** An entry is its text below the hash of it: a damaged one is forgotten. */
const unseal = (sealed: string): string | null => {
  const text = sealed.slice(65)
  return sealed.slice(0, 64) === sha256(text) ? text : null
}

/** Bytes of an entry. The largest of a set of 10,000 definitions has some 100 MiB; a text of Node's has 512 at most. */
const mostBytes = 2 ** 28

/** Another user's file, in a folder that several write to, is no memory of ours. */
const isOwn = ({ size, uid }: Stats): boolean =>
  size <= mostBytes && (process.getuid === undefined || process.getuid() === uid)

/** An entry's file, below the folder of the cache with the links above it followed. */
interface EntryFile {
  readonly root: string
  readonly file: string
}

const read = ({ root, file }: EntryFile): string | null => {
  if (linkBelow(root, file) !== null) return null
  const bytes = readRegularFile(file, isOwn)
  return bytes === null ? null : unseal(new TextDecoder().decode(bytes))
}

const write = ({ root, file }: EntryFile, text: string): void => {
  mkdirSync(root, { recursive: true, mode: 0o700 })
  writeAtomically({ root, folder: dirname(file), file }, `${sha256(text)}\n${text}`)
}

/**
 * The cache of the user who runs botschema. One that is part of the repository around a set is not used for it: a
 * stranger could have committed it.
 */
export const diskCache = (files: Files, environment: Environment): Cache => {
  const given = files.absolute(cacheFolder(environment))
  const folders = new Map<string, string | null>()
  const folderFor = (setFolder: string): string | null => {
    const root = files.real(given)
    if (committedRoots(files, setFolder).some((committed) => isWithin(committed, root))) return null
    return join(root, sha256(files.absolute(setFolder)).slice(0, 32))
  }
  const fileOf = (setFolder: string, name: string): EntryFile | null => {
    const folder = folders.get(setFolder) ?? folderFor(setFolder)
    folders.set(setFolder, folder)
    return folder === null ? null : { root: resolve(folder, '..'), file: join(folder, name) }
  }
  return {
    get: (folder, name) => {
      try {
        const entry = fileOf(folder, name)
        return entry && read(entry)
      } catch {
        return null
      }
    },
    put: (folder, name, text) => {
      try {
        const entry = fileOf(folder, name)
        if (entry !== null) write(entry, text)
      } catch {
        // A cache that cannot be written only makes the next run slower.
      }
    },
  }
}
