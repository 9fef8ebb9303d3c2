import { lstatSync } from 'node:fs'
import { isAbsolute, join, relative, sep } from 'node:path'
import { HostFailure } from '../../pipeline/host.js'

/** The first link below `root` on the way to `path`, which may be the link itself; null when there is none. Both are absolute. */
export const linkBelow = (root: string, path: string): string | null => {
  const below = relative(root, path)
  if (below === '') return null
  if (below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below))
    throw new HostFailure(path, `it is not below ${root}`)
  let at = root
  for (const name of below.split(sep)) {
    at = join(at, name)
    const found = lstatSync(at, { throwIfNoEntry: false })
    if (found === undefined) return null
    if (found.isSymbolicLink()) return at
  }
  return null
}

export const linkReason = 'it is a symbolic link, and botschema follows none'

/** Makes sure that `path` is where it seems to be, seen from `root`. */
export const refuseLinks = (root: string, path: string): void => {
  const link = linkBelow(root, path)
  if (link !== null) throw new HostFailure(link, linkReason)
}
