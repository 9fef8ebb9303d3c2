import { lstatSync, mkdirSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sha256 } from '../../kernel/hash.js'
import { HostFailure } from '../../pipeline/host.js'
import { attempt, isCode } from './failure.js'
import { realPath } from './files.js'
import { linkReason } from './links.js'

/** A run that has not shown a sign of life for this long, in milliseconds, was killed: its lock is taken over. */
const stale = 5_000

/** How often a run shows one, in milliseconds. */
const update = 1_000

/** A user without a name, as in a container, has a number all the same. */
const userName = (): string => String(process.getuid?.() ?? userInfo().username.replace(/\W/g, '_'))

/** What stands at a path of the lock's has to be a folder of the user's own: the folder for files of a moment is everybody's. */
const refuseForeign = (path: string): void => {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return
  if (found.isSymbolicLink()) throw new HostFailure(path, linkReason)
  if (!found.isDirectory()) throw new HostFailure(path, 'a file stands where a folder should')
  if (process.getuid !== undefined && process.getuid() !== found.uid)
    throw new HostFailure(path, 'it belongs to another user')
}

const lockFolder = (): string => {
  const folder = join(tmpdir(), `botschema-${userName()}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  refuseForeign(folder)
  return folder
}

const lockfileFor = (target: string): string => {
  const path = join(lockFolder(), `${sha256(target).slice(0, 32)}.lock`)
  refuseForeign(path)
  return path
}

/** Waits between two tries grow up to this long, in milliseconds. */
const longestWait = 500

/** Waits for whoever has the lock. Any other refusal of the system would be repeated forever, so it is thrown. */
const lockAt = async (target: string, lockfilePath: string): Promise<() => Promise<void>> => {
  const { lock } = await import('proper-lockfile')
  // A run that slept too long (a laptop was closed) goes on beside the one that took over: each file stays whole.
  const options = { realpath: false, lockfilePath, stale, update, onCompromised: () => undefined }
  for (let pause = 20; ; pause = Math.min(pause * 1.5, longestWait)) {
    try {
      return await lock(target, options)
    } catch (thrown) {
      if (!isCode(thrown, 'ELOCKED')) attempt(lockfilePath, () => fail(thrown))
    }
    await wait(pause)
  }
}

const fail = (thrown: unknown): never => {
  throw thrown
}

/**
 * A lock a folder, kept outside of it and outside of any cache, so that all runs of a user on a machine meet at it.
 * A run waits until the one before it is done.
 */
export const withFolderLock = async <T>(workingFolder: string, folder: string, work: () => Promise<T>): Promise<T> => {
  // Links are resolved, so that two ways to one folder are one lock.
  const target = realPath(resolve(workingFolder, folder))
  const lockfile = attempt(tmpdir(), () => lockfileFor(target))
  const release = await lockAt(target, lockfile)
  try {
    return await work()
  } finally {
    // A lock that cannot be removed, or was taken over, is stale soon.
    await release().catch(() => undefined)
  }
}
