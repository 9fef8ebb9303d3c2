/**
 * The world as the pipeline sees it: the only way it reads, writes, locks and remembers. `cli/` implements it over the
 * disk; tests implement it over memory. Paths are relative to the folder botschema was started in, with `/`, and may
 * begin with `..`, or they are absolute; those that begin with `libraryPrefix` are only read. What the world refuses
 * comes as a `HostFailure`.
 */
export interface Host {
  readonly files: Files
  readonly cache: Cache
  /** Absolute folders outside of a set's project that the command line allows it to write to and to read. */
  readonly allowedOutside: readonly string[]
  /** Runs `work` while no other process does work for the same folder; waits its turn. */
  readonly withLock: <T>(folder: string, work: () => Promise<T>) => Promise<T>
  /** The hash of botschema's own code, its templates and its dependencies: another one makes every cached answer void. */
  readonly identity: () => string
  /** Says what is being done, for whoever watches a long run. */
  readonly progress: (text: string) => void
  /** Lets signals and timers through: called between pieces of long work. */
  readonly breathe: () => Promise<void>
}

export interface Files {
  /** The bytes of a file, or null when nothing stands there. What is no file, a link to one included, is a `HostFailure`. */
  readonly read: (path: string) => Uint8Array | null
  /** What a folder holds, in code-unit order of names; empty when there is no such folder. */
  readonly list: (folder: string) => readonly Entry[]
  /** What stands at a path, a link at its end not followed; null when nothing does. */
  readonly kindOf: (path: string) => EntryKind | null
  /** A path from the root of the disk. */
  readonly absolute: (path: string) => string
  /** The same with every link in it followed, as far as it leads to something. */
  readonly real: (path: string) => string
  /**
   * Writes a file below `folder` whole or not at all, making the folders above it. Half-written, it is a file in `folder`
   * whose name matches `partialFile`. A link below `root` (absolute) is a `HostFailure` that names it.
   */
  readonly write: (root: string, folder: string, path: string, text: string) => void
  /** Removes a file, or a link in its place. A link on the way from `root` is a `HostFailure`. */
  readonly remove: (root: string, path: string) => void
  /** Removes a folder that holds nothing; leaves any other as it is. A link on the way from `root` is a `HostFailure`. */
  readonly removeEmptyFolder: (root: string, path: string) => void
}

export type EntryKind = 'file' | 'folder' | 'link' | 'other'

export interface Entry {
  readonly name: string
  readonly kind: EntryKind
}

/**
 * What botschema remembers about a set between runs, by the set's folder and a name. It may forget at any time: a
 * missing or damaged entry reads as null, and a cache that cannot be written keeps nothing. Nobody can commit an entry:
 * a cache inside the repository of the set is not used.
 */
export interface Cache {
  readonly get: (folder: string, name: CacheName) => string | null
  readonly put: (folder: string, name: CacheName, text: string) => void
}

/** `record`: the last run that ended well. `units`: what each unit gave. `written`: the hashes of what was written. */
export type CacheName = 'record' | 'units' | 'written' | 'verified'

/** The world said no: `reason` is what a person can act on ("permission denied"), never a stack. */
export class HostFailure extends Error {
  override readonly name = 'HostFailure'
  readonly path: string
  readonly reason: string

  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`)
    this.path = path
    this.reason = reason
  }
}
