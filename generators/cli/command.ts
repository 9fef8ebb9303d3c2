import type { Command } from 'commander'
import type { Host } from '../pipeline/host.js'
import type { Format, Report } from './report.js'
import type { Terminal } from './terminal.js'

/** What a command works with. `paths` makes arguments into paths as the host has them. */
export interface Context {
  readonly host: Host
  readonly terminal: Terminal
  readonly paths: (given: readonly string[]) => readonly string[]
}

/** Runs a command's work and prints its report in a format. */
export type Act = (format: Format, work: (context: Context) => Promise<Report>) => Promise<void>

/** Adds one command to the program: its name, its arguments, and what it does. One file in `commands/` each. */
export type AddCommand = (program: Command, act: Act) => void

export interface FormatOptions {
  readonly json?: true
  readonly format?: Format
}

export const formatOf = ({ json, format }: FormatOptions): Format => (json === true ? 'json' : (format ?? 'human'))
