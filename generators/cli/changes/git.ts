import { execFile } from 'node:child_process'
import { visibleLine } from '../../kernel/safe/visible.js'
import type { Terminal } from '../terminal.js'

/** A git that answers: a text is why it does not. */
export type Answer = { readonly bytes: Buffer } | string

export type Git = (folder: string, args: readonly string[]) => Promise<Answer>

/** A repository is a stranger's: nothing that its configuration names is run, and nothing is fetched for it. */
const harmless = [
  '--no-pager',
  '--no-replace-objects',
  '--literal-pathspecs',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.attributesFile=/dev/null',
  '-c',
  'protocol.allow=never',
]

const environmentOf = ({ environment }: Terminal) => ({
  ...environment,
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
})

/** Longer than git takes for one file of any repository. */
const patience = 30_000

const mostBytes = 65 * 1024 * 1024

const reasonOf = (failure: Error & { readonly code?: unknown; readonly killed?: boolean }, errors: Buffer): string => {
  if (failure.code === 'ENOENT') return 'git is not installed'
  if (failure.killed === true) return `git took longer than ${patience / 1000} seconds`
  const [line = ''] = errors.toString('utf8').split('\n')
  if (line.includes('not a git repository')) return 'this folder is in no repository'
  return visibleLine(line.replace(/^fatal: /, '')) || 'git failed'
}

/** Calls git with arguments as they are: no shell reads them. */
export const gitOf =
  (terminal: Terminal): Git =>
  (folder, args) =>
    new Promise((resolve) => {
      execFile(
        'git',
        [...harmless, ...args],
        { cwd: folder, env: environmentOf(terminal), encoding: 'buffer', maxBuffer: mostBytes, timeout: patience },
        (failure, output, errors) => resolve(failure === null ? { bytes: output } : reasonOf(failure, errors)),
      )
    })
