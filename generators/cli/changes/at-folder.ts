import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Earlier, EarlierText } from '../../pipeline/changes/earlier.js'
import { HostFailure } from '../../pipeline/host.js'
import { manifestFile, modelFile } from '../../pipeline/manifest.js'
import { join } from '../../pipeline/paths.js'
import type { Session } from '../session.js'

/**
 * Whether an argument names a folder: it is written as a path. A name is a branch, though there be a folder of that name,
 * since anybody may have committed one.
 */
export const isFolder = (from: string): boolean => /^(?:\.{0,2}[/\\]|\.{1,2}$|[A-Za-z]:[/\\])/.test(from)

/** The outputs as a folder has them: that of all sets, or that of the one. */
export const openFolder = ({ host, paths }: Session, from: string): Earlier | Diagnostic => {
  const [folder = from] = paths([from])
  if (host.files.kindOf(folder) !== 'folder') return report('no-such-folder', null, { path: folder })
  const readIn = (place: string): EarlierText | null => {
    const path = join(place, modelFile)
    const bytes = host.files.read(path)
    return bytes === null ? null : { kind: 'text', path, text: new TextDecoder().decode(bytes) }
  }
  return {
    from,
    read: async (_, name) => {
      try {
        const own = readIn(join(folder, name)) ?? readIn(folder)
        if (own !== null) return own
        return { kind: 'none', isNew: host.files.kindOf(join(folder, name, manifestFile)) === null }
      } catch (failure) {
        if (failure instanceof HostFailure) return { kind: 'refused', reason: failure.reason }
        throw failure
      }
    },
  }
}
