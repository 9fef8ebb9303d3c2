import { unreachable } from '../../kernel/bug.js'
import type { Format, Report } from '../report.js'
import type { Paint } from './paint.js'

/** A report in a format; each printer is loaded when it is asked for. */
export const printReport = async (
  report: Report,
  format: Format,
  paint: Paint,
  version: () => string,
): Promise<string> => {
  switch (format) {
    case 'human':
    case 'verbose':
      return (await import('./human.js')).printHuman(report, paint, format === 'verbose')
    case 'json':
      return (await import('./json.js')).printJson(report)
    case 'github':
      return (await import('./github.js')).printGithub(report)
    case 'junit':
      return (await import('./junit.js')).printJunit(report)
    case 'sarif':
      return (await import('./sarif.js')).printSarif(report, version())
    default:
      return unreachable(format)
  }
}
