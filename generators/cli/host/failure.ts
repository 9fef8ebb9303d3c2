import { HostFailure } from '../../pipeline/host.js'

const reasons: { readonly [code: string]: string } = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENAMETOOLONG: 'the name is too long',
  ENOTDIR: 'a file stands where a folder should',
  EISDIR: 'a folder stands where a file should',
  EEXIST: 'something else stands there',
  ENOTEMPTY: 'a folder that is not empty stands there',
  ELOOP: 'links lead in a circle',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EBUSY: 'another program is using it',
  EIO: 'the disk failed',
}

const codeOf = (thrown: unknown): string | null =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null

export const isCode = (thrown: unknown, code: string): boolean => codeOf(thrown) === code

export const isAbsent = (thrown: unknown): boolean => {
  const code = codeOf(thrown)
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/**
 * Does what the system may refuse; a refusal becomes a `HostFailure` with words for it, anything else stays a bug. A
 * `HostFailure` of the work itself names another path: where a link stands on the way.
 */
export const attempt = <T>(path: string, work: () => T): T => {
  try {
    return work()
  } catch (thrown) {
    const code = codeOf(thrown)
    throw code === null ? thrown : new HostFailure(path, reasons[code] ?? code)
  }
}

/** The same, where nothing being there is an answer of its own. */
export const attemptOr = <T>(path: string, absent: T, work: () => T): T =>
  attempt(path, () => {
    try {
      return work()
    } catch (thrown) {
      if (isAbsent(thrown)) return absent
      throw thrown
    }
  })
