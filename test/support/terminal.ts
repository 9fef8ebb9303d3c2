import { serverDatabases } from '../../generators/cli/databases/index.js'
import type { Terminal } from '../../generators/cli/terminal.js'

/** A terminal without a keyboard that nobody asks to stop; databases are on servers. */
export const unattended: Pick<Terminal, 'conversation' | 'databases' | 'stopRequests'> = {
  conversation: () => null,
  databases: serverDatabases,
  stopRequests: () => ({ signal: new AbortController().signal, ignore: () => undefined }),
}
