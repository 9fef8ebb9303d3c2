import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isAbsent } from './failure.js'

/** Does what needs the folder of a file; only where that fails is the folder made, since it mostly is there. */
const inFolderOf = (file: string, work: () => void): void => {
  try {
    work()
  } catch (thrown) {
    if (!isAbsent(thrown)) throw thrown
    mkdirSync(dirname(file), { recursive: true })
    work()
  }
}

/**
 * Writes a file whole or not at all: under the name `partial` first, which is on the same disk, then renamed, which the
 * system does in one step. A killed process or a full disk leaves the old file or the new, and at most a partial one
 * beside them. The data is not forced to the platter: what a power cut loses, the next run makes again.
 */
export const writeAtomically = (file: string, partial: string, text: string): void => {
  try {
    inFolderOf(partial, () => writeFileSync(partial, text))
    inFolderOf(file, () => renameSync(partial, file))
  } catch (thrown) {
    rmSync(partial, { force: true })
    throw thrown
  }
}
