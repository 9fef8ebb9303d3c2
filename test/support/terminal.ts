import { serverDatabases } from '../../generators/cli/databases/index.js'
import type { Terminal } from '../../generators/cli/terminal.js'
import { proverHere } from '../../generators/pipeline/verify/prover.js'

/** A terminal without a keyboard that nobody asks to stop; databases are on servers. */
export const unattended: Pick<Terminal, 'conversation' | 'databases' | 'openProver' | 'stopRequests'> = {
  conversation: () => null,
  databases: serverDatabases,
  openProver: async () => proverHere,
  stopRequests: () => ({ signal: new AbortController().signal, ignore: () => undefined }),
}
