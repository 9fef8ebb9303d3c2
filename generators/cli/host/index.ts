import type { Host } from '../../pipeline/host.js'
import { diskCache } from './cache.js'
import { diskFiles, realPath } from './files.js'
import { computeIdentity } from './identity.js'

const once = <T>(compute: () => T): (() => T) => {
  let computed: { readonly value: T } | null = null
  return () => {
    computed ??= { value: compute() }
    return computed.value
  }
}

const breathe = (): Promise<void> => new Promise((resume) => setImmediate(resume))

/** The real world, as seen from a folder (absolute). */
export const diskHost = (
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
  progress: (text: string) => void = () => undefined,
): Host => {
  const workingFolder = realPath(folder)
  const files = diskFiles(workingFolder)
  return {
    files,
    cache: diskCache(files, environment),
    allowedOutside: [],
    withLock: async (locked, work) => (await import('./lock.js')).withFolderLock(workingFolder, locked, work),
    identity: once(computeIdentity),
    progress,
    breathe,
  }
}
