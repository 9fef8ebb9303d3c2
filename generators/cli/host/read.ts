import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs'
import { HostFailure } from '../../pipeline/host.js'
import { isCode } from './failure.js'
import { linkReason } from './links.js'

/** Windows has neither: links are found by `lstat` there, and pipes have no names in folders. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as { readonly O_NOFOLLOW?: number; readonly O_NONBLOCK?: number }

const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true

/** A pipe would be waited for until somebody writes into it, so nothing is waited for. */
const openFile = (path: string): number => {
  if (O_NOFOLLOW === 0 && isLink(path)) throw new HostFailure(path, linkReason)
  try {
    return openSync(path, constants.O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  } catch (thrown) {
    throw isCode(thrown, 'ELOOP') && isLink(path) ? new HostFailure(path, linkReason) : thrown
  }
}

const readAll = (descriptor: number, size: number): Uint8Array => {
  const bytes = Buffer.allocUnsafe(size)
  let length = 0
  for (let read = -1; read !== 0 && length < size; length += read)
    read = readSync(descriptor, bytes, length, size - length, null)
  return bytes.subarray(0, length)
}

/**
 * The bytes of a regular file, which `path` is itself: no link, pipe or device in its place is read.
 *
 * @param accept whether to read the file: asked of the very file that is open
 */
export const readRegularFile = (path: string, accept: (stats: Stats) => boolean = () => true): Uint8Array | null => {
  const descriptor = openFile(path)
  try {
    const stats = fstatSync(descriptor)
    if (stats.isDirectory()) throw new HostFailure(path, 'a folder stands where a file should')
    if (!stats.isFile()) throw new HostFailure(path, 'it is no file')
    return accept(stats) ? readAll(descriptor, stats.size) : null
  } finally {
    closeSync(descriptor)
  }
}
