import { randomBytes } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isAbsent } from './failure.js'
import { refuseLinks } from './links.js'

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

/** A name that nobody can prepare a link under; what a killed run leaves behind is found by its form. */
const partialName = (): string => `.botschema-${randomBytes(8).toString('hex')}.partial`

/** Where a file goes: all paths are absolute. */
export interface Place {
  /** No link below it is followed; it may be reached by links itself. */
  readonly root: string
  /** Where the file stands while it is written: on the same disk. */
  readonly folder: string
  readonly file: string
}

/**
 * Writes a file whole or not at all: under another name first, then renamed, which the system does in one step. A killed
 * process or a full disk leaves the old file or the new, and at most a partial one beside them. The data is not forced to
 * the platter: what a power cut loses, the next run makes again.
 *
 * The partial file is opened only if nothing has its name (`wx`), and renaming replaces a link instead of following it.
 * The folders are looked at before the file is opened and again before it is renamed, since Node cannot hold a folder open
 * and write relative to it.
 */
export const writeAtomically = ({ root, folder, file }: Place, text: string): void => {
  const partial = join(folder, partialName())
  const refuseLinkedFolders = (): void => {
    refuseLinks(root, folder)
    refuseLinks(root, dirname(file))
  }
  refuseLinkedFolders()
  try {
    inFolderOf(partial, () => writeFileSync(partial, text, { flag: 'wx' }))
    inFolderOf(file, () => {
      refuseLinkedFolders()
      renameSync(partial, file)
    })
  } catch (thrown) {
    rmSync(partial, { force: true })
    throw thrown
  }
}
