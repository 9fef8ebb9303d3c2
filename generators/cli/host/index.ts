import { relative, resolve, sep } from 'node:path'
import type { Host } from '../../pipeline/host.js'
import { diskCache } from './cache.js'
import { diskFiles } from './files.js'
import { computeIdentity } from './identity.js'

const once = <T>(compute: () => T): (() => T) => {
  let computed: { readonly value: T } | null = null
  return () => {
    computed ??= { value: compute() }
    return computed.value
  }
}

const breathe = (): Promise<void> => new Promise((resume) => setImmediate(resume))

/** A path that a person gave, as the pipeline writes paths: relative to the working folder, with `/`. */
export const hostPath = (workingFolder: string, path: string): string => {
  const below = relative(workingFolder, resolve(workingFolder, path)).split(sep).join('/')
  return below === '' ? '.' : below
}

/** The real world, as seen from `workingFolder` (absolute). */
export const diskHost = (
  workingFolder: string,
  environment: Readonly<Record<string, string | undefined>>,
  progress: (text: string) => void = () => undefined,
): Host => ({
  files: diskFiles(workingFolder),
  cache: diskCache(workingFolder, environment),
  withLock: async (folder, work) => (await import('./lock.js')).withFolderLock(workingFolder, folder, work),
  identity: once(computeIdentity),
  progress,
  breathe,
})
