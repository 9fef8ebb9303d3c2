import { sha256 } from '../kernel/hash.js'
import type { Host } from './host.js'
import type { OutputFile } from './join.js'
import { manifestFile, readManifest } from './manifest.js'
import { join } from './paths.js'
import type { Tree } from './tree.js'

/** What botschema wrote into an output folder: by the manifest's word, and by what the cache kept of a run cut short. */
export interface Written {
  readonly paths: ReadonlySet<string>
  readonly has: (path: string, hash: string) => boolean
}

/** The hashes a path has had from botschema since the last run that ended well. */
type Journal = ReadonlyMap<string, readonly string[]>

interface StoredJournal {
  readonly output: string
  readonly files: readonly (readonly [string, readonly string[]])[]
}

const readJournal = (host: Host, folder: string, output: string): Journal => {
  const text = host.cache.get(folder, 'written')
  const journal = text === null ? null : (JSON.parse(text) as StoredJournal)
  return new Map(journal?.output === output ? journal.files : [])
}

const putJournal = (host: Host, folder: string, output: string, journal: Journal): void =>
  host.cache.put(folder, 'written', JSON.stringify({ output, files: [...journal] } satisfies StoredJournal))

/** Notes the hashes that are about to be written: a file of a run cut short is then no edit by hand. */
export const startJournal = (host: Host, folder: string, output: string, wanted: readonly OutputFile[]): void => {
  const before = readJournal(host, folder, output)
  const added = wanted.map(({ path, hash }) => [path, [...new Set([...(before.get(path) ?? []), hash])]] as const)
  putJournal(host, folder, output, new Map([...before, ...added]))
}

/** Notes what stands in the output folder after a run that ended well, and forgets the rest. */
export const closeJournal = (host: Host, folder: string, output: string, wanted: readonly OutputFile[]): void =>
  putJournal(host, folder, output, new Map(wanted.map(({ path, hash }) => [path, [hash]])))

const readText = (host: Host, path: string): string | null => {
  const bytes = host.files.read(path)
  return bytes === null ? null : new TextDecoder().decode(bytes)
}

export const readWritten = (host: Host, folder: string, output: string, tree: Tree): Written => {
  const text = tree.get(manifestFile)?.kind === 'file' ? readText(host, join(output, manifestFile)) : null
  const manifest = text === null ? null : readManifest(text)
  const ownHash = text === null || manifest === null ? null : sha256(text)
  const journal = readJournal(host, folder, output)
  return {
    paths: new Set([...(manifest?.keys() ?? []), ...journal.keys()]),
    has: (path, hash) =>
      manifest?.get(path) === hash ||
      (path === manifestFile && ownHash === hash) ||
      journal.get(path)?.includes(hash) === true,
  }
}
