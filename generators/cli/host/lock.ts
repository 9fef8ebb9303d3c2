import { mkdirSync, realpathSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { sha256 } from '../../kernel/hash.js'
import { attempt } from './failure.js'

/** A run that has not shown a sign of life for this long, in milliseconds, was killed: its lock is taken over. */
const stale = 5_000

/** How often a run shows one, in milliseconds. */
const update = 1_000

/** A path with the links above it resolved, so that two ways to one folder are one lock. */
const realPath = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    const above = dirname(path)
    return above === path ? path : join(realPath(above), basename(path))
  }
}

const lockFolder = (): string => {
  const folder = join(tmpdir(), `botschema-${userInfo().username.replace(/\W/g, '_')}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

/**
 * A lock a folder, kept outside of it and outside of any cache, so that all runs of a user on a machine meet at it.
 * A run waits until the one before it is done.
 */
export const withFolderLock = async <T>(workingFolder: string, folder: string, work: () => Promise<T>): Promise<T> => {
  const { lock } = await import('proper-lockfile')
  const target = realPath(resolve(workingFolder, folder))
  const lockfilePath = attempt(tmpdir(), () => join(lockFolder(), `${sha256(target).slice(0, 32)}.lock`))
  const release = await lock(target, {
    realpath: false,
    lockfilePath,
    stale,
    update,
    // A run that slept too long (a laptop was closed) goes on beside the one that took over: each file stays whole.
    onCompromised: () => undefined,
    retries: { forever: true, factor: 1.5, minTimeout: 20, maxTimeout: 500 },
  })
  try {
    return await work()
  } finally {
    await release()
  }
}
