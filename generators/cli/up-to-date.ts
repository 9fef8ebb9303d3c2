import { discoverSets } from '../pipeline/discover.js'
import { outputsBeside } from '../pipeline/outputs-beside.js'
import { type Remembered, recall } from '../pipeline/record.js'
import { paintFor } from './output/paint.js'
import { setLine, upToDate } from './output/set-line.js'
import { exitCodes } from './report.js'
import type { Session } from './session.js'
import { isColoured } from './terminal.js'

const rememberedSets = ({ host, paths }: Session, given: readonly string[]): readonly Remembered[] | null => {
  const { folders, missed } = discoverSets(host, paths(given))
  if (missed.length > 0) return null
  const remembered: Remembered[] = []
  for (const folder of folders) {
    const before = recall(host, folder)
    if (before === null) return null
    remembered.push(before)
  }
  const outputs = new Set(remembered.map(({ outcome }) => outcome.output))
  return outputs.size === remembered.length ? remembered : null
}

/** Outputs of other sets, or of none any more: `check` has to read those sets. */
const hasOthersBeside = ({ host }: Session, remembered: readonly Remembered[]): boolean =>
  outputsBeside(
    host,
    remembered.map(({ outcome }) => outcome.output),
  ).length > 0

const print = async (session: Session, remembered: readonly Remembered[]): Promise<void> => {
  const { environment, stdout } = session.terminal
  const paint = paintFor(isColoured(stdout, environment))
  const lines = remembered.map(({ outcome }) => setLine(outcome, upToDate, paint)).join('')
  const sets = remembered.map(({ outcome }) => outcome.folder)
  const diagnostics = remembered.flatMap((before) => before.diagnostics)
  if (diagnostics.length === 0) return stdout.write(lines)
  const [{ printHuman }, { sortDiagnostics }] = [
    await import('./output/human.js'),
    await import('../kernel/diagnostic.js'),
  ]
  stdout.write(
    printHuman(
      { diagnostics: sortDiagnostics(diagnostics), notices: [], sets, data: {}, text: () => lines },
      paint,
      false,
    ),
  )
}

/**
 * The quick way through a plain `generate` or `check`: when every set stands as the last good run left it, says so and
 * gives the exit code. It loads a tenth of what the commands load. Null means that the command has to be run.
 */
export const answerIfUpToDate = async (argv: readonly string[], session: Session): Promise<number | null> => {
  const [command, ...given] = argv
  if ((command !== 'generate' && command !== 'check') || given.some((argument) => argument.startsWith('-'))) return null
  try {
    const remembered = rememberedSets(session, given)
    if (remembered === null || (command === 'check' && hasOthersBeside(session, remembered))) return null
    await print(session, remembered)
    return exitCodes.fine
  } catch {
    // Whatever is wrong here, the command meets it again and tells it properly.
    return null
  }
}
