import { CommanderError } from 'commander'
import type { Act } from './command.js'
import { Interrupted } from './interrupted.js'
import { printReport } from './output/index.js'
import { paintFor } from './output/paint.js'
import { programFor } from './program.js'
import { exitCodeOf, exitCodes, type Format, type Report } from './report.js'
import type { Session } from './session.js'
import { isColoured, type Terminal } from './terminal.js'
import { packageVersion } from './version.js'

type Print = (report: Report, format: Format) => Promise<number>

/** Findings are data and go to standard output; wrong usage in words for people goes to standard error. */
const printer =
  ({ environment, stderr, stdout }: Terminal): Print =>
  async (report, format) => {
    const sorted =
      report.diagnostics.length === 0
        ? report
        : { ...report, diagnostics: (await import('../kernel/diagnostic.js')).sortDiagnostics(report.diagnostics) }
    const exitCode = exitCodeOf(sorted)
    const isForPeople = format === 'human' || format === 'verbose'
    const stream = exitCode === exitCodes.usage && isForPeople ? stderr : stdout
    stream.write(await printReport(sorted, format, paintFor(isColoured(stream, environment)), packageVersion))
    return exitCode
  }

const wrongUsage = async (error: CommanderError, format: Format, print: Print): Promise<number> => {
  const { usageDiagnostic } = await import('./usage.js')
  return print({ diagnostics: [usageDiagnostic(error)], notices: [], sets: [], data: {}, text: () => '' }, format)
}

const noCommand = (help: string, { stderr }: Terminal): number => {
  stderr.write(help)
  return exitCodes.usage
}

const internalError = (thrown: unknown, { environment, stderr }: Terminal): number => {
  const { message, stack } = thrown instanceof Error ? thrown : { message: String(thrown), stack: undefined }
  stderr.write(`botschema failed, and the fault is its own: ${message}\n`)
  const isDebug = environment['DEBUG'] !== undefined && environment['DEBUG'] !== ''
  stderr.write(isDebug ? `${stack ?? ''}\n` : 'Set DEBUG=1 to see where.\n')
  return exitCodes.bug
}

/** Interprets the arguments, runs the command they name and prints its report. Throws nothing. */
export const interpret = async (argv: readonly string[], session: Session): Promise<number> => {
  const { progress, terminal } = session
  const print = printer(terminal)
  let exitCode: number = exitCodes.fine
  const act: Act = async (format, work) => {
    const report = await work(session)
    progress.clear()
    exitCode = await print(report, format)
  }
  try {
    const program = programFor(terminal, act, packageVersion())
    if (argv.length === 0) return noCommand(program.helpInformation(), terminal)
    await program.parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (thrown) {
    progress.clear()
    if (thrown instanceof Interrupted) return exitCodes.interrupted
    if (!(thrown instanceof CommanderError)) return internalError(thrown, terminal)
    return thrown.exitCode === 0
      ? exitCodes.fine
      : wrongUsage(thrown, argv.includes('--json') ? 'json' : 'human', print)
  }
}
