import type { CommanderError } from 'commander'
import { type Diagnostic, report } from '../kernel/diagnostic.js'

/** The first thing in quotes that commander complains of: `error: unknown option '--forse'`. */
const quoted = (text: string): string => /'([^']*)'/.exec(text)?.[1] ?? ''

/** A value may be a connection string. */
const withoutValue = (option: string): string => option.replace(/=.*$/s, '')

const suggested = (text: string): string | null => /\(Did you mean (?:one of )?([^,?)]+)/.exec(text)?.[1] ?? null

/** What commander found wrong with the arguments, as a diagnostic of the catalogue. */
export const usageDiagnostic = ({ code, message }: CommanderError): Diagnostic => {
  switch (code) {
    case 'commander.unknownCommand':
      return report('unknown-command', null, { name: quoted(message), nearest: suggested(message) })
    case 'commander.unknownOption':
      return report('unknown-option', null, { name: withoutValue(quoted(message)), nearest: suggested(message) })
    case 'commander.help':
      return report('wrong-usage', null, { problem: 'which command of it: the first word after it says so' })
    default:
      return report('wrong-usage', null, { problem: message.replace(/^error: /, '').replace(/\.$/, '') })
  }
}
