import { sha256 } from '../kernel/hash.js'
import { compareText } from '../kernel/order.js'
import type { EntryKind, Host } from './host.js'

/** What stands at a path of an output folder: a file with the hash of its bytes, or what should not be there. */
export type Standing =
  | { readonly kind: 'file'; readonly hash: string }
  | { readonly kind: Exclude<EntryKind, 'file' | 'folder'> }

/** Everything below an output folder but folders, by path relative to it. */
export type Tree = ReadonlyMap<string, Standing>

/** The name of a file that is being written; one that stays behind is of a run that was killed. */
export const partialFile = /^\.botschema-[0-9a-f]+\.partial$/

/** What operating systems leave in any folder that somebody looks into. */
const systemFiles: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])

/** The output folder as it is: every file read and hashed, no link followed, no time trusted. */
export const readTree = (host: Host, folder: string): Tree => {
  const tree = new Map<string, Standing>()
  const walk = (below: string): void => {
    for (const { name, kind } of host.files.list(`${folder}/${below}`)) {
      const path = `${below}${name}`
      if (kind === 'folder') walk(`${path}/`)
      else if (kind !== 'file') tree.set(path, { kind })
      else if (!systemFiles.has(name) && !partialFile.test(name)) {
        const bytes = host.files.read(`${folder}/${path}`)
        if (bytes !== null) tree.set(path, { kind: 'file', hash: sha256(bytes) })
      }
    }
  }
  walk('')
  return tree
}

/** One hash for all files of a tree; null when it holds anything but files. */
export const hashOfTree = (tree: Tree): string | null => {
  const lines: string[] = []
  for (const [path, standing] of tree) {
    if (standing.kind !== 'file') return null
    lines.push(`${path}\u0000${standing.hash}\n`)
  }
  return sha256(lines.sort(compareText).join(''))
}
