import type { Command } from 'commander'
import type { Format, Report } from './report.js'
import type { Session } from './session.js'

/** Runs a command's work and prints its report in a format. */
export type Act = (format: Format, work: (session: Session) => Promise<Report>) => Promise<void>

/** Adds one command to the program: its name, its arguments, and what it does. One file in `commands/` each. */
export type AddCommand = (program: Command, act: Act) => void

export interface FormatOptions {
  readonly json?: true
  readonly verbose?: true
  readonly format?: Format
}

export const formatOf = ({ json, verbose, format }: FormatOptions): Format => {
  if (json === true) return 'json'
  return format ?? (verbose === true ? 'verbose' : 'human')
}
