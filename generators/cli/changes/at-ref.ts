import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Earlier, EarlierText } from '../../pipeline/changes/earlier.js'
import { manifestFile, modelFile } from '../../pipeline/manifest.js'
import { isWithin, join, relativeTo } from '../../pipeline/paths.js'
import type { Session } from '../session.js'
import { type Git, gitOf } from './git.js'

/** What a revision may be written with: git takes what begins with `-` as an option. */
const isRevision = (ref: string): boolean => /^[^-\s][^\s]*$/.test(ref) && !/\p{Cc}/u.test(ref) && ref.length <= 250

interface Blob {
  readonly hash: string
  readonly size: number
}

const mostBytes = 64 * 1024 * 1024

const refused = (reason: string): EarlierText => ({ kind: 'refused', reason })

/** A file of a commit; null where it has none. */
const blobAt = async (git: Git, root: string, commit: string, path: string): Promise<Blob | string | null> => {
  const answer = await git(root, ['ls-tree', '-z', '-l', '--full-tree', commit, '--', path])
  if (typeof answer === 'string') return answer
  const [entry = ''] = answer.bytes.toString('utf8').split('\0')
  if (entry === '') return null
  const [, mode, kind, hash = '', size] = /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t/.exec(entry) ?? []
  if (kind !== 'blob' || mode === '120000') return `${path} is no file`
  return { hash, size: Number(size) }
}

const readAt =
  (session: Session, git: Git, root: string, commit: string): Earlier['read'] =>
  async (output) => {
    const { files } = session.host
    const folder = files.real(files.absolute(output))
    if (!isWithin(root, folder)) return refused(`${output} is outside of the repository`)
    const path = (name: string): string => join(relativeTo(root, folder), name)
    const blob = await blobAt(git, root, commit, path(modelFile))
    if (typeof blob === 'string') return refused(blob)
    if (blob === null) {
      const manifest = await blobAt(git, root, commit, path(manifestFile))
      return { kind: 'none', isNew: manifest === null }
    }
    if (blob.size > mostBytes) return refused(`it is larger than ${mostBytes / 1024 / 1024} MiB`)
    const content = await git(root, ['cat-file', 'blob', blob.hash])
    if (typeof content === 'string') return refused(content)
    return { kind: 'text', path: join(output, modelFile), text: content.bytes.toString('utf8') }
  }

/** The outputs as a commit has them. */
export const openRef = async (session: Session, ref: string): Promise<Earlier | Diagnostic> => {
  if (!isRevision(ref)) return report('unknown-ref', null, { ref })
  const git = gitOf(session.terminal)
  const top = await git(session.terminal.workingFolder, ['rev-parse', '--show-toplevel'])
  if (typeof top === 'string') return report('git-failed', null, { reason: top })
  const root = session.host.files.real(top.bytes.toString('utf8').replace(/\n$/, ''))
  const answer = await git(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`])
  const commit = typeof answer === 'string' ? '' : answer.bytes.toString('utf8').trim()
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return report('unknown-ref', null, { ref })
  return { from: ref, read: readAt(session, git, root, commit) }
}
