import { compareText } from '../kernel/order.js'
import { libraryPrefix } from '../kernel/source.js'
import type { Entry, Files, Host } from './host.js'
import { join, relativeTo } from './paths.js'

/** Where the folder that paths are relative to stands. */
const workingFolder = '/memory'

const absolute = (path: string): string => (path.startsWith('/') ? join(path) : join(workingFolder, path))

/** A path as the map has it. */
const at = (path: string): string => {
  const name = join(path).replace(/\/$/, '')
  return name.startsWith('/') ? relativeTo(workingFolder, name) : name
}

const listBelow = (files: ReadonlyMap<string, string>, folder: string): readonly Entry[] => {
  const prefix = folder === '.' ? '' : folder === libraryPrefix ? folder : `${folder}/`
  const entries = new Map<string, Entry>()
  for (const path of files.keys()) {
    if (!path.startsWith(prefix)) continue
    const [name = '', ...rest] = path.slice(prefix.length).split('/')
    entries.set(name, { name, kind: rest.length === 0 ? 'file' : 'folder' })
  }
  return [...entries.values()].sort((a, b) => compareText(a.name, b.name))
}

const filesIn = (files: Map<string, string>): Files => ({
  read: (path) => {
    const text = files.get(at(path))
    return text === undefined ? null : new TextEncoder().encode(text)
  },
  list: (folder) => listBelow(files, at(folder)),
  kindOf: (path) => {
    if (files.has(at(path))) return 'file'
    return listBelow(files, at(path)).length > 0 ? 'folder' : null
  },
  absolute,
  real: absolute,
  write: (_root, folder, path, text) => {
    files.set(join(folder, path), text)
  },
  remove: (_root, path) => {
    files.delete(at(path))
  },
  removeEmptyFolder: () => undefined,
})

/**
 * A world that is a map of texts by path, for using botschema as a library and for tests. What is written goes into the
 * map; the cache lives as long as the host. Modules of the library are there when the map holds them, as
 * `botschema:guilds/module.yaml`.
 */
export const memoryHost = (files: Map<string, string>): Host => {
  const cache = new Map<string, string>()
  return {
    files: filesIn(files),
    cache: {
      get: (folder, name) => cache.get(`${folder} ${name}`) ?? null,
      put: (folder, name, text) => {
        cache.set(`${folder} ${name}`, text)
      },
    },
    allowedOutside: [],
    withLock: (_folder, work) => work(),
    identity: () => 'memory',
    progress: () => undefined,
    breathe: async () => undefined,
  }
}
