import { compareText } from '../../kernel/order.js'
import { libraryPrefix } from '../../kernel/source.js'
import { readSummary } from '../../language/index.js'
import { decodeFile } from '../decode.js'
import { moduleFile } from '../discover.js'
import type { Host } from '../host.js'
import { findUsed } from '../uses.js'

/** A module of the library. */
export interface LibraryModule {
  readonly name: string
  readonly summary: string
  /** The names of all that it takes in, directly or not, each after what it takes in itself. */
  readonly brings: readonly string[]
}

export const libraryFolder = (module: string): string => `${libraryPrefix}${module}`

const readModule = (host: Host, name: string): readonly LibraryModule[] => {
  const folder = libraryFolder(name)
  const bytes = host.files.read(`${folder}/${moduleFile}`)
  if (bytes === null) return []
  const head = decodeFile(folder, { path: moduleFile, bytes }).value
  const brings = findUsed(host, folder, head).value.map((used) => used.folder.slice(libraryPrefix.length))
  return [{ name, summary: readSummary(head) ?? '', brings }]
}

/** The modules of the library, by name. */
export const readLibrary = (host: Host): readonly LibraryModule[] =>
  host.files
    .list(libraryPrefix)
    .filter(({ kind }) => kind === 'folder')
    .map(({ name }) => name)
    .sort(compareText)
    .flatMap((name) => readModule(host, name))

/** The modules of some names, and what they bring: each once, after all that it takes in itself. */
export const withBrought = (library: readonly LibraryModule[], chosen: readonly string[]): readonly string[] => {
  const brings = new Map(library.map((module) => [module.name, module.brings]))
  return [...new Set(chosen.flatMap((name) => [...(brings.get(name) ?? []), name]))]
}
