import type { Readable, Writable } from 'node:stream'
import type { OpenProver } from '../pipeline/verify/prover.js'
import { type Databases, serverDatabases } from './databases/index.js'
import { type StopRequests, stopRequestsOf } from './stop-requests.js'

/** The process that botschema runs in: its folder, its environment, its streams. Tests give their own. */
export interface Terminal {
  /** Absolute. */
  readonly workingFolder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly stdout: Stream
  readonly stderr: Stream
  /** Where questions are asked; null where nobody is there to answer. */
  readonly conversation: () => Conversation | null
  readonly databases: Databases
  /** What `verify` makes its proofs with. */
  readonly openProver: () => Promise<OpenProver>
  /** From now on Ctrl-C and SIGTERM do not end the process but ask it to end itself. */
  readonly stopRequests: () => StopRequests
}

/** Somebody at a keyboard, and the screen before them. */
export interface Conversation {
  readonly input: Readable
  readonly output: Writable
}

export interface Stream {
  readonly write: (text: string) => void
  readonly isTerminal: boolean
  /** Characters a line; only of a terminal. */
  readonly columns: number
}

/** Colour belongs on a terminal; NO_COLOR (no-color.org) and FORCE_COLOR say otherwise for every stream. */
export const isColoured = (stream: Stream, environment: Terminal['environment']): boolean => {
  const { FORCE_COLOR, NO_COLOR, TERM } = environment
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0'
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  return stream.isTerminal && TERM !== 'dumb'
}

const streamOf = (stream: NodeJS.WriteStream): Stream => ({
  write: (text) => {
    stream.write(text)
  },
  isTerminal: stream.isTTY === true,
  columns: stream.columns ?? 80,
})

/** Questions go to standard error, as all that is no data. On a machine for builds nobody answers, terminal or not. */
const processConversation = (): Conversation | null => {
  const { env, stderr, stdin } = process
  const isAttended = stdin.isTTY === true && stderr.isTTY === true && env['CI'] === undefined
  return isAttended ? { input: stdin, output: stderr } : null
}

export const processTerminal = (): Terminal => ({
  workingFolder: process.cwd(),
  environment: process.env,
  stdout: streamOf(process.stdout),
  stderr: streamOf(process.stderr),
  conversation: processConversation,
  databases: serverDatabases,
  openProver: async () => (await import('./prover/index.js')).proverInProcess,
  stopRequests: () => stopRequestsOf(process),
})
