import { type Diagnostic, report } from '../kernel/diagnostic.js'
import type { Result } from '../kernel/result.js'
import { targetIds } from '../model/options.js'
import type { Entry, Host } from './host.js'
import { compareNames, join } from './paths.js'

export const rootFile = 'botschema.yaml'

/** Folders that no set and no definition is looked for in. */
export const isSkippedFolder = (name: string): boolean => name === 'node_modules' || name.startsWith('.')

/** Whether a folder is what `generate` made for a set: a manifest beside the folder of a target. */
export const isOutputFolder = (entries: readonly Entry[]): boolean =>
  entries.some(({ name, kind }) => kind === 'file' && name === 'manifest.json') &&
  entries.some(({ name, kind }) => kind === 'folder' && (targetIds as readonly string[]).includes(name))

export const isSetFolder = (entries: readonly Entry[]): boolean =>
  entries.some(({ name, kind }) => kind === 'file' && name === rootFile)

const setsBelow = (host: Host, folder: string): readonly string[] => {
  const entries = host.files.list(folder)
  const isSet = isSetFolder(entries)
  if (!isSet && isOutputFolder(entries)) return []
  const below = entries
    .filter(({ name, kind }) => kind === 'folder' && !isSkippedFolder(name))
    .flatMap(({ name }) => setsBelow(host, join(folder, name)))
  return isSet ? [folder, ...below] : below
}

const setsAt = (host: Host, path: string): Result<readonly string[]> => {
  const folder = path.endsWith(`/${rootFile}`) || path === rootFile ? join(path, '..') : path
  if (host.files.kindOf(folder) === null) return refused(report('no-such-folder', null, { path }))
  if (isSetFolder(host.files.list(folder))) return { value: [folder], diagnostics: [] }
  const sets = setsBelow(host, folder)
  return sets.length > 0 ? { value: sets, diagnostics: [] } : refused(report('no-set', null, { path }))
}

const refused = (diagnostic: Diagnostic): Result<readonly string[]> => ({ value: [], diagnostics: [diagnostic] })

/**
 * The folders of the sets that a command is about, each once and in order: every path given is a set or a folder with
 * sets below it; none given is every set below the current folder.
 */
export const discoverSets = (host: Host, paths: readonly string[]): Result<readonly string[]> => {
  const found = (paths.length === 0 ? ['.'] : paths).map((path) => setsAt(host, join(path)))
  const folders = new Set(found.flatMap(({ value }) => value))
  return { value: [...folders].sort(compareNames), diagnostics: found.flatMap(({ diagnostics }) => diagnostics) }
}
