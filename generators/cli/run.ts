import { sessionOn } from './session.js'
import type { Terminal } from './terminal.js'
import { answerIfUpToDate } from './up-to-date.js'

/**
 * Runs a command line (without `node` and the program's name) and returns its exit code: 0 fine, 1 findings, 2 wrong
 * usage, 70 a bug of botschema. Throws nothing.
 */
export const run = async (argv: readonly string[], terminal: Terminal): Promise<number> => {
  const session = sessionOn(terminal)
  const answered = await answerIfUpToDate(argv, session)
  return answered ?? (await import('./interpret.js')).interpret(argv, session)
}
