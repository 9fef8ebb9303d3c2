import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { sha256 } from '../../kernel/hash.js'
import type { Cache } from '../../pipeline/host.js'
import { writeAtomically } from './atomic.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Where the operating system wants caches of a user's programs. */
const userCacheFolder = (environment: Environment): string => {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = environment
  if (XDG_CACHE_HOME !== undefined && XDG_CACHE_HOME !== '') return join(XDG_CACHE_HOME, 'botschema')
  if (process.platform === 'win32')
    return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'botschema', 'Cache')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'botschema')
  return join(homedir(), '.cache', 'botschema')
}

const nearestModules = (folder: string): string | null => {
  const modules = join(folder, 'node_modules')
  if (existsSync(modules)) return modules
  const above = dirname(folder)
  return above === folder ? null : nearestModules(above)
}

/** `BOTSCHEMA_CACHE`, or the cache folder of the nearest `node_modules` above the set, or the user's. */
const cacheFolder = (workingFolder: string, setFolder: string, environment: Environment): string => {
  const given = environment['BOTSCHEMA_CACHE']
  if (given !== undefined && given !== '') return resolve(workingFolder, given)
  const modules = nearestModules(setFolder)
  return modules === null ? userCacheFolder(environment) : join(modules, '.cache', 'botschema')
}

/** An entry is its text below the hash of it: a damaged one is forgotten. */
const unseal = (sealed: string): string | null => {
  const text = sealed.slice(65)
  return sealed.slice(0, 64) === sha256(text) ? text : null
}

export const diskCache = (workingFolder: string, environment: Environment): Cache => {
  const fileOf = (folder: string, name: string): string => {
    const setFolder = resolve(workingFolder, folder)
    return join(cacheFolder(workingFolder, setFolder, environment), sha256(setFolder).slice(0, 32), name)
  }
  return {
    get: (folder, name) => {
      try {
        return unseal(readFileSync(fileOf(folder, name), 'utf8'))
      } catch {
        return null
      }
    },
    put: (folder, name, text) => {
      const file = fileOf(folder, name)
      try {
        writeAtomically(file, `${file}.${process.pid}.partial`, `${sha256(text)}\n${text}`)
      } catch {
        // A cache that cannot be written only makes the next run slower.
      }
    },
  }
}
